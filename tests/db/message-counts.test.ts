import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ensureChannel, findChannel } from '../../db/channels.ts';
import { addDays, type Day } from '../../db/days.ts';
import { packDays, unpackDay, visitCounts } from '../../db/message-counts.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { createTally } from '../../db/tally.ts';
import { ensureUser } from '../../db/users.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import { findUser } from '../find-user.ts';

const WORKSPACES = ['T1', 'T2'];
const CHANNELS = ['C1', 'C2', 'C3'];
const USERS = ['U1', 'U2', 'U3', 'U4'];
const FIRST: Day = '2024-02-27';

function emptyDatabase(): Db {
  const db = openDatabase(IN_MEMORY);
  for (const id of WORKSPACES) {
    saveWorkspace(db, { id, name: id, domain: id, botUserId: 'U0' }, '2024-01-01T00:00:00Z');
    for (const channel of CHANNELS) ensureChannel(db, id, channel);
    for (const user of USERS) ensureUser(db, id, user);
  }
  return db;
}

function change(db: Db, workspaceId: string, day: Day, channel: string, user: string, by: number) {
  const tally = createTally(db, workspaceId);
  for (let n = 0; n < Math.abs(by); n += 1) tally.add(day, channel, user, by < 0 ? -1 : 1);
  tally.write();
}

/** What `visitCounts` tells, as `day channel user → messages` with the numbers as ids. */
function visited(db: Db, workspaceId: string, from: Day, to: Day) {
  const channelIds = new Map(
    CHANNELS.map((id) => [findChannel(db, workspaceId, id)?.number ?? 0, id]),
  );
  const userIds = new Map(USERS.map((id) => [findUser(db, workspaceId, id)?.number ?? 0, id]));
  const days: Day[] = [];
  const counts = new Map<string, number>();
  visitCounts(db, workspaceId, from, to, {
    day: (day) => days.push(day),
    channel(number, users, messages, start, end) {
      for (let i = start; i < end; i++) {
        const key = `${days.at(-1)} ${channelIds.get(number)} ${userIds.get(users[i] ?? 0)}`;
        counts.set(key, (counts.get(key) ?? 0) + (messages[i] ?? 0));
      }
    },
  });
  return { days, counts };
}

function summed(db: Db, workspaceId: string, from: Day, to: Day): Map<string, number> {
  const rows = db
    .prepare(
      `SELECT day || ' ' || channel_id || ' ' || user_id, messages FROM message_count
       WHERE workspace_id = ? AND day BETWEEN ? AND ?`,
    )
    .raw()
    .all(workspaceId, from, to) as [string, number][];
  return new Map(rows);
}

const workspace = fc.constantFrom(...WORKSPACES);
const day = fc.integer({ min: 0, max: 5 }).map((n) => addDays(FIRST, n));

const step = fc.oneof(
  fc.record({
    kind: fc.constant('change' as const),
    workspace,
    day,
    channel: fc.constantFrom(...CHANNELS),
    user: fc.constantFrom(...USERS),
    by: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }).filter((n) => n !== 0) },
      { weight: 1, arbitrary: fc.integer({ min: -300, max: 1000 }).filter((n) => n !== 0) },
    ),
  }),
  fc.record({ kind: fc.constant('unpack' as const), workspace, day }),
  fc.record({
    kind: fc.constant('pack' as const),
    workspace,
    day,
    limit: fc.integer({ min: 0, max: 4 }),
  }),
);

describe('visitCounts', () => {
  test('tells what the rows tell, whatever is packed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), workspace, day, day, (steps, id, from, to) => {
        const db = emptyDatabase();
        for (const s of steps) {
          if (s.kind === 'change') change(db, s.workspace, s.day, s.channel, s.user, s.by);
          else if (s.kind === 'unpack') unpackDay(db, s.workspace, s.day);
          else packDays(db, s.workspace, s.day, s.limit);
        }
        const { days, counts } = visited(db, id, from, to);
        const expected = summed(db, id, from, to);
        expect(counts).toEqual(expected);
        expect(days).toEqual([...new Set([...expected.keys()].map((k) => k.split(' ')[0]))].sort());
        db.close();
      }),
      { numRuns: 150 },
    );
  });

  test('splits a count that does not fit into one byte', () => {
    const db = emptyDatabase();
    change(db, 'T1', FIRST, 'C1', 'U1', 70_000);
    change(db, 'T1', FIRST, 'C1', 'U2', 255);
    packDays(db, 'T1', addDays(FIRST, 1), 10);
    expect([...visited(db, 'T1', FIRST, FIRST).counts.values()]).toEqual([70_000, 255]);
  });

  test('can be left by an error of the visitor and walked again', () => {
    const db = emptyDatabase();
    change(db, 'T1', FIRST, 'C1', 'U1', 1);
    packDays(db, 'T1', addDays(FIRST, 1), 10);
    const stop = () => {
      throw new Error('enough');
    };
    const walk = () => visitCounts(db, 'T1', FIRST, FIRST, { day: stop, channel: () => undefined });
    expect(walk).toThrow('enough');
    expect(visited(db, 'T1', FIRST, FIRST).counts.size).toBe(1);
  });
});

describe('takeFromCount', () => {
  test('a count that falls to nought has no row', () => {
    const db = emptyDatabase();
    change(db, 'T1', FIRST, 'C1', 'U1', 2);
    change(db, 'T1', FIRST, 'C1', 'U1', -2);
    change(db, 'T1', FIRST, 'C1', 'U2', -1);
    expect(summed(db, 'T1', FIRST, FIRST).size).toBe(0);
  });
});

describe('packDays', () => {
  test('packs the newest days before the given one first, each once', () => {
    const db = emptyDatabase();
    for (let n = 0; n < 4; n++) change(db, 'T1', addDays(FIRST, n), 'C1', 'U1', 1);
    const packed = () => db.prepare('SELECT day FROM message_pack ORDER BY day').pluck().all();
    expect(packDays(db, 'T1', addDays(FIRST, 3), 2)).toBe(2);
    expect(packed()).toEqual([addDays(FIRST, 1), addDays(FIRST, 2)]);
    expect(packDays(db, 'T1', addDays(FIRST, 3), 5)).toBe(1);
    expect(packDays(db, 'T1', addDays(FIRST, 3), 5)).toBe(0);
    unpackDay(db, 'T1', addDays(FIRST, 1));
    expect(packed()).toEqual([FIRST, addDays(FIRST, 2)]);
  });
});
