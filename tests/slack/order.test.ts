import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordEnvelopes } from '../../src/slack/recorder.ts';
import {
  change,
  deletion,
  edit,
  envelope,
  openWith,
  post,
  recount,
  TEAM,
  tables,
} from './history.ts';

type Event = Record<string, unknown>;

/** Everything that happens to one message in its life, as events. */
const life = fc
  .record({
    seconds: fc.integer({ min: 1_767_200_000, max: 1_767_400_000 }),
    channel: fc.constantFrom('C1', 'C2'),
    user: fc.constantFrom('U1', 'U2', 'U3', 'USLACKBOT'),
    kind: fc.constantFrom('post', 'reply', 'broadcast', 'file', 'bot', 'join', 'unknown'),
    edits: fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }),
    preview: fc.boolean(),
    isDeleted: fc.boolean(),
  })
  .map(({ seconds, channel, user, kind, edits, preview, isDeleted }): Event[] => {
    const parent = { thread_ts: '1767100000.000000' };
    const kinds: Record<typeof kind, Event> = {
      post: {},
      reply: parent,
      broadcast: { ...parent, subtype: 'thread_broadcast' },
      file: { subtype: 'file_share', text: '', files: [{ id: 'F1' }] },
      bot: { bot_id: 'B1' },
      join: { subtype: 'channel_join' },
      unknown: { subtype: 'from_the_future', cargo: seconds },
    };
    const first = post(`${seconds}.000100`, { channel, user, ...kinds[kind] });
    const events = [first];
    // A broadcast may also come as the plain reply that it is.
    if (kind === 'broadcast') events.push({ ...first, subtype: undefined });
    if (preview) events.push(change({ ...first, attachments: [{ from_url: 'https://a.b' }] }));
    for (const [index, text] of edits.entries()) {
      events.push(edit(first, `${seconds + index + 1}.000000`, text));
    }
    if (isDeleted) events.push(deletion(first));
    return events;
  });

/** A history, and the same events shuffled, some of them repeated, cut into batches. */
const histories = fc
  .uniqueArray(life, { minLength: 1, maxLength: 12, selector: ([first]) => `${first?.ts}` })
  .map((lives) => lives.flat())
  .chain((events) =>
    fc.record({
      events: fc.constant(events),
      replay: fc.array(fc.constantFrom(...events), { maxLength: 20 }).chain((again) =>
        fc.shuffledSubarray([...events, ...again], {
          minLength: events.length + again.length,
        }),
      ),
      batch: fc.integer({ min: 1, max: 40 }),
    }),
  );

test('any order, any repetition and any cut into batches end in the same rows and counts', () => {
  fc.assert(
    fc.property(histories, ({ events, replay, batch }) => {
      const db = openWith(TEAM);
      const other = openWith(TEAM);
      recordEnvelopes(
        db,
        events.map((event) => envelope(event)),
      );
      for (let from = 0; from < replay.length; from += batch) {
        recordEnvelopes(
          other,
          replay.slice(from, from + batch).map((event) => envelope(event)),
        );
      }
      const wanted = tables(db);
      expect(tables(other)).toEqual(wanted);
      expect(wanted.counts).toEqual(recount(db));
      db.close();
      other.close();
    }),
    { numRuns: 120 },
  );
});

test('a bulk load twice over changes nothing, and its counts are those of its messages', () => {
  const db = openWith(TEAM);
  const envelopes = Array.from({ length: 3000 }, (_, i) =>
    envelope(
      post(`${1_767_225_600 + i * 97}.000100`, { channel: `C${i % 7}`, user: `U${i % 31}` }),
    ),
  );
  recordEnvelopes(db, envelopes);
  const once = tables(db);
  expect(once.messages).toHaveLength(3000);
  expect(once.counts).toEqual(recount(db));
  recordEnvelopes(db, envelopes);
  expect(tables(db)).toEqual(once);
});
