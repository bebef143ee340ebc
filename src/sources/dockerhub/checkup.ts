import { explain, RateLimited, SourceError } from '../../errors.ts';
import { type Asking, getText } from '../http.ts';
import type { Checkup } from '../source.ts';

/** An image of Docker's own that is there as long as the registry is. */
const PROBE = 'library/hello-world';

/** Whether the registry answers. It is asked without a token, as everybody may. */
export async function checkDockerhub(
  apiUrl: string,
  context: Asking,
  timeoutMs: number,
): Promise<Checkup[]> {
  const what = 'Docker Hub';
  try {
    await getText(`${apiUrl}/v2/repositories/${PROBE}/`, context, timeoutMs);
    return [{ what, state: 'good', detail: `${apiUrl} answers; it needs no token.` }];
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const why = explain(error, 'Docker Hub', PROBE);
    if (error instanceof RateLimited) return [{ what, state: 'limited', detail: why }];
    const mend = `Check the network and DOCKERHUB_API_URL (${apiUrl}).`;
    return [{ what, state: 'bad', detail: `${why} ${mend}` }];
  }
}
