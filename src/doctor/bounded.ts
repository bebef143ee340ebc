import { explain, SourceError } from '../errors.ts';
import { hideSecrets } from '../log.ts';
import type { Checkup } from '../sources/source.ts';

/** The lines of `work`, or, when it throws or takes too long, a line that says so. */
export async function bounded(
  what: string,
  patienceMs: number,
  work: (signal: AbortSignal) => Promise<Checkup[]>,
): Promise<Checkup[]> {
  const late = Promise.withResolvers<Checkup[]>();
  const giveUp = new AbortController();
  const timer = setTimeout(() => {
    const detail = `No answer within ${patienceMs / 1000} seconds: check the network and its address.`;
    late.resolve([{ what, state: 'bad', detail }]);
    giveUp.abort();
  }, patienceMs);
  try {
    return await Promise.race([work(giveUp.signal), late.promise]);
  } catch (error) {
    return [{ what, state: 'bad', detail: reasonOf(error, what) }];
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown, what: string): string {
  if (error instanceof SourceError) return explain(error, what, 'what was asked');
  return hideSecrets(error instanceof Error ? error.message : String(error));
}
