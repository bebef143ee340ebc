import { activity, recordedChannels } from '../../db/activity.ts';
import type { Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { unrecordedDays } from '../../db/unrecorded-days.ts';
import type { Viewer } from '../../db/viewer.ts';
import { latest } from '../extent.ts';
import { byAge, namesOfBusy } from '../recorded.ts';
import { type Calendar, oldSince, type Span } from './calendar.ts';
import type { History, Lack, Unjudged } from './history.ts';

/** What was written where the viewer may read; undefined where nothing ever was. */
export function readTalk(db: Db, calendar: Calendar, viewer: Viewer): Unjudged | undefined {
  const { spans, span, cadence } = calendar;
  const { first, old, young } = byAge(recordedChannels(db, viewer), oldSince(calendar), span.start);
  if (!first) return undefined;
  const begin = latest(old.map(({ since }) => since));
  const channelIds = old.map(({ id }) => id);
  const scope = { viewer, channelIds, from: spans[0]?.start ?? span.start, to: span.end };
  const found = new Map(activity(db, scope, cadence).map((period) => [period.start, period]));
  const leftOut = namesOfBusy(db, young, { viewer, from: span.start, to: span.end });
  const unrecorded = unrecordedDays(db, scope.from, scope.to);
  const values = spans.map(({ start, end }) => {
    const isKnown =
      begin && start >= begin && !unrecorded.some((day) => start <= day && day <= end);
    return isKnown ? (found.get(start)?.messages ?? 0) : null;
  });
  const lack = lackOf(span, first, unrecorded);
  const known = lack ? [...values.slice(0, -1), null] : values;
  const lacks = spans.map((one, at) =>
    known[at] === null && begin && one.end >= begin ? lackOf(one, begin, unrecorded) : undefined,
  );
  const all = { name: 'Slack', isNew: false, values: known, lack, lacks };
  const histories: History[] = [{ ...all, young: lack ? [] : leftOut }];
  const people = found.get(span.start)?.people ?? 0;
  return { measure: 'messages', calendar, histories, people };
}

/** Silence lacks nothing: while the bot was there, nothing was written. */
function lackOf({ start, end }: Span, first: Day, unrecorded: readonly Day[]): Lack | undefined {
  if (first > start) return { reason: 'young', day: first };
  const days = unrecorded.filter((day) => start <= day && day <= end);
  const [day] = days;
  return day === undefined ? undefined : { reason: 'off', day, days };
}
