import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  activity,
  activityByChannel,
  firstActiveDay,
  messagesByUser,
  recordedChannels,
} from '../../db/activity.ts';
import { visibleChannels } from '../../db/channels.ts';
import { addDays, type Granularity, periodStart } from '../../db/days.ts';
import { packDays } from '../../db/message-counts.ts';
import { saveMessages } from '../../db/messages.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import type { Viewer } from '../../db/viewer.ts';
import { findUser } from '../find-user.ts';
import { community, everyone, insider, TODAY } from '../reports/community.ts';
import { random } from '../reports/random.ts';

const FROM = addDays(TODAY, -70);
const BOT = 'U7';

interface Row {
  readonly user: string;
  readonly channel: string;
  readonly day: string;
  readonly messages: number;
}

let db: Db;
const rows: Row[] = [];
beforeAll(() => {
  const made = community();
  db = made.db;
  made.channel('secret', true);
  made.user(BOT, 'a bot', true);
  const next = random(1);
  for (let day = FROM; day <= TODAY; day = addDays(day, 1)) {
    for (let user = 0; user < 9; user++) {
      for (const channel of ['general', 'random', 'secret']) {
        if (next() > 0.2) continue;
        // Now and then more than a pack's entry holds.
        const messages = 1 + Math.floor(next() * (user === 1 ? 700 : 9));
        rows.push({ user: `U${user}`, channel: `C-${channel}`, day, messages });
        made.wrote(`U${user}`, channel, day, messages);
      }
    }
  }
});

function numberOf(id: string): number {
  return findUser(db, 'T1', id)?.number ?? -1;
}

/** The same, from the rows and slowly. */
function slowly(wanted: (row: Row) => boolean, granularity: Granularity) {
  const periods = new Map<string, { messages: number; people: Set<string> }>();
  for (const row of rows.filter((row) => row.user !== BOT && wanted(row))) {
    const start = periodStart(row.day, granularity);
    const period = periods.get(start) ?? { messages: 0, people: new Set() };
    period.messages += row.messages;
    period.people.add(row.user);
    periods.set(start, period);
  }
  return Array.from(periods, ([start, { messages, people }]) => ({
    start,
    messages,
    people: people.size,
  }));
}

describe.each(['from rows', 'from packs'])('%s', (kind) => {
  beforeAll(() => {
    if (kind === 'from packs') packDays(db, 'T1', TODAY, 1000);
  });

  test('messages by user: bots count nothing', () => {
    const counts = messagesByUser(db, { viewer: insider, from: FROM, to: TODAY });
    for (let user = 0; user < 9; user++) {
      const own = rows.filter((row) => row.user === `U${user}`);
      const sum = own.reduce((total, { messages }) => total + messages, 0);
      expect(counts[numberOf(`U${user}`)]).toBe(`U${user}` === BOT ? 0 : sum);
    }
  });

  test('a private channel counts for its members only, also when it is asked for', () => {
    const scope = { from: FROM, to: TODAY, channelIds: ['C-secret'] };
    const sum = (counts: Uint32Array) => counts.reduce((total, count) => total + count, 0);
    expect(sum(messagesByUser(db, { viewer: everyone, ...scope }))).toBe(0);
    expect(activity(db, { viewer: everyone, ...scope }, 'daily')).toEqual([]);
    expect(activityByChannel(db, { viewer: everyone, ...scope }, 'daily', 9).busiest).toEqual([]);
    expect(sum(messagesByUser(db, { viewer: insider, ...scope }))).toBeGreaterThan(0);
  });

  test('messages and people a period equal what the rows say', () => {
    const offset = fc.integer({ min: 0, max: 70 });
    const granularity = fc.constantFrom<Granularity>('daily', 'weekly', 'monthly');
    fc.assert(
      fc.property(offset, offset, granularity, fc.boolean(), (a, b, granularity, isInsider) => {
        const from = addDays(FROM, Math.min(a, b));
        const to = addDays(FROM, Math.max(a, b));
        const viewer = isInsider ? insider : everyone;
        const seen = new Set(visibleChannels(db, viewer).map(({ id }) => id));
        const inScope = (row: Row) => seen.has(row.channel) && from <= row.day && row.day <= to;
        const scope = { viewer, from, to };
        expect(activity(db, scope, granularity)).toEqual(slowly(inScope, granularity));
        const { busiest, others } = activityByChannel(db, scope, granularity, 9);
        const periods = new Map(busiest.map((found) => [found.channelNumber, found.periods]));
        expect(others).toBe(0);
        for (const { id, number } of visibleChannels(db, viewer)) {
          expect(periods.get(number) ?? []).toEqual(
            slowly((row) => inScope(row) && row.channel === id, granularity),
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});

test('the quiet channels are summed up', () => {
  const made = community();
  for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
    made.wrote('U1', name, '2026-11-01', 1 + index);
  }
  const scope = { viewer: everyone, from: '2026-11-01', to: TODAY };
  const { busiest, others, otherMessages } = activityByChannel(made.db, scope, 'daily', 2);
  expect(busiest.map(({ messages }) => messages)).toEqual([4, 3]);
  expect({ others, otherMessages }).toEqual({ others: 2, otherMessages: 3 });
});

test('a channel is recorded since its first message; an edit or a deletion tells of an older one', () => {
  const made = community();
  const facts = { userId: 'U1', botId: null, subtype: null, threadTs: null, raw: null };
  const old = { ...facts, channelId: 'C-help', editedTs: null, isDeleted: false, text: '' };
  made.wrote('U1', 'general', '2026-01-01', 1);
  for (const day of ['2026-11-09', '2026-11-03', '2026-11-05']) made.wrote('U1', 'help', day, 1);
  saveMessages(
    made.db,
    'T1',
    [
      { ...old, ts: '1700000000.000000', editedTs: '1793000000.000000' },
      { ...old, ts: '1700000001.000000', isDeleted: true },
      { ...old, ts: '1793577600.000000', subtype: 'channel_join' },
    ],
    () => {},
  );
  made.channel('silent');
  made.channel('secret', true);
  saveMessages(
    made.db,
    'T1',
    [{ ...old, channelId: 'C-secret', ts: '1700000000.000000', editedTs: '1793000000.000000' }],
    () => {},
  );
  const since = (viewer: Viewer) =>
    recordedChannels(made.db, viewer).map((channel) => [channel.name, channel.since]);
  const open = [
    ['general', '2026-01-01'],
    ['help', '2026-11-02'],
  ];
  expect(since(everyone)).toEqual(open);
  expect(since(insider)).toEqual([...open, ['secret', '2023-11-14']]);
  expect(since({ ...everyone, workspaceId: 'T2' })).toEqual([]);
});

test('nothing recorded', () => {
  const empty = openDatabase(IN_MEMORY);
  expect(firstActiveDay(empty, 'T1')).toBeUndefined();
  expect(activity(empty, { viewer: everyone, from: FROM, to: TODAY }, 'weekly')).toEqual([]);
});
