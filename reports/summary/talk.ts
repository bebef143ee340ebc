import {
  activity,
  activityByChannel,
  type RecordedChannel,
  recordedChannels,
} from '../../db/activity.ts';
import type { Day } from '../../db/days.ts';
import { deafDays } from '../../db/deaf-days.ts';
import type { Db } from '../../db/open.ts';
import type { Viewer } from '../../db/viewer.ts';
import { channelName } from '../channel-names.ts';
import { earliest, latest } from '../extent.ts';
import { LEAST_EARLIER } from '../judge.ts';
import type { Calendar, Span } from './calendar.ts';
import type { History, Lack } from './history.ts';
import type { Unjudged } from './panels.ts';

/** What was written where the viewer may read; nothing where nothing ever was in these periods. */
export function readTalk(db: Db, calendar: Calendar, viewer: Viewer): Unjudged[] {
  const { spans, span, cadence } = calendar;
  const { first, begin, old, young } = readChannels(db, calendar, viewer);
  if (!first || first > span.end) return [];
  const channelIds = old.map(({ id }) => id);
  const scope = { viewer, channelIds, from: spans[0]?.start ?? span.start, to: span.end };
  const found = new Map(activity(db, scope, cadence).map((period) => [period.start, period]));
  const leftOut = namesOfBusy(db, calendar, viewer, young);
  if (found.size === 0 && leftOut.length === 0) return [];
  const deaf = deafDays(db, scope.from, scope.to);
  const values = spans.map(({ start, end }) => {
    const isKnown = begin && start >= begin && !deaf.some((day) => start <= day && day <= end);
    return isKnown ? (found.get(start)?.messages ?? 0) : null;
  });
  const lack = lackOf(span, first, deaf);
  const known = lack ? [...values.slice(0, -1), null] : values;
  const lacks = spans.map((one, at) =>
    known[at] === null && begin && one.end >= begin ? lackOf(one, begin, deaf) : undefined,
  );
  const all = { name: 'Slack', values: known, lack, lacks };
  const histories: History[] = [{ ...all, young: lack ? [] : leftOut }];
  const people = found.get(span.start)?.people ?? 0;
  return [{ measure: 'messages', calendar, histories, people }];
}

interface Channels {
  /** Since when any of them is recorded; undefined where there are none. */
  readonly first: Day | undefined;
  /** Since when all of the old ones are. */
  readonly begin: Day | undefined;
  readonly old: readonly RecordedChannel[];
  /** That the bot came into a busy channel is no growth: these are in no sum. */
  readonly young: readonly RecordedChannel[];
}

/**
 * The channels that the viewer may read. Old are those with as much of a past as a usual range
 * takes; where none has, those that are recorded all through the period that is told.
 */
function readChannels(db: Db, { spans, span }: Calendar, viewer: Viewer): Channels {
  const channels = recordedChannels(db, viewer);
  const first = earliest(channels.map(({ since }) => since));
  const { start: past } = spans.at(-1 - LEAST_EARLIER) ?? span;
  const limit = first && first <= past ? past : span.start;
  const old = channels.filter(({ since }) => since <= limit);
  const young = channels.filter(({ since }) => since > limit);
  return { first, begin: latest(old.map(({ since }) => since)), old, young };
}

/** Those of the channels where something was written, the busiest first. */
function namesOfBusy(
  db: Db,
  { span: { start: from, end: to }, cadence }: Calendar,
  viewer: Viewer,
  channels: readonly RecordedChannel[],
): string[] {
  if (channels.length === 0) return [];
  const scope = { viewer, channelIds: channels.map(({ id }) => id), from, to };
  const names = new Map(channels.map((channel) => [channel.number, channelName(channel)]));
  const { busiest } = activityByChannel(db, scope, cadence, channels.length);
  return busiest.map(({ channelNumber }) => names.get(channelNumber) ?? '');
}

/** Silence is none: while the bot was there, nothing was written. */
function lackOf({ start, end }: Span, first: Day, deaf: readonly Day[]): Lack | undefined {
  if (first > start) return { reason: 'young', day: first };
  const days = deaf.filter((day) => start <= day && day <= end);
  const [day] = days;
  return day === undefined ? undefined : { reason: 'off', day, days };
}
