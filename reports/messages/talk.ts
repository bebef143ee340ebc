import { z } from 'zod';
import {
  type Activity,
  type ActivityScope,
  activity,
  activityByChannel,
  channelsInScope,
  type RecordedChannel,
  recordedChannels,
} from '../../db/activity.ts';
import type { Channel } from '../../db/channels.ts';
import { addDays, type Day, type Granularity, nextPeriod, periodStart } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { sum } from '../../db/statistics.ts';
import { unrecordedDays } from '../../db/unrecorded-days.ts';
import type { Viewer } from '../../db/viewer.ts';
import { channelName } from '../channel-names.ts';
import { type Comparison, comparisonOf } from '../comparison.ts';
import { type Days, periodEnd, usualGranularity } from '../counts.ts';
import { earliest, latest } from '../extent.ts';
import { period } from '../params.ts';
import { isTooShort } from '../ranges.ts';
import { byAge, namesOfBusy } from '../recorded.ts';

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

interface Talk {
  /** Empty when the talk is not split. */
  readonly channel: string;
  readonly periods: readonly TalkPeriod[];
  /** On the days that were asked for, as are the people; these are known of one period alone. */
  readonly messages: number;
  readonly people: number | undefined;
}

/** People are known of days within one week or month, and not of others together. */
interface Written {
  readonly start: Day;
  readonly messages: number;
  readonly people: number | undefined;
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
  /** Whether the record begins in the middle of the first period. */
  readonly isCut: boolean;
  /** Channels whose record begins later than what is told. */
  readonly later: readonly RecordedChannel[];
  /** False where so few days were asked for that a picture of them says nothing. */
  readonly isDrawn: boolean;
  /** One for everything, or one for each channel with a message, the busiest first. */
  readonly talks: readonly Talk[];
  /** With a split: how many quieter channels are left out, and what was written there. */
  readonly others: number;
  readonly otherMessages: number;
  /** What the headline is of; undefined where it is of the range, and compares nothing. */
  readonly comparison: Comparison | undefined;
  /** What was written on them, and on those that they are compared with. */
  readonly last: Written | undefined;
  readonly before: Written | undefined;
  /** Channels that are in neither, because they were not recorded all the while. */
  readonly without: readonly string[];
  /** Days of what is told on which the bot did not hear all. */
  readonly unrecorded: readonly Day[];
}

export function readMessages(db: Db, params: MessagesParams, viewer: Viewer): MessagesData {
  const { today, channelIds, split } = params;
  const channels = channelsInScope(db, { viewer, channelIds });
  const recorded = recordedChannels(db, viewer).filter(
    ({ id }) => channelIds?.includes(id) ?? true,
  );
  const first = earliest(recorded.map(({ since }) => since));
  const asked = latest([params.from ?? first ?? params.to, first ?? params.from ?? params.to]);
  const granularity = params.granularity ?? usualGranularity(asked, params.to);
  // The first and the last period are drawn whole, also when the range cuts them.
  const from = periodStart(asked, granularity);
  const isBefore = first !== undefined && params.to < first;
  const end = isBefore ? params.to : periodEnd(params.to, granularity);
  const to = earliest([end, today]);
  const scope = { viewer, channelIds, from: asked, to: earliest([params.to, today]) };
  const { found, others, otherMessages } = readTalks(db, scope, { granularity, split });
  const whole = cutPeriods(scope, { from, to, granularity }).flatMap(
    (period) =>
      readTalks(db, { ...scope, ...period }, { granularity, split, most: Infinity }).found,
  );
  const names = new Map(channels.map((channel) => [channel.number, channelName(channel)]));
  const begun = new Map(recorded.map(({ number, since }) => [number, since]));
  const calendarOf = (since: Day | undefined) =>
    since && since <= to ? periodsOf(from, { to, today, since, granularity }) : [];
  const talks = found.map(({ channelNumber, messages, periods }): Talk => {
    const drawn = whole.filter((one) => one.channelNumber === channelNumber);
    const known = new Map(
      [...periods, ...drawn.flatMap(({ periods }) => periods)].map((one) => [one.start, one]),
    );
    const calendar = calendarOf(begun.get(channelNumber) ?? first);
    return {
      channel: names.get(channelNumber) ?? '',
      periods: calendar.map(({ start, isWhole }) => {
        const { messages = 0, people = 0 } = known.get(start) ?? {};
        return { start, messages, people, isWhole };
      }),
      messages,
      people: calendar.length === 1 ? periods[0]?.people : undefined,
    };
  });
  const pair =
    found.length > 0 ? compare(db, { ...params, granularity }, viewer, recorded) : NOTHING;
  const compared = pair.before?.start ?? asked;
  const begin = latest([earliest([asked, compared]), first ?? asked]);
  return {
    today,
    from: asked,
    to: scope.to,
    granularity,
    split,
    channels,
    areChosen: channelIds !== undefined,
    begins: first && params.from && params.from < first ? first : undefined,
    isCut: first !== undefined && first > from,
    later: isBefore ? [] : recorded.filter(({ since }) => since > begin),
    isDrawn: granularity !== 'daily' || !isTooShort(params),
    talks,
    others,
    otherMessages,
    ...pair,
    unrecorded: unrecordedDays(db, earliest([from, compared]), to),
  };
}

