import { randomUUID } from 'node:crypto';
import type { BigQuery, Job, Query, QueryResultsOptions } from '@google-cloud/bigquery';
import { z } from 'zod';
import { Unavailable } from '../../errors.ts';
import { type Asking, check, instantOf } from '../http.ts';
import { bigqueryError, isDuplicate, isTransient } from './bigquery-error.ts';
import { type DownloadRow, downloadRow, type Question, queryFor } from './query.ts';

interface BigQuerySettings {
  /** Who pays for the queries. */
  readonly project: string;
  /** No query is run that would be billed for more. */
  readonly maxBytes: number;
  /** The longest pause before a request is repeated, in seconds. */
  readonly maxRetryDelay?: number;
}

/**
 * The public record of all downloads from PyPI. The credentials are found by the client itself
 * (GOOGLE_APPLICATION_CREDENTIALS). All methods throw the errors of `errors.ts`.
 */
export interface Warehouse {
  readonly maxBytes: number;
  /** What a question would be billed for: a dry run, which is free. */
  estimate(question: Question, asking: Asking): Promise<Estimate>;
  /** Asks, never for more than the limit, and tells the meter what was billed. */
  ask(question: Question, asking: Asking): Promise<DownloadRow[]>;
}

interface Estimate {
  readonly bytes: number;
  /**
   * True when it may be billed for far less: the blocks of a cluster that a query can pass over are
   * mostly known only as it runs.
   */
  readonly isUpperBound: boolean;
}

/** On demand, https://cloud.google.com/bigquery/pricing; that a terabyte a month is free is left out. */
const USD_PER_TIB = 6.25;
const TIB = 2 ** 40;
const MIB = 2 ** 20;

/** BigQuery bills whole MiB, and ten at least. */
const LEAST_BILLED_MIB = 10;

const RETRIES = 2;
const PAGE_ROWS = 20_000;

/** A query that takes longer is given up; it may still be billed. */
const PATIENCE_MS = 10 * 60_000;

const bytes = z.string().regex(/^\d+$/).transform(Number);
const estimated = z.object({
  statistics: z.object({
    totalBytesProcessed: bytes,
    query: z.object({ totalBytesProcessedAccuracy: z.string().optional() }).optional(),
  }),
});
/** A project with reserved capacity pays no bytes, and may be told none. */
const billed = z.object({
  statistics: z.object({ query: z.object({ totalBytesBilled: bytes.default(0) }) }),
});

interface Connection {
  readonly client: BigQuery;
  readonly timestamp: typeof BigQuery.timestamp;
}

export function createWarehouse(settings: BigQuerySettings): Warehouse {
  const { project, maxBytes, maxRetryDelay } = settings;
  let connected: Promise<Connection> | undefined;

  /** Imported at the first question: the client alone takes longer than the rest of the start. */
  async function connect(): Promise<Connection> {
    const { BigQuery } = await import('@google-cloud/bigquery');
    const retryOptions = {
      maxRetries: RETRIES,
      retryableErrorFn: isTransient,
      ...(maxRetryDelay !== undefined && { maxRetryDelay }),
    };
    const client = new BigQuery({ projectId: project, retryOptions });
    return { client, timestamp: BigQuery.timestamp };
  }

  /** One request of the client, counted, and given up with the signal. */
  async function request<T>(
    asking: Asking,
    send: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    connected ??= connect();
    const connection = await connected;
    const { signal, meter } = asking;
    if (signal?.aborted) throw new Unavailable('BigQuery is not asked any more');
    meter.request();
    try {
      return await unlessAborted(send(connection), signal);
    } catch (error) {
      throw bigqueryError(error, settings, instantOf(asking));
    }
  }

  /** The answer's rows, page by page, once the job is done. */
  async function readRows(job: Job, asking: Asking): Promise<DownloadRow[]> {
    const rows: DownloadRow[] = [];
    let isBilled = false;
    let page: QueryResultsOptions | null | undefined = {
      autoPaginate: false,
      maxResults: PAGE_ROWS,
    };
    const started = performance.now();
    while (page) {
      const options: QueryResultsOptions = page;
      const [found, next, response] = await request(asking, () => job.getQueryResults(options));
      page = next as QueryResultsOptions | null | undefined;
      if (response?.jobComplete === false) {
        if (performance.now() - started < PATIENCE_MS) continue;
        throw new Unavailable(`BigQuery did not finish a query within ${PATIENCE_MS / 60_000} min`);
      }
      if (!isBilled) {
        const [metadata] = await request(asking, () => job.getMetadata());
        const { totalBytesBilled } = check(billed, metadata).statistics.query;
        asking.meter.billed(totalBytesBilled, priceOf(totalBytesBilled));
        isBilled = true;
      }
      for (const row of found) rows.push(check(downloadRow, row));
    }
    return rows;
  }

  return {
    maxBytes,

    async estimate(question, asking) {
      const [job] = await request(asking, ({ client, timestamp }) =>
        client.createQueryJob({ ...queryFor(question, timestamp), dryRun: true }),
      );
      const { totalBytesProcessed, query } = check(estimated, job.metadata).statistics;
      return {
        bytes: billable(totalBytesProcessed),
        isUpperBound: query?.totalBytesProcessedAccuracy === 'UPPER_BOUND',
      };
    },

    async ask(question, asking) {
      const job = await request(asking, ({ client, timestamp }) =>
        start(client, {
          ...queryFor(question, timestamp),
          maximumBytesBilled: String(maxBytes),
          labels: { app: 'groundswell' },
        }),
      );
      return readRows(job, asking);
    },
  };
}

/**
 * Starts a query as a job that we name: where the client names it, an error that it meets on the
 * way to a job that is there already is caught by nobody (9.3).
 */
async function start(client: BigQuery, query: Query): Promise<Job> {
  const jobId = randomUUID();
  try {
    const [job] = await client.createQueryJob({ ...query, jobId });
    return job;
  } catch (error) {
    // Our own request, which went through before it was repeated.
    if (error instanceof Error && isDuplicate(error)) return client.job(jobId);
    throw error;
  }
}

/** What this many bytes cost at most, in US dollars. */
export function priceOf(bytes: number): number {
  return (bytes / TIB) * USD_PER_TIB;
}

/** What BigQuery bills for a query that reads this many bytes of one table. */
export function billable(bytes: number): number {
  return Math.max(LEAST_BILLED_MIB, Math.ceil(bytes / MIB)) * MIB;
}

/** The client takes no signal: a request that nobody waits for any more is left to itself. */
async function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new Unavailable('BigQuery is not waited for any more'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
