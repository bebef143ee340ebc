import { z } from 'zod';
import { addDays, type Day, dayOf, isDay } from '../../../db/days.ts';
import type { Db } from '../../../db/open.ts';
import { saveProvidedDay } from '../../../db/provided-days.ts';
import { daysOpenTo } from '../../../db/pypi-days.ts';
import { type DayValue, saveDays } from '../../../db/series.ts';
import type { Subject } from '../../../db/subjects.ts';
import { type Asking, getText, readJson } from '../http.ts';
import type { DailyRows, Part, Snapshot } from '../source.ts';
import { isSettled, PYPISTATS } from './ledger.ts';

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

/** What pypistats.org splits the downloads without mirrors by, and where. */
const SPLITS = { python: 'python_minor', system: 'system' } as const;

/** Somewhat under a day, so that a poll at the same hour of the next day finds it due. */
const SPLITS_HOURS = 20;

/** The finished days of each category, oldest first. The service takes no part of today. */
function byCategory(body: string, takenAt: string): Map<string, DayValue[]> {
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
 * holds those without. As `history` they never overwrite what BigQuery told of a day.
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
    ...(completeThrough !== undefined && { completeThrough }),
  });
  const mirrors = difference(categories.get('with_mirrors') ?? [], people);
  const rows = [row('pypi.downloads', people)];
  if (mirrors.length > 0) rows.push(row('pypi.mirror_downloads', mirrors));
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

/** Writes into the ledger that pypistats.org told the days of a snapshot. */
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

/** The downloads of one package by Python and by system, on the days that BigQuery did not tell. */
export function createSplits(apiUrl: string, timeoutMs: number): Part {
  return {
    name: 'splits',
    title: 'downloads by Python and system',
    scope: 'subject',
    everyHours: SPLITS_HOURS,
    async *collect(subjects, context) {
      const seenAt = new Date(context.now).toISOString();
      const cursor = addDays(dayOf(context.now), -1);
      for (const subject of subjects) {
        for (const [dimension, path] of Object.entries(SPLITS)) {
          const url = `${apiUrl}/api/packages/${subject.key}/${path}`;
          const members = byCategory(await getText(url, context, timeoutMs), seenAt);
          yield { save: (db) => saveSplit(db, subject, dimension, members, seenAt), cursor };
        }
      }
    },
  };
}

function saveSplit(
  db: Db,
  { id }: Subject,
  dimension: string,
  members: ReadonlyMap<string, readonly DayValue[]>,
  seenAt: string,
): number {
  const days = [...members.values()].flat().map(({ day }) => day);
  const completeThrough = days.reduce<Day | undefined>(
    (last, day) => (last !== undefined && last > day ? last : day),
    undefined,
  );
  let changed = 0;
  for (const [category, values] of members) {
    // The service writes what the installer did not tell as a word.
    const member = category === 'null' ? 'unknown' : category;
    const key = {
      subjectId: id,
      metric: 'pypi.downloads',
      kind: 'count',
      dimension,
      member,
    } as const;
    changed += saveDays(db, key, daysOpenTo(db, id, PYPISTATS, values), {
      origin: 'history',
      seenAt,
      ...(completeThrough !== undefined && { completeThrough }),
    });
  }
  return changed;
}
