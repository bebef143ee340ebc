import { z } from 'zod';
import { dayOf, isDay } from '../../../db/days.ts';
import type { Db } from '../../../db/open.ts';
import { saveProvidedDay } from '../../../db/provided-days.ts';
import { DOWNLOADS, MIRROR_DOWNLOADS, PYPISTATS } from '../../../db/pypi.ts';
import { daysOpenTo } from '../../../db/pypi-days.ts';
import type { DayValue } from '../../../db/series.ts';
import { type Asking, getText, readJson } from '../http.ts';
import type { DailyRows, Snapshot } from '../source.ts';
import { isSettled } from './ledger.ts';

/** The answers of `overall`, `python_minor` and `system` have one form. Days can be missing. */
const answer = z.object({
  data: z.array(
    z.object({
      category: z.string(),
      date: z.string().refine(isDay, 'is not a day'),
      downloads: z.int().nonnegative(),
    }),
  ),
});

/** The finished days of each category, oldest first. The service takes no part of today. */
export function byCategory(body: string, takenAt: string): Map<string, DayValue[]> {
  const today = dayOf(Date.parse(takenAt));
  const found = new Map<string, DayValue[]>();
  for (const { category, date, downloads } of readJson(answer, body).data) {
    if (date >= today) continue;
    const values = found.get(category) ?? [];
    found.set(category, values);
    values.push({ day: date, value: downloads });
  }
  for (const values of found.values()) values.sort((a, b) => (a.day < b.day ? -1 : 1));
  return found;
}

export function getOverall(
  apiUrl: string,
  key: string,
  asking: Asking,
  timeoutMs: number,
): Promise<string> {
  return getText(`${apiUrl}/api/packages/${key}/overall`, asking, timeoutMs);
}

/**
 * Downloads by people and, on days that have both numbers, by mirrors: what is counted with them
 * holds those without. As `history` they never overwrite what BigQuery had of a day.
 */
export function dailyOverall({ takenAt, body }: Snapshot): DailyRows[] {
  const categories = byCategory(body, takenAt);
  const people = categories.get('without_mirrors') ?? [];
  const completeThrough = people.at(-1)?.day;
  const row = (metric: string, values: readonly DayValue[]): DailyRows => ({
    metric,
    kind: 'count',
    origin: 'history',
    values,
    completeThrough,
  });
  const mirrors = difference(categories.get('with_mirrors') ?? [], people);
  const rows = [row(DOWNLOADS, people)];
  if (mirrors.length > 0) rows.push(row(MIRROR_DOWNLOADS, mirrors));
  return rows;
}

/** A day that has fewer downloads with mirrors than without is a mistake, not a number. */
function difference(all: readonly DayValue[], people: readonly DayValue[]): DayValue[] {
  const byDay = new Map(people.map(({ day, value }) => [day, value]));
  return all.flatMap(({ day, value }) => {
    const rest = value - (byDay.get(day) ?? Number.NaN);
    return rest >= 0 ? [{ day, value: rest }] : [];
  });
}

/** Writes into the ledger that the days of a snapshot are from pypistats.org. */
export function keepProvider(db: Db, subjectId: number, { takenAt, body }: Snapshot): void {
  const told = byCategory(body, takenAt).get('without_mirrors') ?? [];
  for (const { day } of daysOpenTo(db, subjectId, PYPISTATS, told)) {
    saveProvidedDay(db, subjectId, {
      day,
      provider: PYPISTATS,
      askedAt: takenAt,
      isSettled: isSettled(day, Date.parse(takenAt)),
    });
  }
}
