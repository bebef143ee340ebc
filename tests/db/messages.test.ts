import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCounted, type MessageFacts, mergeMessages } from '../../db/message-facts.ts';
import { dayOfTs } from '../../db/messages.ts';

const PLAIN: MessageFacts = {
  channelId: 'C1',
  ts: '1767225599.000100',
  userId: 'U1',
  botId: null,
  subtype: null,
  threadTs: null,
  editedTs: null,
  isDeleted: false,
  text: 'hello',
  raw: null,
};

/** Accounts of one message as events give them: its author and thread never change. */
const account = fc.record({
  channelId: fc.constant(PLAIN.channelId),
  ts: fc.constant(PLAIN.ts),
  userId: fc.constantFrom(null, 'U1'),
  botId: fc.constantFrom(null, 'B1'),
  subtype: fc.constantFrom(null, 'thread_broadcast', 'file_share', 'channel_join'),
  threadTs: fc.constantFrom(null, '1767225000.000000'),
  editedTs: fc.constantFrom(null, '1767225700.000000', '1767225800.000000'),
  isDeleted: fc.boolean(),
  text: fc.string({ maxLength: 3 }),
  raw: fc.constantFrom(null, '{}', '{"a":1}'),
});

/** As it is stored: a deleted message has no content. */
const stored = account.map((facts) => mergeMessages(facts, facts));

test('merging is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(stored, stored, stored, (a, b, c) => {
      expect(mergeMessages(a, b)).toEqual(mergeMessages(b, a));
      expect(mergeMessages(mergeMessages(a, b), c)).toEqual(mergeMessages(a, mergeMessages(b, c)));
      expect(mergeMessages(a, a)).toEqual(a);
    }),
    { numRuns: 2000 },
  );
});

test('edits are ordered by number, not by how they are written', () => {
  const early = { ...PLAIN, editedTs: '999999999.000000', text: 'early, and longer' };
  const late = { ...PLAIN, editedTs: '1000000000.000000', text: 'late' };
  expect(mergeMessages(early, late).text).toBe('late');
});

test.each<[string, Partial<MessageFacts>, boolean]>([
  ['what a person writes', {}, true],
  ['a broadcast reply', { subtype: 'thread_broadcast' }, true],
  ['a shared file', { subtype: 'file_share' }, true],
  ['what nobody is named for', { userId: null }, false],
  ['a bot', { botId: 'B1' }, false],
  ['Slackbot', { userId: 'USLACKBOT' }, false],
  ['a join', { subtype: 'channel_join' }, false],
  ['what is deleted', { isDeleted: true }, false],
])('%s', (_name, more, counts) => {
  expect(isCounted({ ...PLAIN, ...more })).toBe(counts);
});

test('the day of a ts is its UTC day', () => {
  expect(dayOfTs('1767225599.999999')).toBe('2025-12-31');
  expect(dayOfTs('1767225600.000000')).toBe('2026-01-01');
});
