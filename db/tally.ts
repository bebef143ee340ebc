import type { Day } from './days.ts';
import { takeFromCount, unpackDay } from './message-counts.ts';
import type { Db } from './open.ts';
import { ROWS_AT_ONCE, rows } from './rows.ts';
import { statement } from './statement.ts';

/** A change of one person's count in one channel on one day. */
export type CountChange = (day: Day, channelId: string, userId: string, delta: 1 | -1) => void;

/** Changes of one workspace's day counts, added up before they are written. */
export interface Tally {
  readonly add: CountChange;
  /** Writes the changes and forgets them; within the caller's transaction. */
  write(): void;
}

export function createTally(db: Db, workspaceId: string): Tally {
  const days = new Map<Day, Map<string, Map<string, number>>>();
  return {
    add(day, channelId, userId, delta) {
      const users = innerMap(innerMap(days, day), channelId);
      users.set(userId, (users.get(userId) ?? 0) + delta);
    },
    write() {
      for (const day of days.keys()) unpackDay(db, workspaceId, day);
      writeChanges(db, workspaceId, days);
      days.clear();
    },
  };
}

function innerMap<K, V>(map: Map<K, Map<string, V>>, key: K): Map<string, V> {
  let inner = map.get(key);
  if (!inner) {
    inner = new Map();
    map.set(key, inner);
  }
  return inner;
}

/** Goes in the order of the table's key and by many rows at once: the fastest way to fill it. */
function writeChanges(
  db: Db,
  workspaceId: string,
  days: ReadonlyMap<Day, ReadonlyMap<string, ReadonlyMap<string, number>>>,
): void {
  let values: (string | number)[] = [];
  for (const [day, channels] of inOrder(days)) {
    for (const [channelId, users] of inOrder(channels)) {
      for (const [userId, delta] of inOrder(users)) {
        if (delta > 0) values.push(workspaceId, day, channelId, userId, delta);
        else if (delta < 0) takeFromCount(db, workspaceId, day, channelId, userId, -delta);
        if (values.length === 5 * ROWS_AT_ONCE) {
          addCounts(db, values);
          values = [];
        }
      }
    }
  }
  if (values.length > 0) addCounts(db, values);
}

function addCounts(db: Db, values: readonly (string | number)[]): void {
  statement(
    db,
    `INSERT INTO message_count (workspace_id, day, channel_id, user_id, messages)
     VALUES ${rows(5, values.length / 5)}
     ON CONFLICT DO UPDATE SET messages = messages + excluded.messages`,
  ).run(values);
}

function inOrder<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
