import { addDays, type Day, dayOf } from '../../../db/days.ts';
import type { Db } from '../../../db/open.ts';
import { providedDays } from '../../../db/provided-days.ts';
import { BIGQUERY, DOWNLOADS, PYPISTATS, UNKNOWN } from '../../../db/pypi.ts';
import { daysOpenTo } from '../../../db/pypi-days.ts';
import { type DayValue, saveDays } from '../../../db/series.ts';
import type { Subject } from '../../../db/subjects.ts';
import { getText } from '../http.ts';
import type { Batch, CollectContext, Part, Snapshot } from '../source.ts';
import { lastDayOver } from './ledger.ts';
import { byCategory, dailyOverall, getOverall, keepProvider } from './pypistats.ts';

/** What pypistats.org splits the downloads without mirrors by, and where. */
const SPLITS = { python: 'python_minor', system: 'system' } as const;

/** Somewhat under a day, so that a poll at the same hour of the next day finds it due. */
const SPLITS_HOURS = 20;

const STANDS_IN =
  'BigQuery tells nothing of the last days, so pypistats.org does: totals, Python and system.';

/** The downloads of one package by Python and by system, on the days that BigQuery did not supply. */
export function createSplits(apiUrl: string, timeoutMs: number): Part {
  return {
    name: 'splits',
    title: 'downloads by Python and system',
    scope: 'subject',
    everyHours: SPLITS_HOURS,
    async *collect([subject], context) {
      if (subject) yield* readSplits(apiUrl, subject, context, timeoutMs);
    },
  };
}

/**
 * What pypistats.org has of one package while BigQuery, which takes precedence, supplies nothing:
 * for its limit, a quota, or credentials that no longer work. Else it is not asked.
 */
export function createStandIn(apiUrl: string, timeoutMs: number): Part {
  return {
    name: 'splits',
    title: 'downloads from pypistats.org while BigQuery tells none',
    scope: 'subject',
    everyHours: SPLITS_HOURS,
    async *collect([subject], context) {
      if (!subject || isToldByBigQuery(subject, context)) return;
      const takenAt = new Date(context.now).toISOString();
      const body = await getOverall(apiUrl, subject.key, context, timeoutMs);
      const save: Batch['save'] = (db) =>
        saveTotals(db, subject, { kind: 'overall', takenAt, body });
      yield { save, cursor: takenAt, note: STANDS_IN };
      yield* readSplits(apiUrl, subject, context, timeoutMs);
    },
  };
}

/** One day more than it may take is left for it to be late. */
function isToldByBigQuery({ id }: Subject, { db, now }: CollectContext): boolean {
  const day = addDays(lastDayOver(now), -1);
  return providedDays(db, id, day, day).some(({ provider }) => provider === BIGQUERY);
}

async function* readSplits(
  apiUrl: string,
  subject: Subject,
  context: CollectContext,
  timeoutMs: number,
): AsyncGenerator<Batch> {
  const seenAt = new Date(context.now).toISOString();
  const cursor = addDays(dayOf(context.now), -1);
  for (const [dimension, path] of Object.entries(SPLITS)) {
    const url = `${apiUrl}/api/packages/${subject.key}/${path}`;
    const members = byCategory(await getText(url, context, timeoutMs), seenAt);
    yield { save: (db) => saveSplit(db, subject, dimension, members, seenAt), cursor };
  }
}

function saveTotals(db: Db, { id }: Subject, snapshot: Snapshot): number {
  let changed = 0;
  for (const { metric, kind, origin, values, completeThrough } of dailyOverall(snapshot)) {
    const open = daysOpenTo(db, id, PYPISTATS, values);
    changed += saveDays(db, { subjectId: id, metric, kind }, open, {
      origin,
      seenAt: snapshot.takenAt,
      completeThrough,
    });
  }
  keepProvider(db, id, snapshot);
  return changed;
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
    // The service writes what the installer did not report as a word.
    const member = category === 'null' ? UNKNOWN : category;
    const key = {
      subjectId: id,
      metric: DOWNLOADS,
      kind: 'count',
      dimension,
      member,
    } as const;
    changed += saveDays(db, key, daysOpenTo(db, id, PYPISTATS, values), {
      origin: 'history',
      seenAt,
      completeThrough,
    });
  }
  return changed;
}
