import { saveChannel } from '../../db/channels.ts';
import { addDays, type Day, dayMs } from '../../db/days.ts';
import { saveMessages } from '../../db/messages.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { type DayValue, saveDays } from '../../db/series.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';
import { createTally } from '../../db/tally.ts';
import { ensureUser, saveUser } from '../../db/users.ts';
import type { Viewer } from '../../db/viewer.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import { type Answer, ask, type Report } from '../../reports/report.ts';

const NOW = '2026-11-22T12:00:00Z';

/** A Sunday, so that yesterday's week is still going on. */
export const TODAY = '2026-11-22';
export const everyone: Viewer = { workspaceId: 'T1', privateChannelIds: [] };
export const insider: Viewer = { workspaceId: 'T1', privateChannelIds: ['C-secret'] };

const POSTED = {
  botId: null,
  subtype: null,
  threadTs: null,
  editedTs: null,
  isDeleted: false,
  text: 'hello',
  raw: null,
};

export interface Community {
  readonly db: Db;
  channel(name: string, isPrivate?: boolean): void;
  user(id: string, name: string | null, isBot?: boolean): void;
  /**
   * Counts `messages` of a user, and saves the first of them; channel and user are made when they
   * are new.
   */
  wrote(user: string, channel: string, day: Day, messages: number): void;
  /** Saves totals on consecutive days from `from`, none where null, and answers the subject. */
  stars(repository: string, from: Day, totals: readonly (number | null)[]): number;
  pulls(image: string, from: Day, totals: readonly (number | null)[]): number;
}

/** An empty workspace in memory, to be filled. */
export function community(): Community {
  const db = openDatabase(IN_MEMORY);
  saveWorkspace(db, { id: 'T1', name: 'Test', domain: 'test', botUserId: 'UBOT' }, NOW);
  const channels = new Set<string>();
  const users = new Set<string>();
  let saved = 0;
  function totalsOf(source: string, metric: string) {
    return (name: string, from: Day, totals: readonly (number | null)[]) => {
      const subject = ensureSubject(db, source, name.toLowerCase(), name);
      setTracked(db, subject.id, NOW);
      const values = totals.flatMap((value, index): DayValue[] =>
        value === null ? [] : [{ day: addDays(from, index), value }],
      );
      const key = { subjectId: subject.id, metric, kind: 'total' } as const;
      saveDays(db, key, values, { origin: 'poll', seenAt: NOW });
      return subject.id;
    };
  }
  const made: Community = {
    db,
    channel(name, isPrivate = false) {
      channels.add(name);
      saveChannel(db, 'T1', { id: `C-${name}`, name, isPrivate, isArchived: false }, NOW);
    },
    user(id, name, isBot = false) {
      users.add(id);
      if (name === null) ensureUser(db, 'T1', id);
      else saveUser(db, 'T1', { id, name, isBot, isDeleted: false, tz: null }, NOW);
    },
    wrote(user, channel, day, messages) {
      if (!channels.has(channel)) made.channel(channel);
      if (!users.has(user)) made.user(user, user);
      const ts = `${dayMs(day) / 1000}.${String(saved++).padStart(6, '0')}`;
      const tally = createTally(db, 'T1');
      saveMessages(db, 'T1', [{ ...POSTED, channelId: `C-${channel}`, userId: user, ts }], () => {
        for (let n = 0; n < messages; n += 1) tally.add(day, `C-${channel}`, user, 1);
      });
      tally.write();
    },
    stars: totalsOf('github', 'github.stars'),
    pulls: totalsOf('docker', 'docker.pulls'),
  };
  return made;
}

/** `days` totals that begin with `start` and grow by `each` a day. */
export function growing(days: number, each: number, start = 0): number[] {
  return Array.from({ length: days }, (_, index) => start + index * each);
}

/** Asks `report` of a community, or of its database: up to today and as everyone, unless told otherwise. */
export function asking<Params, Data>(
  report: Report<Params, Data>,
  usual: Record<string, unknown> = {},
) {
  return (
    of: Pick<Community, 'db'> | Db,
    params: Record<string, unknown> = {},
    viewer: Viewer = everyone,
  ): Answer => {
    const asked = { today: TODAY, to: TODAY, ...usual, ...params };
    return ask(report as Report, 'db' in of ? of.db : of, asked, viewer);
  };
}
