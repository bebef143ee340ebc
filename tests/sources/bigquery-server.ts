import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { type AnswerRow, answerOver, type LoadedRow, type Parameters } from './file-downloads.ts';
import { reply, startServer, type TestServer } from './server.ts';

const parameter = z.object({
  name: z.string(),
  parameterValue: z.object({
    value: z.string().optional(),
    arrayValues: z.array(z.object({ value: z.string() })).optional(),
  }),
});
const query = z.object({
  query: z.string(),
  useLegacySql: z.literal(false),
  parameterMode: z.literal('named'),
  queryParameters: z.array(parameter),
  maximumBytesBilled: z.string().optional(),
  maxResults: z.number().optional(),
});
const insertion = z.object({
  jobReference: z.object({ jobId: z.string() }),
  configuration: z.object({ dryRun: z.boolean().optional(), query }),
});

/** A query that was asked, in the order of asking. */
interface Asked extends Parameters {
  readonly isDry: boolean;
  readonly sql: string;
  readonly maximumBytesBilled: number | undefined;
}

export interface BigQueryServer extends TestServer {
  readonly asked: Asked[];
  table: readonly LoadedRow[];
  /** What one package's day is billed for. */
  bytesPerCell: number;
  /** What is reckoned for it before a query runs, where that is more; the limit is held against it. */
  mostPerCell: number | undefined;
  rowsPerPage: number;
  /** How often a job is still running when it is asked for. */
  pending: number;
  /** Answers instead of the table, where it answers anything. */
  instead: (request: string) => Reply | undefined;
  /** True for a request that is done but whose answer does not arrive. */
  lost: (request: string) => boolean;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

interface RunningJob {
  readonly rows: readonly AnswerRow[];
  readonly bytes: number;
  pending: number;
}

const MIB = 2 ** 20;
const DAY_MS = 86_400_000;
const SCHEMA = {
  fields: [
    { name: 'day', type: 'STRING' },
    { name: 'project', type: 'STRING' },
    { name: 'is_mirror', type: 'BOOLEAN' },
    { name: 'dimension', type: 'STRING' },
    { name: 'member', type: 'STRING' },
    { name: 'downloads', type: 'INTEGER' },
  ].map((field) => ({ ...field, mode: 'NULLABLE' })),
};

/**
 * Answers as BigQuery's REST API does, with jobs, pages and errors, to the one query that
 * Groundswell asks: https://docs.cloud.google.com/bigquery/docs/reference/rest/v2
 */
export async function startBigQuery(): Promise<BigQueryServer> {
  const jobs = new Map<string, RunningJob>();
  const server = await startServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost');
    const what = `${request.method} ${url.pathname}`;
    const [, , , room = '', id = ''] = url.pathname.split('/');
    const { status, body } =
      running.instead(what) ??
      (request.method === 'POST' ? start(room, await json(request), url) : told(room, id, url));
    if (running.lost(what)) response.destroy();
    else reply(status, JSON.stringify(body))(request, response);
  }

  /** Both ways of starting a query: as a job, or with its answer (`jobs.query`). */
  function start(room: string, body: unknown, url: URL): Reply {
    const sent = room === 'jobs' ? insertion.parse(body) : undefined;
    const jobId = sent?.jobReference.jobId ?? `job_${jobs.size}`;
    if (jobs.has(jobId)) return refusal(409, 'duplicate', `Already Exists: Job ${jobId}`);
    const asked = note(sent ? sent.configuration.query : query.parse(body), sent);
    const bytes = cellsOf(asked) * running.bytesPerCell;
    const reckoned = cellsOf(asked) * (running.mostPerCell ?? running.bytesPerCell);
    const { isDry, maximumBytesBilled: most = Number.POSITIVE_INFINITY } = asked;
    if (isDry) return { status: 200, body: jobOf(jobId, reckoned, isDry, accuracy()) };
    if (reckoned > most) return tooManyBytes(most, reckoned);
    jobs.set(jobId, { rows: answerOver(running.table, asked), bytes, pending: running.pending });
    return { status: 200, body: sent ? jobOf(jobId, bytes, isDry) : pageOf(jobId, url) };
  }

