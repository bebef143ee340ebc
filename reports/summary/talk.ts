import {
  type ActivityScope,
  activity,
  channelsInScope,
  firstActiveDay,
} from '../../db/activity.ts';
import { type Day, daysBetween } from '../../db/days.ts';
import { deafDays } from '../../db/deaf-days.ts';
import type { Db } from '../../db/open.ts';
import type { Viewer } from '../../db/viewer.ts';
import type { Calendar, Span } from './calendar.ts';
import type { History, Lack } from './history.ts';
import type { Unjudged } from './panels.ts';

/** What was written where the viewer may read; nothing where nothing ever was in these periods. */
export function readTalk(db: Db, calendar: Calendar, viewer: Viewer): Unjudged[] {
  const { spans, span, cadence } = calendar;
  const first = firstActiveDay(db, viewer.workspaceId);
  if (!first || first > span.end || channelsInScope(db, { viewer }).length === 0) return [];
  const scope = { viewer, from: spans[0]?.start ?? span.start, to: span.end };
  const found = new Map(activity(db, scope, cadence).map((period) => [period.start, period]));
  if (found.size === 0) return [];
  const deaf = deafDays(db, scope.from, scope.to);
  const values = spans.map(({ start, end }) => {
    const isKnown = start >= first && !deaf.some((day) => start <= day && day <= end);
    return isKnown ? (found.get(start)?.messages ?? 0) : null;
  });
  const lack = lackOf(db, scope, span, first, deaf);
  const known = lack ? [...values.slice(0, -1), null] : values;
  const histories: History[] = [{ name: 'Slack', values: known, lack }];
  const people = found.get(span.start)?.people ?? 0;
  return [{ measure: 'messages', calendar, histories, people }];
}

/** Silence is normal for a while; so many days, and twice as long as ever before, is a lack. */
const LEAST_SILENCE = 3;

function lackOf(
  db: Db,
  scope: ActivityScope,
  { start, end }: Span,
  first: Day,
  deaf: readonly Day[],
): Lack | undefined {
  if (first > start) return { reason: 'young', day: first };
  const off = deaf.filter((day) => start <= day);
  if (off[0]) return { reason: 'off', day: off[0], days: off };
  const days = activity(db, scope, 'daily').map((one) => one.start);
  const latest = days.at(-1) ?? first;
  const silences = days.slice(1).map((day, at) => daysBetween(days[at] ?? day, day) - 1);
  const silence = daysBetween(latest, end);
  const isLate = silence >= LEAST_SILENCE && silence > 2 * Math.max(0, ...silences);
  return isLate ? { reason: 'late', day: latest } : undefined;
}
