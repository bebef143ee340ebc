import { InputError } from '../../db/input-error.ts';
import { explain, SourceError } from '../errors.ts';
import type { Outcome } from '../poll.ts';
import type { Source } from '../sources/source.ts';
import type { Context } from './context.ts';
import { printLines, some, UsageError } from './io.ts';

/** Polls what is tracked, of one source or of all, and tells how each went. */
export async function poll({ io, sources, poller, tracking }: Context, only?: string) {
  if (only !== undefined && !sources.some(({ id }) => id === only)) {
    const ids = sources.map(({ id }) => id).join(', ');
    throw new UsageError(`There is no source “${only}”: it can be one of ${ids}.`);
  }
  const outcomes = only === undefined ? await poller.pollAll() : await poller.pollSource(only);
  if (outcomes.length === 0) {
    printLines(io.stdout, [`Nothing is tracked yet: begin with “track ${tracking.forms[0]}”.`]);
  }
  printLines(
    io.stdout,
    outcomes.map((outcome) => line(outcome, sources)),
  );
  const failed = outcomes.filter(({ status }) => status === 'failed').length;
  if (failed > 0) {
    const count = `${failed} of ${some(outcomes.length, 'poll')}`;
    throw new InputError(`${count} failed. What was collected before is still there.`);
  }
}

function line(outcome: Outcome, sources: readonly Source[]): string {
  const { subject } = outcome;
  const name = `${subject.source}:${subject.name}`;
  if (outcome.status === 'done') {
    const changed = `${some(outcome.changedDays, 'value')} changed`;
    return outcome.renamedTo
      ? `${name}: ${changed}; it is called ${outcome.renamedTo} now`
      : `${name}: ${changed}`;
  }
  const { error } = outcome;
  const title = sources.find(({ id }) => id === subject.source)?.title ?? subject.source;
  const why = error instanceof SourceError ? explain(error, title, subject.name) : error.message;
  return `${name}: failed. ${why}`;
}
