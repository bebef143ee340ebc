import { type Context, refuseSample } from './context.ts';
import { readDay } from './day.ts';
import { printLines, UsageError } from './io.ts';
import { tellOutcomes } from './outcomes.ts';
import { createProgress } from './progress.ts';

export interface PollFlags {
  /** The day from which everything is read again. */
  readonly since?: string;
}

/** Polls what is tracked, of one source or of all, and prints how each went. */
export async function poll(context: Context, only: string | undefined, flags: PollFlags) {
  const { io, sources, poller, tracking } = context;
  refuseSample(context);
  if (only !== undefined && !sources.some(({ id }) => id === only)) {
    const ids = sources.map(({ id }) => id).join(', ');
    throw new UsageError(`There is no source “${only}”: it can be one of ${ids}.`);
  }
  const since = flags.since === undefined ? undefined : readDay('--since', flags.since, io);
  const progress = createProgress(io, sources);
  const options = { onProgress: progress.show, since };
  const outcomes = await tellOutcomes(
    context,
    () =>
      (only === undefined ? poller.pollAll(options) : poller.pollSource(only, options)).finally(
        progress.end,
      ),
    '“poll”',
  );
  if (outcomes.length === 0) {
    printLines(io.stdout, [`Nothing is tracked yet: begin with “track ${tracking.forms[0]}”.`]);
  }
}
