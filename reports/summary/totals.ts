import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { daysOf, firstValue, type Series, seriesOf, valueOn } from '../../db/series.ts';
import { earliest } from '../extent.ts';
import { gainsOf, type Nature, resetsOf } from '../growth.ts';
import { PULLS, STARS } from '../totals/kind.ts';
import { type Readings, readingsOf } from '../totals/readings.ts';
import type { Calendar, Span } from './calendar.ts';
import { type Found, type Lack, OVER_DAYS } from './history.ts';

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

/** Undefined for what has no data until the period is over. */
function historyOf(
  db: Db,
  { id, subjectId, subjectName: name, completeThrough }: Series,
  nature: Nature,
  calendar: Calendar,
): Found | undefined {
  const { spans, span, today, cadence } = calendar;
  const first = firstValue(db, id);
  const latest = valueOn(db, id, span.end);
  if (!first || !latest) return undefined;
  const from = spans[0]?.start ?? span.start;
  const yesterday = addDays(today, -1);
  const finished = earliest([completeThrough ?? yesterday, yesterday, latest.day]) ?? latest.day;
  const days = daysOf(db, id, addDays(from, -1), span.end);
  const readings = readingsOf(days, nature);
  const range = { from, to: span.end, finished, nature };
  const gains = new Map(
    gainsOf(readings.telling, cadence, range).map((gain) => [gain.start, gain]),
  );
  const values = spans.map(({ start }) => {
    const gain = gains.get(start);
    return gain && !gain.isProvisional ? gain.value : null;
  });
  const found = { name, subjectId, first: first.day, values };
  if (daysBetween(latest.day, span.start) > OVER_DAYS) {
    return { ...found, lack: undefined, lacks: [], ended: latest.day };
  }
  const lacks = spans.map((one, at) =>
    values[at] !== null || one.end < first.day
      ? undefined
      : lackOf(readings, nature, first.day, finished, one),
  );
  return { ...found, lack: lacks.at(-1), lacks };
}

function lackOf(
  { points, stills }: Readings,
  nature: Nature,
  first: Day,
  finished: Day,
  { start, end }: Span,
): Lack {
  if (first >= start) return { reason: 'young', day: first };
  if (finished < end) return { reason: 'late', day: finished };
  const anew = resetsOf(points, nature).find(({ day }) => start <= day && day <= end);
  if (anew) return { reason: 'anew', day: anew.day };
  const still = stills.find(({ from, to }) => from <= end && addDays(start, -1) <= to);
  if (still) return { reason: 'still', day: still.from };
  const dayBefore = addDays(start, -1);
  return { reason: 'hole', day: points.some(({ day }) => day === dayBefore) ? end : dayBefore };
}