/** More channels than this are in nobody's picture, and in nobody's list. */
const MOST_CHANNELS = 50;

function readTalks(
  db: Db,
  scope: ActivityScope,
  {
    granularity,
    split,
    most = MOST_CHANNELS,
  }: Pick<MessagesData, 'granularity' | 'split'> & { readonly most?: number },
) {
  if (split === 'channel') {
    const { busiest, ...rest } = activityByChannel(db, scope, granularity, most);
    return { found: busiest, ...rest };
  }
  const periods = activity(db, scope, granularity);
  const messages = sum(periods.map((period) => period.messages));
  const found = messages > 0 ? [{ channelNumber: 0, messages, periods }] : [];
  return { found, others: 0, otherMessages: 0 };
}

/** The periods of what is drawn that hold days that were not asked for. */
function cutPeriods(
  asked: { readonly from: Day; readonly to: Day },
  { from, to, granularity }: Pick<MessagesData, 'from' | 'to' | 'granularity'>,
) {
  const starts = new Set([from, periodStart(asked.to, granularity)]);
  return [...starts]
    .map((start) => ({ from: start, to: earliest([periodEnd(start, granularity), to]) }))
    .filter((period) => period.from < asked.from || period.to > asked.to);
}

interface Calendar {
  readonly to: Day;
  readonly today: Day;
  /** The first day of the record. */
  readonly since: Day;
  readonly granularity: Granularity;
}

function periodsOf(from: Day, { to, today, since, granularity }: Calendar) {
  const periods: { start: Day; isWhole: boolean }[] = [];
  const first = periodStart(latest([from, since]), granularity);
  for (let start = first; start <= to; ) {
    const next = nextPeriod(start, granularity);
    const isOver = next <= today && addDays(next, -1) <= to;
    periods.push({ start, isWhole: isOver && start >= since });
    start = next;
  }
  return periods;
}

const NOTHING = { comparison: undefined, last: undefined, before: undefined, without: [] };

/**
 * The last whole week or month and the one before, in the channels that are recorded in both; a range
 * that is over only where all of both is known.
 */
function compare(
  db: Db,
  range: MessagesParams,
  viewer: Viewer,
  recorded: readonly RecordedChannel[],
): Pick<MessagesData, 'comparison' | 'last' | 'before' | 'without'> {
  const finished = addDays(earliest([range.today, addDays(range.to, 1)]), -1);
  const comparison = comparisonOf(range, finished);
  if (!comparison) return NOTHING;
  const { from, to, before } = comparison;
  const { first, old, young } = byAge(recorded, before.from, from);
  const areBoth = first !== undefined && first <= before.from;
  const hasGaps = [before, comparison].some(
    (days) => unrecordedDays(db, days.from, days.to).length > 0,
  );
  const isPartial = comparison.of === 'range' && (!areBoth || hasGaps || young.length > 0);
  if (old.length === 0 || isPartial) return NOTHING;
  const channelIds = old.map(({ id }) => id);
  const written = (days: Days): Written => {
    const { from, to } = days;
    const unit = unitOf(days);
    const found = activity(db, { viewer, channelIds, from, to }, unit ?? 'daily');
    const people = unit === undefined ? undefined : (found[0]?.people ?? 0);
    return { start: from, messages: sum(found.map(({ messages }) => messages)), people };
  };
  return {
    comparison,
    last: written(comparison),
    before: areBoth ? written(before) : undefined,
    without: namesOfBusy(db, young, { viewer, from, to }),
  };
}

/** The granularity of which one period holds these days. */
function unitOf({ from, to }: Days): Granularity | undefined {
  return (['daily', 'weekly', 'monthly'] as const).find(
    (unit) => periodStart(from, unit) === periodStart(to, unit),
  );
}
