import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeChannelId } from '../../db/channel-ids.ts';
import { ensureChannel } from '../../db/channels.ts';
import { addDays, type Day, dayMs } from '../../db/days.ts';
import { packDays } from '../../db/message-counts.ts';
import { saveMessages } from '../../db/messages.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { packNext } from '../../db/packing.ts';
import { createTally } from '../../db/tally.ts';
import { ensureUser } from '../../db/users.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import { packWriters, wroteBefore } from '../../db/writers.ts';
import { findUser } from '../find-user.ts';

const WORKSPACES = ['T1', 'T2'];
const CHANNELS = ['C1', 'C2'];
const USERS = Array.from({ length: 10 }, (_, index) => `U${index}`);
const FIRST: Day = '2024-01-30';

function emptyDatabase(): Db {
  const db = openDatabase(IN_MEMORY);
  for (const id of WORKSPACES) {
    saveWorkspace(db, { id, name: id, domain: id, botUserId: 'UBOT' }, '');
    for (const channel of CHANNELS) ensureChannel(db, id, channel);
    for (const user of USERS) ensureUser(db, id, user);
  }
  return db;
}

interface Told {
  readonly day: Day;
  readonly user: string;
  readonly workspace?: string;
  readonly channel?: string;
  readonly isDeleted?: boolean;
}

/** Records a message, the only one of the person in the channel on the day; or that it is gone. */
function tell(db: Db, told: Told): void {
  const { day, user, workspace = 'T1', channel = 'C1', isDeleted = false } = told;
  const ts = `${dayMs(day) / 1000 + USERS.indexOf(user)}.000000`;
  const rest = { botId: null, subtype: null, threadTs: null, editedTs: null, text: '', raw: null };
  ensureChannel(db, workspace, channel);
  const tally = createTally(db, workspace);
  const facts = { ...rest, channelId: channel, ts, userId: user, isDeleted };
  db.transaction(() => {
    saveMessages(db, workspace, [facts], tally.add);
    tally.write();
  })();
}

/** Who wrote before a day, from the messages themselves. */
function slowly(db: Db, workspace: string, day: Day): unknown[] {
  return db
    .prepare(
      `SELECT DISTINCT user_id FROM message
       WHERE workspace_id = ? AND day < ? AND is_counted = 1 ORDER BY user_id`,
    )
    .pluck()
    .all(workspace, day);
}

function told(db: Db, workspace: string, day: Day): string[] {
  const wrote = wroteBefore(db, workspace, day);
  return USERS.filter((user) => wrote(findUser(db, workspace, user)?.number ?? -1));
}

const packedMonths = (db: Db) =>
  db.prepare('SELECT month FROM writer_pack ORDER BY month').pluck().all();

const workspace = fc.constantFrom(...WORKSPACES);
const day = fc.integer({ min: 0, max: 130 }).map((n) => addDays(FIRST, n));
const limit = fc.integer({ min: 0, max: 40 });
const message = { workspace, day, channel: fc.constantFrom(...CHANNELS) };
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...message,
      kind: fc.constant('tell' as const),
      user: fc.constantFrom(...USERS),
      isDeleted: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pack' as const), workspace, day, limit }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), workspace }) },
);

test('who wrote before a day is what the messages say, whatever came, went or is packed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), fc.array(day), (steps, days) => {
      const db = emptyDatabase();
      for (const s of steps) {
        if (s.kind === 'tell') tell(db, s);
        else if (s.kind === 'move') changeChannelId(db, s.workspace, 'C1', 'C2');
        else {
          packDays(db, s.workspace, s.day, s.limit);
          packWriters(db, s.workspace, s.day, s.limit);
        }
      }
      for (const id of WORKSPACES) {
        for (const asked of [...days, '2024-03-01', '2024-06-30']) {
          expect(told(db, id, asked)).toEqual(slowly(db, id, asked));
        }
      }
      db.close();
    }),
    { numRuns: 150 },
  );
});

test('a month is packed once it is over, and dropped when one of its days changes', () => {
  const db = emptyDatabase();
  tell(db, { day: '2024-01-31', user: 'U1' });
  tell(db, { day: '2024-02-29', user: 'U2' });
  tell(db, { day: '2024-03-01', user: 'U3' });
  expect(packWriters(db, 'T1', '2024-03-31', 9)).toBe(0);
  packDays(db, 'T1', '2024-03-31', 9);
  expect(packWriters(db, 'T1', '2024-03-31', 1)).toBe(1);
  expect(packedMonths(db)).toEqual(['2024-02-01']);
  expect(packWriters(db, 'T1', '2024-03-31', 9)).toBe(1);
  expect(packedMonths(db)).toEqual(['2024-01-01', '2024-02-01']);
  tell(db, { day: '2024-03-02', user: 'U4' });
  expect(packedMonths(db)).toEqual(['2024-01-01', '2024-02-01']);
  tell(db, { day: '2024-01-31', user: 'U1', isDeleted: true });
  expect(packedMonths(db)).toEqual(['2024-02-01']);
  expect(told(db, 'T1', '2024-03-02')).toEqual(['U2', 'U3']);
});

test('days are packed first, then the months, until nothing is left', () => {
  const db = emptyDatabase();
  for (const day of ['2024-01-31', '2024-02-01', '2024-02-02']) tell(db, { day, user: 'U1' });
  const steps = Array.from({ length: 5 }, () => packNext(db, 'T1', '2024-02-02'));
  expect(steps).toEqual([true, true, true, false, false]);
  expect(packedMonths(db)).toEqual(['2024-01-01']);
});

test('nobody wrote where nothing is recorded', () => {
  expect(told(emptyDatabase(), 'T1', FIRST)).toEqual([]);
});
