import {
  type ActivityScope,
  firstActiveDay,
  messagesByUser,
  recordedChannels,
} from '../../db/activity.ts';
import { addDays } from '../../db/days.ts';
import {
  type Contribution,
  contributedBefore,
  contributionsIn,
  namelessCommits,
} from '../../db/github-activity.ts';
import type { Db } from '../../db/open.ts';
import { sum } from '../../db/statistics.ts';
import { unrecordedDays } from '../../db/unrecorded-days.ts';
import { userByNumber } from '../../db/users.ts';
import type { Viewer } from '../../db/viewer.ts';
import { wroteBefore } from '../../db/writers.ts';
import type { Span } from './calendar.ts';

/** This many are named; the others are counted. */
export const MOST_NAMED = 5;

/** Until the record of a channel is this old, everyone in it is new to it. */
export const NEWCOMER_DAYS = 28;

/** Who wrote in Slack, where the viewer may read. */
export interface Writers {
  readonly people: number;
  readonly messages: number;
  /** False when the bot was off for hours: there may have been more. */
  readonly isWhole: boolean;
  /** The most talkative first. */
  readonly top: readonly { readonly name: string; readonly messages: number }[];
  /** Those with their first message ever, by name; undefined while all records are too young. */
  readonly newcomers: readonly string[] | undefined;
}

/** Who contributed on GitHub. */
export interface Contributors {
  readonly people: number;
  readonly issues: number;
  readonly pulls: number;
  readonly commits: number;
  /** Commits without an account, which nobody in the list has. */
  readonly nameless: number;
  /** The most active first. */
  readonly top: readonly Contribution[];
  /** Those with their first contribution ever; undefined while a list is not read to its end. */
  readonly newcomers: readonly string[] | undefined;
}

export function readWriters(db: Db, { start, end }: Span, viewer: Viewer): Writers | undefined {
  const first = firstActiveDay(db, viewer.workspaceId);
  if (!first || first > start) return undefined;
  const counts = messagesByUser(db, { viewer, from: start, to: end });
  const writers: number[] = [];
  let messages = 0;
  for (let number = 0; number < counts.length; number++) {
    const own = counts[number] as number;
    if (own === 0) continue;
    messages += own;
    writers.push(number);
  }
  if (writers.length === 0) return undefined;
  writers.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const name = (number: number) => {
    const user = userByNumber(db, number);
    return user.name ?? user.id;
  };
  const channelIds = recordedChannels(db, viewer)
    .filter(({ since }) => addDays(since, NEWCOMER_DAYS) <= start)
    .map(({ id }) => id);
  const scope = { viewer, channelIds, from: start, to: end };
  return {
    people: writers.length,
    messages,
    isWhole: unrecordedDays(db, start, end).length === 0,
    top: writers
      .slice(0, MOST_NAMED)
      .map((number) => ({ name: name(number), messages: counts[number] ?? 0 })),
    newcomers: channelIds.length > 0 ? newWriters(db, writers, scope).map(name) : undefined,
  };
}

/** Of the writers, those who wrote in the scope, and never before in any channel. */
function newWriters(db: Db, writers: readonly number[], scope: ActivityScope): number[] {
  const counts = messagesByUser(db, scope);
  const before = wroteBefore(db, scope.viewer.workspaceId, scope.from);
  return writers.filter((number) => counts[number] && !before(number));
}

interface Asked {
  /** The repositories that are reported. */
  readonly told: readonly number[];
  /** All of our own: who did something in any of them before is no newcomer. */
  readonly own: readonly number[];
  /** True when their lists were read to the end. */
  readonly areWhole: boolean;
}

export function readContributors(
  db: Db,
  { start, end }: Span,
  { told, own, areWhole }: Asked,
): Contributors {
  const days = { from: start, to: end };
  const all = contributionsIn(db, told, days);
  const known = areWhole
    ? contributedBefore(
        db,
        own,
        all.map(({ login }) => login),
        start,
      )
    : undefined;
  const sumOf = (of: (one: Contribution) => number) => sum(all.map(of));
  return {
    people: all.length,
    issues: sumOf(({ issues }) => issues),
    pulls: sumOf(({ pulls }) => pulls),
    commits: sumOf(({ commits }) => commits),
    nameless: namelessCommits(db, told, days),
    top: all.slice(0, MOST_NAMED),
    newcomers: known && all.map(({ login }) => login).filter((login) => !known.has(login)),
  };
}
