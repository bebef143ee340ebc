import { InputError } from '../../db/input-error.ts';
import { sum } from '../../db/statistics.ts';
import { plural } from '../../reports/words.ts';
import type { Outcome } from '../poll/round.ts';
import type { Source } from '../sources/source.ts';
import type { Context } from './context.ts';
import { Interrupted, printLines } from './io.ts';

/**
 * Runs `work` so that Ctrl-C ends it between two batches, and prints how it went. Throws when
 * something failed, and an Interrupted that says how to `goOn`.
 */
export async function tellOutcomes(
  { io, sources, stopping }: Context,
  work: () => Promise<Outcome[]>,
  goOn: string,
): Promise<Outcome[]> {
  const forget = io.onInterrupt(() => stopping.abort());
  const outcomes = await work().finally(forget);
  printLines(io.stdout, outcomeLines(outcomes, sources));
  if (stopping.signal.aborted) {
    throw new Interrupted(`Stopped. What was read until now is kept; ${goOn} goes on from there.`);
  }
  const failed = outcomes.filter(({ status }) => status === 'failed').length;
  if (failed > 0) {
    const count = `${failed} of ${plural(outcomes.length, 'reading')}`;
    throw new InputError(`${count} failed. What was collected before is still there.`);
  }
  return outcomes;
}

/** A line a subject, and below it one for each part that has more to say than its rows. */
function outcomeLines(outcomes: readonly Outcome[], sources: readonly Source[]): string[] {
  const bySubject = Map.groupBy(outcomes, ({ source, subject }) =>
    subject
      ? `${source}:${subject.name}`
      : `${sources.find(({ id }) => id === source)?.title ?? source}, all together`,
  );
  return [...bySubject].flatMap(([name, all]) => {
    const rows = sum(all.map((outcome) => outcome.rows));
    const parts = all.length > 1 ? ` in ${all.length} parts` : '';
    const details = all.flatMap((outcome) => detailsOf(outcome, sources));
    return [
      `${name}: ${plural(rows, 'row')} new or changed${parts}`,
      ...details.map((detail) => `  ${detail}`),
    ];
  });
}

function detailsOf(outcome: Outcome, sources: readonly Source[]): string[] {
  const { status, error, note, renamedTo } = outcome;
  const title = titleOf(outcome, sources);
  return [
    ...(status === 'done' ? [] : [`${title}: ${ENDINGS[status]}${error ? `. ${error}` : ''}`]),
    ...(note === undefined ? [] : [`${title}: ${note}`]),
    ...(renamedTo === undefined ? [] : [`it is called ${renamedTo} now`]),
  ];
}

const ENDINGS: Readonly<Record<Exclude<Outcome['status'], 'done'>, string>> = {
  limited: 'put off',
  failed: 'failed',
  cut: 'stopped',
};

function titleOf({ source, part }: Outcome, sources: readonly Source[]): string {
  const parts = sources.find(({ id }) => id === source)?.parts ?? [];
  return parts.find(({ name }) => name === part)?.title ?? (part || 'headline numbers');
}
