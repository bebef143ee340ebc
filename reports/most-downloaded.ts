import { addDays } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { daysOf } from '../db/series.ts';
import { sum } from '../db/statistics.ts';
import { latest } from './extent.ts';
import type { PackageRecord } from './package-days.ts';
import { count, isolated } from './words.ts';

/** This many days decide which package is downloaded most. */
const JUDGED_DAYS = 28;

/** One package of several, for what can't be said of several. */
interface Choice {
  readonly record: PackageRecord;
  /** The names of those it was chosen from, without its own. */
  readonly others: readonly string[];
}

/** The most downloaded package of our own; of dependencies where there is no other. */
export function mostDownloaded(db: Db, records: readonly PackageRecord[]): Choice | undefined {
  const own = records.filter(({ role }) => role === 'own');
  const judged = own.length > 0 ? own : records;
  const end = latest(judged.map(({ finished }) => finished));
  if (end === undefined) return undefined;
  const sums = judged.map(({ series }) =>
    sum(daysOf(db, series.id, addDays(end, 1 - JUDGED_DAYS), end).map(({ value }) => value)),
  );
  const record = judged[sums.indexOf(Math.max(...sums))] as PackageRecord;
  return { record, others: judged.filter((one) => one !== record).map(({ name }) => name) };
}

/** Why it is this package, and how to ask for another one; nothing where there was no choice. */
export function choiceNote(others: readonly string[], asked: (name: string) => string): string[] {
  const [other] = others;
  if (other === undefined) return [];
  const all = count(others.length + 1);
  return [
    `This is the most downloaded of ${all} packages; name another one, as in “${asked(isolated(other))}”.`,
  ];
}
