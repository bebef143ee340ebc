import { z } from 'zod';
import {
  type ActivityScope,
  channelsInScope,
  messagesByUser,
  type RecordedChannel,
  recordedChannels,
} from '../../db/activity.ts';
import type { Channel } from '../../db/channels.ts';
import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { sum } from '../../db/statistics.ts';
import { unrecordedDays } from '../../db/unrecorded-days.ts';
import { userByNumber } from '../../db/users.ts';
import type { Viewer } from '../../db/viewer.ts';
import { earliest, latest } from '../extent.ts';
import { period } from '../params.ts';
import { byAge } from '../recorded.ts';

export const topUsersParams = period.omit({ granularity: true }).extend({
  /** Absent for every channel that the viewer may see: the public ones and their private ones. */
  channelIds: z.array(z.string()).optional(),
  limit: z.number().int().min(1).max(25).default(10),
});

export type TopUsersParams = z.infer<typeof topUsersParams>;

export interface Person {
  readonly rank: number;
  readonly id: string;
  /** The id where Slack has not given the name. */
  readonly name: string;
  readonly messages: number;
  /** Of all messages that people wrote, 0 to 1. */
  readonly share: number;
  /** Places won (lost: negative) against the earlier period; undefined without one. */
  readonly change: number | 'new' | undefined;
}

export interface TopUsers {
  readonly today: Day;
  readonly from: Day;
  readonly to: Day;
  readonly channels: readonly Channel[];
  readonly areChosen: boolean;
  readonly messages: number;
  readonly people: number;
  readonly top: readonly Person[];
  /** Of the first one and of the first five, 0 to 1. */
  readonly topShare: number;
  readonly topFiveShare: number;
  /** How many whole days the ranks were compared over; undefined when they were not. */
  readonly comparedDays: number | undefined;
  /** The first day of the record, where the range begins before it. */
  readonly begins: Day | undefined;
  /** Channels whose record begins later than what is told: they are in no comparison. */
  readonly later: readonly RecordedChannel[];
  /** Days of what is told on which the bot did not hear all. */
  readonly unrecorded: readonly Day[];
}

export function readTopUsers(db: Db, params: TopUsersParams, viewer: Viewer): TopUsers {
  const { today, to, channelIds, limit } = params;
  const recorded = recordedChannels(db, viewer).filter(
    ({ id }) => channelIds?.includes(id) ?? true,
  );
  const first = earliest(recorded.map(({ since }) => since));
  const from = params.from ?? first ?? to;
  const counts = messagesByUser(db, { viewer, channelIds, from, to });
  const { messages, people } = sumUp(counts);
  const share = (numbers: readonly number[]) =>
    sum(numbers.map((number) => counts[number] ?? 0)) / Math.max(1, messages);
  const top = leaders(counts, Math.max(limit, 5));
  const comparison =
    params.from && messages > 0
      ? compare(db, { ...params, from }, viewer, recorded, counts)
      : undefined;
  const told = comparison?.before ?? from;
  const begin = latest([told, first ?? told]);
  return {
    today,
    from,
    to,
    channels: channelsInScope(db, { viewer, channelIds }),
    areChosen: channelIds !== undefined,
    messages,
    people,
    top: top.slice(0, limit).map((number): Person => {
      const { id, name } = userByNumber(db, number);
      const own = counts[number] ?? 0;
      return {
        rank: rankIn(counts, number),
        id,
        name: name ?? id,
        messages: own,
        share: own / messages,
        change: comparison?.change(number),
      };
    }),
    topShare: share(top.slice(0, 1)),
    topFiveShare: share(top.slice(0, 5)),
    comparedDays: comparison?.days,
    begins: first && params.from && params.from < first ? first : undefined,
    later: first && first <= to ? recorded.filter(({ since }) => since > begin) : [],
    unrecorded: unrecordedDays(db, told, to),
  };
}

/**
 * Ranks over the range's whole days against as many days right before, in the channels that are
 * recorded all the while. Today is left out, because it is not over; undefined when no record reaches
 * back that far.
 */
function compare(
  db: Db,
  { today, from, to }: TopUsersParams & { readonly from: Day },
  viewer: Viewer,
  recorded: readonly RecordedChannel[],
  counts: Uint32Array,
) {
  const lastWhole = to < today ? to : addDays(today, -1);
  const days = daysBetween(from, lastWhole) + 1;
  const before = addDays(from, -days);
  const { old, young } = byAge(recorded, before, before);
  if (days < 1 || old.length === 0) return undefined;
  const scope = { viewer, channelIds: old.map(({ id }) => id) };
  const now =
    young.length > 0
      ? messagesByUser(db, { ...scope, from, to: lastWhole })
      : withoutToday(db, counts, { ...scope, from: today, to });
  const then = messagesByUser(db, { ...scope, from: before, to: addDays(from, -1) });
  return {
    days,
    before,
    change(number: number): number | 'new' | undefined {
      if (!now[number]) return undefined;
      return then[number] ? rankIn(then, number) - rankIn(now, number) : 'new';
    },
  };
}

function withoutToday(db: Db, counts: Uint32Array, scope: ActivityScope): Uint32Array {
  if (scope.to < scope.from) return counts;
  const running = messagesByUser(db, scope);
  return counts.map((own, number) => own - at(running, number));
}

/** The numbers of those with the most messages, most first; of equals the one known longer. */
function leaders(counts: Uint32Array, limit: number): number[] {
  const top: number[] = [];
  let least = 0;
  for (let number = 0; number < counts.length; number++) {
    const own = at(counts, number);
    if (own <= least) continue;
    const place = top.findIndex((other) => at(counts, other) < own);
    top.splice(place < 0 ? top.length : place, 0, number);
    if (top.length > limit) top.pop();
    if (top.length === limit) least = at(counts, top.at(-1) ?? 0);
  }
  return top;
}

/** One more than the number of people with more messages: equals share a rank. */
function rankIn(counts: Uint32Array, number: number): number {
  // Not `for…of`, which takes ten times as long over so many.
  const own = at(counts, number);
  let rank = 1;
  for (let other = 0; other < counts.length; other++) if (at(counts, other) > own) rank++;
  return rank;
}

function sumUp(counts: Uint32Array): { messages: number; people: number } {
  let messages = 0;
  let people = 0;
  for (let number = 0; number < counts.length; number++) {
    messages += at(counts, number);
    if (at(counts, number) > 0) people++;
  }
  return { messages, people };
}

function at(counts: Uint32Array, number: number): number {
  return counts[number] ?? 0;
}
