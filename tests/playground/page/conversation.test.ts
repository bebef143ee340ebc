import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterEvent,
  type Conversation,
  nothingYet,
  withLatest,
  withOlder,
} from '../../../playground/page/model/conversation.ts';
import { message } from './messages.ts';

const place = { channel: 'CGEN' };
const [one, two, three, four] = [message(1), message(2), message(3), message(4)];
const known: Conversation = { messages: [two, three], hasMore: true };
const texts = ({ messages }: Conversation) => messages.map(({ text }) => text);

describe('pages', () => {
  test('the first page is taken as it is', () => {
    const page = { messages: [one, two], hasMore: true };
    expect(withLatest(nothingYet, page)).toEqual(page);
  });
  test('after a reconnect what was read further up stays where the pages meet', () => {
    const merged = withLatest(known, { messages: [three, four], hasMore: true });
    expect(merged).toEqual({ messages: [two, three, four], hasMore: true });
  });
  test('and goes where they leave a gap', () => {
    const merged = withLatest(known, { messages: [message(9)], hasMore: true });
    expect(merged).toEqual({ messages: [message(9)], hasMore: true });
  });
  test('a message that did not change stays the same object', () => {
    const merged = withLatest(known, { messages: [message(3)], hasMore: true });
    expect(merged.messages.at(-1)).toBe(three);
  });
  test('history comes in front, without what is there already', () => {
    const merged = withOlder(known, { messages: [one, two], hasMore: false });
    expect(merged).toEqual({ messages: [one, two, three], hasMore: false });
  });
});

describe('events', () => {
  test('a new message is put in its place, once', () => {
    const late = { messages: [one, three], hasMore: false };
    const event = { type: 'message', message: two } as const;
    const after = afterEvent(afterEvent(late, event, place), event, place);
    expect(after.messages).toEqual([one, two, three]);
  });
  test('replies stay in their thread', () => {
    const reply = message(5, { threadTs: two.ts });
    const event = { type: 'message', message: reply } as const;
    expect(afterEvent(known, event, place)).toBe(known);
    const thread = { ...place, thread: two.ts };
    expect(afterEvent({ messages: [two], hasMore: false }, event, thread).messages).toEqual([
      two,
      reply,
    ]);
  });
  test('a reply that was sent to the channel too stands in both', () => {
    const reply = message(5, { threadTs: two.ts, isBroadcast: true });
    const event = { type: 'message', message: reply } as const;
    expect(afterEvent(known, event, place).messages).toContain(reply);
    const thread = { ...place, thread: two.ts };
    expect(afterEvent({ messages: [two], hasMore: false }, event, thread).messages).toContain(
      reply,
    );
  });
  test('other channels change nothing', () => {
    const event = { type: 'message', message: message(5, { channel: 'COTHER' }) } as const;
    expect(afterEvent(known, event, place)).toBe(known);
  });
  test('an edit shows, and one of a message that is not loaded does not bring it in', () => {
    const edited = { ...two, text: 'better' };
    const after = afterEvent(known, { type: 'changed', message: edited }, place);
    expect(texts(after)).toEqual(['better', 'said at 3']);
    expect(afterEvent(known, { type: 'changed', message: one }, place)).toBe(known);
  });
  test('a deleted message is gone', () => {
    const event = { type: 'deleted', channel: 'CGEN', ts: two.ts } as const;
    expect(afterEvent(known, event, place).messages).toEqual([three]);
  });
});

test('whatever the order of events, messages end sorted and each is there once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 })), (seconds) => {
      const start: Conversation = { messages: [], hasMore: false };
      const end = seconds.reduce(
        (c, at) => afterEvent(c, { type: 'message', message: message(at) }, place),
        start,
      );
      const sorted = [...new Set(seconds)].sort((a, b) => a - b);
      expect(end.messages).toEqual(sorted.map((at) => message(at)));
    }),
  );
});
