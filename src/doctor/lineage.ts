import { endpointOf } from '../lineage/sender.ts';
import type { Checkup } from '../sources/source.ts';

/** Whether the receiver of run events answers; nothing is sent to it. */
export async function checkLineage(
  address: string | undefined,
  signal: AbortSignal,
): Promise<Checkup> {
  const what = 'Lineage';
  if (address === undefined) {
    const detail = 'OPENLINEAGE_URL is not set, so nobody is told of runs. That is all right.';
    return { what, state: 'good', detail };
  }
  const { origin } = new URL(address);
  try {
    const { status } = await fetch(endpointOf(address), { signal });
    if (status < 500 && status !== 401 && status !== 403) {
      return { what, state: 'good', detail: `${origin} answers.` };
    }
    const detail = `${origin} answers ${status}: see why it does not take events, or correct OPENLINEAGE_URL.`;
    return { what, state: 'bad', detail };
  } catch (error) {
    const detail = `${origin} can't be reached (${reasonOf(error)}): start the receiver, or correct OPENLINEAGE_URL. Events wait until then.`;
    return { what, state: 'bad', detail };
  }
}

/** The network's own word: `connect ECONNREFUSED 127.0.0.1:5000`. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}
