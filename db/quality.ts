import type { Day } from './days.ts';
import type { Db } from './open.ts';
import type { Check, Finding, QualityCheck } from './quality/check.ts';
import { goesOn, noFuture, noHoles } from './quality/days.ts';
import { uniqueKeys } from './quality/keys.ts';
import { littleUnknown, splitsAddUp, versionsParse } from './quality/splits.ts';
import { noFalls, noNegatives } from './quality/values.ts';

export type { Finding, QualityCheck } from './quality/check.ts';

const checks: readonly Check[] = [
  uniqueKeys,
  noFuture,
  noHoles,
  goesOn,
  noFalls,
  noNegatives,
  splitsAddUp,
  littleUnknown,
  versionsParse,
];

/** At most this many findings of a check are handed on; all are counted. */
const MOST_FINDINGS = 20;

/**
 * Checks the stored numbers, of all or of some `sources` by id; every check has its result, whether
 * it fails or not.
 */
export function qualityChecks(
  db: Db,
  { today, sources }: { readonly today: Day; readonly sources?: readonly string[] | undefined },
): QualityCheck[] {
  const isAsked = (finding: Finding) => !sources || isOf(sources, finding);
  return checks.map(({ name, title, find }) => {
    const found = find({ db, today });
    const failures = found.failures.filter(isAsked);
    const notes = (found.notes ?? []).filter(isAsked);
    return {
      name,
      title,
      ok: failures.length === 0,
      failures: failures.slice(0, MOST_FINDINGS),
      failed: failures.length,
      notes: notes.slice(0, MOST_FINDINGS),
      noted: notes.length,
    };
  });
}

/** What is not of a source is of what is written in Slack. */
function isOf(sources: readonly string[], { subject }: Finding): boolean {
  if (!/^[a-z]+:\S/.test(subject)) return sources.includes('slack');
  return sources.some((source) => subject.startsWith(`${source}:`));
}
