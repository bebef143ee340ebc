import { z } from 'zod';
import {
  type Activity,
  type ActivityScope,
  activity,
  activityByChannel,
  channelsInScope,
  firstActiveDay,
} from '../../db/activity.ts';
import type { Channel } from '../../db/channels.ts';
import {
  addDays,
  type Day,
  type Granularity,
  nextPeriod,
  periodStart,
  weekStart,
} from '../../db/days.ts';
import { deafDays } from '../../db/deaf-days.ts';
import type { Db } from '../../db/open.ts';
import type { Viewer } from '../../db/viewer.ts';
import { channelName } from '../channel-names.ts';
import { periodEnd, usualGranularity } from '../counts.ts';
import { earliest, latest } from '../extent.ts';
import { period } from '../params.ts';
import { asksForWeek, isTooShort } from '../ranges.ts';

export const messagesParams = period.extend({
  /** Absent for every channel that the viewer may see: the public ones and their private ones. */
  channelIds: z.array(z.string()).optional(),
  split: z.enum(['none', 'channel']).default('none'),
});

export type MessagesParams = z.infer<typeof messagesParams>;

/** What was written in a period; quiet ones are there with zeros. */
export interface TalkPeriod extends Activity {
  /** False while it is going on, and where the record begins or the range ends in its middle. */
  readonly isWhole: boolean;
}

export interface Talk {
  /** Empty when the talk is not split. */
  readonly channel: string;
  readonly periods: readonly TalkPeriod[];
  readonly messages: number;
}

export interface MessagesData {
  readonly today: Day;
  readonly from: Day;
  readonly to: Day;
  readonly granularity: Granularity;
  readonly split: MessagesParams['split'];
  readonly channels: readonly Channel[];
  readonly areChosen: boolean;
  /** The first day of the record, where the range begins before it. */
  readonly begins: Day | undefined;
  /** False where so few days were asked for that a picture of them says nothing. */
  readonly isDrawn: boolean;
  /** One for everything, or one for each channel with a message, the busiest first. */
  readonly talks: readonly Talk[];
  /** With a split: how many quieter channels are left out, and what was written there. */
  readonly others: number;
  readonly otherMessages: number;
  /** Whether it is the last whole week that answers what was asked. */
  readonly isWeekAsked: boolean;
  /** The last whole ISO week and the one before, where the record covers them. */
  readonly week: Activity | undefined;
  readonly weekBefore: Activity | undefined;
  /** Days of the range on which the bot did not hear all. */
  readonly deaf: readonly Day[];
}

export function readMessages(db: Db, params: MessagesParams, viewer: Viewer): MessagesData {
  const { today, channelIds, split } = params;
  const first = firstActiveDay(db, viewer.workspaceId);
  const asked =
    latest([params.from ?? first ?? params.to, first ?? params.from ?? params.to]) ?? params.to;
  const granularity = params.granularity ?? usualGranularity(asked, params.to);
  // The first and the last period are shown whole, also when the range cuts them.
  const from = periodStart(asked, granularity);
  const isBefore = first !== undefined && params.to < first;
  const end = isBefore ? params.to : periodEnd(params.to, granularity);
  const to = earliest([end, today]) ?? end;
  const channels = channelsInScope(db, { viewer, channelIds });
  const scope = { viewer, channelIds, from, to };
  const { found, others, otherMessages } = readTalks(db, scope, granularity, split);
  const names = new Map(channels.map((channel) => [channel.number, channelName(channel)]));
  const calendar = first && first <= to ? periodsOf(from, { to, today, first, granularity }) : [];
  const talks = found.map(({ channelNumber, messages, periods }): Talk => {
    const known = new Map(periods.map((period) => [period.start, period]));
    return {
      channel: names.get(channelNumber) ?? '',
      periods: calendar.map(({ start, isWhole }) => {
        const { messages = 0, people = 0 } = known.get(start) ?? {};
        return { start, messages, people, isWhole };
      }),
      messages,
    };
  });
  const weeks = lastWeeks(db, params, viewer, first);
  return {
    today,
    from: latest([from, first ?? from]) ?? from,
    to,
    granularity,
    split,
    channels,
    areChosen: channelIds !== undefined,
    begins: first && params.from && params.from < first ? first : undefined,
    isDrawn: granularity !== 'daily' || !isTooShort(params),
    talks,
    others,
    otherMessages,
    ...weeks,
    isWeekAsked: asksForWeek({ ...params, ...(params.from && { from }) }, weeks.week?.start),
    deaf: deafDays(db, from, to),
  };
}

/** More channels than this are in nobody's picture, and in nobody's list. */
const MOST_CHANNELS = 50;

function readTalks(
  db: Db,
  scope: ActivityScope,
  granularity: Granularity,
  split: MessagesParams['split'],
) {
  if (split === 'channel') {
    const { busiest, ...rest } = activityByChannel(db, scope, granularity, MOST_CHANNELS);
    return { found: busiest, ...rest };
  }
  const periods = activity(db, scope, granularity);
  const messages = periods.reduce((sum, period) => sum + period.messages, 0);
  const found = messages > 0 ? [{ channelNumber: 0, messages, periods }] : [];
  return { found, others: 0, otherMessages: 0 };
}

interface Calendar {
  readonly to: Day;
  readonly today: Day;
  readonly first: Day;
  readonly granularity: Granularity;
}

function periodsOf(from: Day, { to, today, first, granularity }: Calendar) {
  const periods: { start: Day; isWhole: boolean }[] = [];
  for (let start = from; start <= to; ) {
    const next = nextPeriod(start, granularity);
    const isOver = next <= today && addDays(next, -1) <= to;
    periods.push({ start, isWhole: isOver && start >= first });
    start = next;
  }
  return periods;
}

function lastWeeks(db: Db, params: MessagesParams, viewer: Viewer, first: Day | undefined) {
  const { today, to, channelIds } = params;
  const end = earliest([today, addDays(to, 1)]) ?? today;
  const week = addDays(weekStart(end), -7);
  const before = addDays(week, -7);
  const scope = { viewer, channelIds, from: before, to: addDays(week, 6) };
  const found = new Map(activity(db, scope, 'weekly').map((entry) => [entry.start, entry]));
  const covered = (start: Day) =>
    first && start >= first ? (found.get(start) ?? { start, messages: 0, people: 0 }) : undefined;
  return { week: covered(week), weekBefore: covered(before) };
}