  function told(room: string, id: string, url: URL): Reply {
    const job = jobs.get(id);
    if (!job) return refusal(404, 'notFound', `Not found: Job ${id}`);
    return { status: 200, body: room === 'jobs' ? jobOf(id, job.bytes, false) : pageOf(id, url) };
  }

  function note(sent: z.infer<typeof query>, job?: z.infer<typeof insertion>): Asked {
    const values = Object.fromEntries(
      sent.queryParameters.map(({ name, parameterValue: { value, arrayValues } }) => [
        name,
        arrayValues?.map((one) => one.value) ?? value,
      ]),
    ) as unknown as Parameters;
    const { maximumBytesBilled: most } = sent;
    const asked: Asked = {
      ...values,
      isDry: job?.configuration.dryRun ?? false,
      sql: sent.query,
      maximumBytesBilled: most === undefined ? undefined : Number(most),
    };
    running.asked.push(asked);
    return asked;
  }

  function cellsOf({ projects, first, end }: Parameters): number {
    const days = (Date.parse(end) - Date.parse(first)) / DAY_MS;
    return days * projects.length;
  }

  const accuracy = () => (running.mostPerCell === undefined ? 'PRECISE' : 'UPPER_BOUND');

  function pageOf(jobId: string, url: URL): unknown {
    const job = jobs.get(jobId) as RunningJob;
    const head = { kind: 'bigquery#getQueryResultsResponse', jobReference: referenceOf(jobId) };
    if (job.pending > 0) {
      job.pending -= 1;
      return { ...head, jobComplete: false };
    }
    const from = Number(url.searchParams.get('pageToken') ?? 0);
    const wanted = Number(url.searchParams.get('maxResults') ?? Number.POSITIVE_INFINITY);
    const rows = job.rows.slice(from, from + Math.min(wanted, running.rowsPerPage));
    const next = from + rows.length;
    return {
      ...head,
      jobComplete: true,
      schema: SCHEMA,
      totalRows: String(job.rows.length),
      totalBytesProcessed: String(job.bytes),
      // An empty page has no rows at all.
      ...(rows.length > 0 && { rows: rows.map((row) => ({ f: row.map((v) => ({ v })) })) }),
      ...(next < job.rows.length && { pageToken: String(next) }),
    };
  }

  const running: BigQueryServer = Object.assign(server, {
    asked: [],
    table: [],
    bytesPerCell: MIB,
    mostPerCell: undefined,
    rowsPerPage: 1000,
    pending: 0,
    instead: () => undefined,
    lost: () => false,
  });
  return running;
}

const referenceOf = (jobId: string) => ({ projectId: 'acme', jobId, location: 'US' });

function jobOf(jobId: string, bytes: number, isDry: boolean, accuracy?: string): unknown {
  const billed = isDry ? 0 : Math.max(10, Math.ceil(bytes / MIB)) * MIB;
  return {
    kind: 'bigquery#job',
    jobReference: referenceOf(jobId),
    configuration: { dryRun: isDry },
    status: { state: 'DONE' },
    statistics: {
      totalBytesProcessed: String(bytes),
      query: {
        totalBytesProcessed: String(bytes),
        totalBytesBilled: String(billed),
        ...(accuracy !== undefined && { totalBytesProcessedAccuracy: accuracy }),
      },
    },
  };
}

/** An error as BigQuery puts it. */
export function refusal(status: number, reason: string, message = 'No.'): Reply {
  const errors = [{ message, domain: 'global', reason }];
  return { status, body: { error: { code: status, message, errors } } };
}

function tooManyBytes(limit: number, bytes: number): Reply {
  const message = `Query exceeded limit for bytes billed: ${limit}. ${bytes} or higher required.`;
  return refusal(500, 'bytesBilledLimitExceeded', message);
}
