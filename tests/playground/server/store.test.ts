import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../../playground/server/store/image.ts';
import { createStore } from '../../../playground/server/store/store.ts';
import { createTimeline } from '../../../playground/server/store/timeline.ts';
import { createTsClock, normalTs, tsAfter } from '../../../playground/server/store/ts.ts';
import { message, PIXEL, sample } from './workspace.ts';

const micros = fc.integer({ min: 0, max: 9_000_000_000_000_000 });
const tsOf = (value: number) =>
  `${String(Math.floor(value / 1e6)).padStart(10, '0')}.${String(value % 1e6).padStart(6, '0')}`;

describe('timestamps', () => {
  test('never repeat and always rise, even when the clock does not', () => {
    const times = [5, 5, 3, 6];
    const clock = createTsClock(() => times.shift() ?? 6);
    const given = Array.from({ length: 6 }, () => clock.next());
    expect(new Set(given).size).toBe(6);
    expect(given).toEqual([...given].sort());
  });

  test('are brought to one form', () => {
    expect(normalTs('0')).toBe('0000000000.000000');
    expect(normalTs('1700000000.1')).toBe('1700000000.100000');
    for (const wrong of ['', 'now', '-1', '1.', '1.1234567', '12345678901']) {
      expect(normalTs(wrong)).toBeUndefined();
    }
  });

  test('the one after is the next in order', () => {
    fc.assert(
      fc.property(micros, (value) => {
        expect(tsAfter(tsOf(value))).toBe(tsOf(value + 1));
      }),
    );
  });
});

test('a timeline pages as a sorted, filtered list does', () => {
  const small = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(
      fc.array(small),
      fc.array(small),
      fc.option(small, { nil: undefined }),
      fc.option(small, { nil: undefined }),
      fc.integer({ min: 1, max: 10 }),
      (added, removed, from, before, limit) => {
        const timeline = createTimeline();
        for (const value of added) timeline.add(tsOf(value));
        for (const value of removed) timeline.remove(tsOf(value));
        const kept = [...new Set(added)].filter((value) => !removed.includes(value));
        const wanted = kept
          .filter((value) => value >= (from ?? 0) && value < (before ?? 100))
          .sort((a, b) => a - b)
          .map(tsOf);
        const range = {
          ...(from === undefined ? {} : { from: tsOf(from) }),
          ...(before === undefined ? {} : { before: tsOf(before) }),
        };
        expect(timeline.size).toBe(kept.length);
        expect(timeline.first(range, limit)).toEqual(wanted.slice(0, limit));
        expect(timeline.last(range, limit)).toEqual(wanted.slice(-limit));
      },
    ),
  );
});

/** The best of five in milliseconds: how long it takes when the machine has time for it. */
function fastest(run: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

test('20,000 messages load, and a page in the middle is found, without a wait', () => {
  const messages = Array.from({ length: 20_000 }, (_, index) =>
    message(`${1_700_000_000 + index}.000000`, `message ${index}`, {
      ...(index % 4 === 3 ? { threadTs: `${1_700_000_000 + index - 3}.000000` } : {}),
    }),
  );
  expect(fastest(() => createStore({ ...sample, messages }, 0))).toBeLessThan(200);
  const store = createStore({ ...sample, messages }, 0);
  const range = { before: '1700010000.000000' };
  const hundredPages = () => {
    for (let page = 0; page < 100; page += 1) store.messages.channelPage('CGEN', range, 50);
  };
  expect(fastest(hundredPages)).toBeLessThan(50);
  expect(store.messages.channelPage('CGEN', range, 2).map((m) => m.text)).toEqual([
    'message 9997',
    'message 9998',
  ]);
  expect(store.messages.thread('CGEN', '1700000000.000000')).toMatchObject({ replyCount: 1 });
});

describe('pictures are known by their first bytes', () => {
  const gif = Buffer.from('GIF89a\x02\x00\x03\x00', 'latin1');
  const jpeg = Buffer.from('ffd8ffe0000400 00ffc0000b08000500070300'.replaceAll(' ', ''), 'hex');
  test.each([
    ['a.bin', PIXEL, { mimetype: 'image/png', width: 1, height: 1 }],
    ['a.bin', gif, { mimetype: 'image/gif', width: 2, height: 3 }],
    ['a.bin', jpeg, { mimetype: 'image/jpeg', width: 7, height: 5 }],
    ['a.csv', Buffer.from('day,stars'), { mimetype: 'text/csv', width: 0, height: 0 }],
    ['noname', Buffer.alloc(0), { mimetype: 'application/octet-stream', width: 0, height: 0 }],
  ])('%s %#', (name, bytes, facts) => {
    expect(inspect(bytes, name)).toEqual(facts);
  });

  test('whatever the bytes are, it answers', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.constantFrom('ffd8ff', '89504e47', ''),
        (tail, head) => {
          const bytes = Buffer.concat([Buffer.from(head, 'hex'), tail]);
          expect(inspect(bytes, 'x').mimetype).toMatch(/\//);
        },
      ),
    );
  });
});
