import { addDays, type Day, daysBetween } from '../../../db/days.ts';
import { BIGQUERY, DOWNLOADS, MIRROR_DOWNLOADS, UNKNOWN } from '../../../db/pypi.ts';
import { replaceDay, type ToldCount } from '../../../db/pypi-days.ts';
import { sum } from '../../../db/statistics.ts';
import { NotAllowed } from '../../errors.ts';
import type { Asking } from '../http.ts';
import type { Batch, Part } from '../source.ts';
import type { Warehouse } from './bigquery.ts';
import { tooMuch } from './bigquery-error.ts';
import { isSettled, type Lack, lacking, lastDayOver } from './ledger.ts';
import type { DownloadRow, Question } from './query.ts';

const OFF =
  'pypistats.org tells totals, Python and system only: set BIGQUERY_PROJECT and GOOGLE_APPLICATION_CREDENTIALS for versions, countries and the rest.';

/** A day of a package has some hundreds of rows, and while they are saved all else waits. */
const PACKAGES_AT_ONCE = 5;

/**
 * Downloads of all tracked packages with all their splits, day by day, the newest first. The
 * ledger of days is what it goes by; the cursor only tells people how far it has come.
 */
export function createDownloads(warehouse: Warehouse | undefined): Part {
  return {
    name: 'downloads',
    title: 'downloads by version, Python, system, distribution, cloud, country, installer and CI',
    scope: 'source',
    // Asked with every poll; on most of them no day is lacking, and nothing is sent.
    everyHours: 0,
    canBackfill: true,
    ...(!warehouse && { off: OFF }),

    async *collect(subjects, context) {
      if (!warehouse) return;
      const lacks = lacking(subjects, context);
      const of = sum(lacks.map((lack) => lack.subjects.length * daysIn(lack)));
      let done = 0;
      for (const lack of lacks) {
        let rest: Lack | undefined = lack;
        while (rest) {
          const part: Lack = await newestThatFits(warehouse, rest, context);
          const rows = await warehouse.ask(questionOf(part), context);
          for (const { told, ...batch } of batches(part, rows, context.now)) {
            done += told;
            yield { ...batch, progress: { done, of, unit: 'days' } };
          }
          rest = before(part, lack.first);
        }
      }
    },
  };
}

const daysIn = ({ first, last }: Lack) => daysBetween(first, last) + 1;

function questionOf({ subjects, first, last }: Lack): Question {
  return { projects: subjects.map(({ key }) => key), first, last };
}

/**
 * As many of the newest days as may be read in one query. Throws NotAllowed when no day fits,
 * unless a day may turn out to read less: then BigQuery, which is told the limit, is the judge, and
 * bills nothing when it refuses.
 */
async function newestThatFits(warehouse: Warehouse, lack: Lack, asking: Asking): Promise<Lack> {
  const { maxBytes } = warehouse;
  let part = lack;
  while (true) {
    const { bytes, isUpperBound } = await warehouse.estimate(questionOf(part), asking);
    const days = daysIn(part);
    if (bytes <= maxBytes || (days === 1 && isUpperBound)) return part;
    if (days === 1) throw new NotAllowed(tooMuch(bytes, maxBytes));
    const fitting = Math.max(1, Math.min(days - 1, Math.floor((days * maxBytes) / bytes)));
    part = { ...part, first: addDays(part.last, 1 - fitting) };
  }
}

/** The days before `part` down to `first`, no more of them than fitted just now. */
function before(part: Lack, first: Day): Lack | undefined {
  if (part.first === first) return undefined;
  const last = addDays(part.first, -1);
  const sameLength = addDays(last, 1 - daysIn(part));
  return { ...part, first: sameLength > first ? sameLength : first, last };
}

/**
 * The answer to one question, the newest day first, and how many days of packages each batch holds.
 * A package's day is saved whole.
 */
function* batches(
  { subjects, first, last }: Lack,
  rows: readonly DownloadRow[],
  now: number,
): Generator<Batch & { readonly told: number }> {
  const cells = Map.groupBy(rows, ({ project, day }) => cellOf(project, day));
  const reading = {
    provider: BIGQUERY,
    askedAt: new Date(now).toISOString(),
    // The newest day comes first, in this reading or in one before.
    completeThrough: lastDayOver(now),
  };
  for (let day = last; day >= first; day = addDays(day, -1)) {
    const told = { ...reading, day, isSettled: isSettled(day, now) };
    for (let at = 0; at < subjects.length; at += PACKAGES_AT_ONCE) {
      const some = subjects.slice(at, at + PACKAGES_AT_ONCE);
      yield {
        save: (db) =>
          some.reduce((changed, { id, key }) => {
            const counts = countsOf(cells.get(cellOf(key, day)) ?? []);
            return changed + replaceDay(db, id, { ...told, counts });
          }, 0),
        cursor: day,
        told: some.length,
      };
    }
  }
}

const cellOf = (project: string, day: Day) => `${project} ${day}`;

/**
 * The counts of one package's day. A day that has any downloads has both totals: that nobody but
 * mirrors asked for it is a number, too.
 */
export function countsOf(rows: readonly DownloadRow[]): ToldCount[] {
  const counts = new Map<string, ToldCount>();
  if (rows.length > 0) {
    for (const metric of [DOWNLOADS, MIRROR_DOWNLOADS]) add(counts, metric, '', '', 0);
  }
  for (const { is_mirror, dimension, member, downloads } of rows) {
    const metric = is_mirror ? MIRROR_DOWNLOADS : DOWNLOADS;
    add(counts, metric, dimension, dimension && (member || UNKNOWN), downloads);
  }
  return [...counts.values()];
}

/** An empty word and none at all are the same member. */
function add(
  counts: Map<string, ToldCount>,
  metric: string,
  dimension: string,
  member: string,
  downloads: number,
): void {
  const name = `${metric} ${dimension} ${member}`;
  const value = (counts.get(name)?.value ?? 0) + downloads;
  counts.set(name, { metric, dimension, member, value });
}
