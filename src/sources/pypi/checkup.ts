import { explain, RateLimited, SourceError } from '../../errors.ts';
import { type Asking, getText } from '../http.ts';
import type { Checkup, FetchContext } from '../source.ts';
import { priceOf, type Warehouse } from './bigquery.ts';
import { inGigabytes } from './bigquery-error.ts';
import { lastDayOver } from './ledger.ts';

/** A package that everybody has: its days are as large as a package's days get. */
const PROBE = 'pip';

/** Whether pypistats.org and BigQuery answer, and what a day costs. */
export async function checkPypi(
  { apiUrl, warehouse }: { readonly apiUrl: string; readonly warehouse: Warehouse | undefined },
  context: FetchContext,
  timeoutMs: number,
): Promise<Checkup[]> {
  return [
    await checkPypistats(apiUrl, context, timeoutMs),
    await checkBigQuery(warehouse, context),
  ];
}

async function checkPypistats(apiUrl: string, asking: Asking, timeoutMs: number): Promise<Checkup> {
  return tried(
    'PyPI: pypistats',
    `Check the network and PYPISTATS_API_URL (${apiUrl}).`,
    async () => {
      await getText(`${apiUrl}/api/packages/${PROBE}/recent`, asking, timeoutMs);
      return `${apiUrl} answers; it needs no token.`;
    },
  );
}

function checkBigQuery(
  warehouse: Warehouse | undefined,
  asking: Asking,
): Checkup | Promise<Checkup> {
  const what = 'PyPI: BigQuery';
  if (!warehouse) {
    const detail =
      'BIGQUERY_PROJECT is not set, so downloads come from pypistats.org: 180 days, by Python and system only. Set it to the id of a Google Cloud project, and GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account with the role “BigQuery Job User”, for all the rest.';
    return { what, state: 'limited', detail };
  }
  return tried(what, '', async () => {
    const day = lastDayOver(asking.now);
    const question = { projects: [PROBE], first: day, last: day };
    const { bytes, isUpperBound } = await warehouse.estimate(question, asking);
    const most = isUpperBound ? ' at most' : '';
    const cost = `A day of one large package (${PROBE}) reads ${inGigabytes(bytes)}${most}, at most $${priceOf(bytes).toFixed(4)}`;
    const limit = inGigabytes(warehouse.maxBytes);
    if (bytes <= warehouse.maxBytes) return `${cost}; the limit of a query is ${limit}.`;
    return {
      what,
      state: 'limited',
      detail: `${cost}, which is more than the limit of ${limit}: raise BIGQUERY_MAX_BYTES to read packages of that size. BigQuery holds the limit against what a query might read at most; what is billed is often far less.`,
    };
  });
}

/** The sentence that `attempt` returns, or why it failed and how to mend it. */
async function tried(
  what: string,
  mend: string,
  attempt: () => Promise<string | Checkup>,
): Promise<Checkup> {
  try {
    const found = await attempt();
    return typeof found === 'string' ? { what, state: 'good', detail: found } : found;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const why = explain(error, what, PROBE);
    if (error instanceof RateLimited) return { what, state: 'limited', detail: why };
    return { what, state: 'bad', detail: `${why} ${mend}`.trim() };
  }
}
