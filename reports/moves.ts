import { addDays, type Day } from '../db/days.ts';
import { type JointDay, jointDays, polledJoints } from '../db/joint-series.ts';
import type { Db } from '../db/open.ts';
import { DOWNLOADS } from '../db/pypi.ts';
import { firstValue } from '../db/series.ts';
import { sum } from '../db/statistics.ts';
import { lastWholeWeek } from './counts.ts';
import { measured } from './incident-words.ts';
import type { Period } from './params.ts';
import { PULLS } from './totals/kind.ts';
import { allOf, dayName, isolated, percent } from './words.ts';

/** How far the move from what is replaced to its successor has come. */
export interface Move {
  readonly metric: string;
  readonly successor: string;
  /** What it replaces, by name. */
  readonly olds: readonly string[];
  /** All of them, the successor first. */
  readonly subjectIds: readonly number[];
  /** Monday of the last whole week that all have a day of. */
  readonly week: Day;
  /** The successor's share in that week; null when days of it are missing, or nothing came in. */
  readonly share: number | null;
  /** Its share in the week before; null as well, and where there was no successor yet. */
  readonly before: number | null;
}

/** A move without a day known for this long is not reported. */
const RECENT_DAYS = 35;

/** Somebody goes on loading what was replaced. */
const ALL = 0.995;

/** What has successors: repositories keep their stars, whatever they are called. */
export const MOVING: readonly string[] = [DOWNLOADS, PULLS.metric];

/** The moves of a metric as they stood by the end of the day `to`; none before there is a successor. */
export function readMoves(db: Db, metric: string, to: Day): Move[] {
  return polledJoints(db, metric).flatMap(({ series, parts }): Move[] => {
    if (parts.length < 2) return [];
    const days = jointDays(db, parts, addDays(to, -RECENT_DAYS), to);
    const last = days.at(-1)?.day;
    if (last === undefined) return [];
    const week = lastWholeWeek(last);
    const begun = firstValue(db, series.id)?.day;
    if (begun === undefined || begun > addDays(week, 6)) return [];
    const names = parts.map((part) => part.series.subjectName);
    return [
      {
        metric,
        successor: series.subjectName,
        olds: names.slice(1),
        subjectIds: parts.map((part) => part.series.subjectId),
        week,
        share: shareIn(days, week),
        before: begun < week ? shareIn(days, addDays(week, -7)) : null,
      },
    ];
  });
}

/** Of those, the ones that one of the subjects has a part in; of days that are over. */
export function movesOf(
  db: Db,
  metric: string,
  ids: readonly number[],
  { to, today }: Pick<Period, 'to' | 'today'>,
): Move[] {
  const yesterday = addDays(today, -1);
  return readMoves(db, metric, to < today ? to : yesterday).filter(({ subjectIds }) =>
    subjectIds.some((id) => ids.includes(id)),
  );
}

/** Of the whole week alone: a week that lacks a day tells nothing. */
function shareIn(days: readonly JointDay[], week: Day): number | null {
  const known = days.filter(({ day }) => week <= day && day <= addDays(week, 6));
  if (known.length < 7) return null;
  const all = sum(known.map(({ values }) => sum(values)));
  return all === 0 ? null : sum(known.map(({ values }) => values[0] ?? 0)) / all;
}

/** True when as good as all have moved, and had a week before. */
export function isOver({ share, before }: Move): boolean {
  return [share, before].every((one) => one !== null && one >= ALL);
}

/**
 * `The move from old to new: 62% of the downloads were of new in the week of 16 Nov 2026 (55% the week
 * before).`
 */
export function moveSentence({ metric, successor, olds, week, share, before }: Move): string {
  const move = `The move from ${allOf(olds.map(isolated))} to ${isolated(successor)}`;
  const when = `the week of ${dayName(week)}`;
  if (share === null)
    return `${move}: ${when} is not known of ${olds.length > 1 ? 'all of them' : 'both'}.`;
  const whose = measured(metric);
  const rival = before === null ? '' : ` (${percent(before)} the week before)`;
  return `${move}: ${percent(share)} of the ${whose} were of ${isolated(successor)} in ${when}${rival}.`;
}
