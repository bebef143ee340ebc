import { addDays, type Day, daysBetween } from '../../db/days.ts';
import { ENDED_DAYS } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { daysOf, firstValue, type Series, seriesOf, valueOn } from '../../db/series.ts';
import { earliest } from '../extent.ts';
import { gainsOf, type Nature, resetsOf } from '../growth.ts';
import { PULLS, STARS } from '../totals/kind.ts';
import { type Readings, readFrom, readingsUpTo, readTo } from '../totals/readings.ts';
import { type Calendar, oldSince, type Span } from './calendar.ts';
import type { Found, Lack } from './history.ts';

const KINDS = { stars: STARS, pulls: PULLS };

/** What our own repositories or images gained in each period. */
export function readCounters(
  db: Db,
  measure: keyof typeof KINDS,
  calendar: Calendar,
  subjectIds: readonly number[],
): Found[] {
  const { metric, nature } = KINDS[measure];
  return seriesOf(db, metric)
    .filter(({ role, subjectId }) => role === 'own' && subjectIds.includes(subjectId))
    .flatMap((series) => historyOf(db, series, nature, calendar) ?? []);
}

/** Undefined for what has no data. */
function historyOf(
  db: Db,
  { id, subjectId, subjectName: name, completeThrough }: Series,
  nature: Nature,
  calendar: Calendar,
): Found | undefined {
  const { spans, span, today, cadence } = calendar;
  const first = firstValue(db, id);
  const latest = valueOn(db, id, today);
  if (!first || !latest) return undefined;
  const from = spans[0]?.start ?? span.start;
  const yesterday = addDays(today, -1);
  const finished = earliest([completeThrough ?? yesterday, yesterday, latest.day]);
  const readings = readingsUpTo(daysOf(db, id, readFrom(from), readTo(span.end)), span.end, nature);
  const range = { from, to: span.end, finished, nature };
  const gains = new Map(
    gainsOf(readings.telling, cadence, range).map((gain) => [gain.start, gain]),
  );
  const values = spans.map(({ start }) => {
    const gain = gains.get(start);
    return gain && !gain.isProvisional ? gain.value : null;
  });
  // The first total only is what a period is counted from.
  const isNew = first.day >= oldSince(calendar);
  const found = { name, subjectId, first: first.day, isNew, values };
  if (daysBetween(latest.day, span.start) > ENDED_DAYS) {
    return { ...found, lack: undefined, lacks: [], ended: latest.day };
  }
  const lackIn = ({ start, end }: Span): Lack => {
    if (first.day >= start) return { reason: 'young', day: first.day };
    if (finished < end) return { reason: 'late', day: finished };
    const dayBefore = addDays(start, -1);
    return (
      unusable(readings, nature, dayBefore, end) ??
      holeAround(db, id, end, latest.day) ??
      // It is counted from the total of the day before.
      holeAround(db, id, dayBefore, latest.day) ?? { reason: 'hole', day: dayBefore }
    );
  };
  const lacks = spans.map((one, at) => (values[at] === null ? lackIn(one) : undefined));
  return { ...found, lack: lacks.at(-1), lacks };
}

/** Why no gain can be derived from the readings between two days, where there are some. */
function unusable(
  { points, stills, dips }: Readings,
  nature: Nature,
  from: Day,
  to: Day,
): Lack | undefined {
  const anew = resetsOf(points, nature).find(({ day }) => from < day && day <= to);
  if (anew) return { reason: 'anew', day: anew.day };
  const still = stills.find((one) => one.from <= to && from <= one.to);
  if (still) return { reason: 'still', day: still.from };
  const low = dips.find((one) => [from, to].some((day) => one.from <= day && day < one.until));
  return low && { reason: 'low', day: low.from };
}

/** The days without a value around one of them; undefined where it has a value. */
function holeAround(db: Db, seriesId: number, day: Day, latest: Day): Lack | undefined {
  const before = valueOn(db, seriesId, day)?.day ?? day;
  if (before === day) return undefined;
  const after = daysOf(db, seriesId, day, latest)[0]?.day ?? addDays(day, 1);
  const days = Array.from({ length: daysBetween(before, after) - 1 }, (_, at) =>
    addDays(before, at + 1),
  );
  return { reason: 'hole', day: addDays(before, 1), days };
}
