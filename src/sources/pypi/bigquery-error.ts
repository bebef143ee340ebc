import { addDays, dayMs, dayOf, monthStart } from '../../../db/days.ts';
import {
  clock,
  Malformed,
  NotAllowed,
  QuotaSpent,
  SourceError,
  Unauthorised,
  Unavailable,
} from '../../errors.ts';

/** What the client throws: an answer's error, or one of the connection or the credentials. */
interface ClientError {
  readonly message: string;
  /** The HTTP status, or the word of a network error. */
  readonly code?: number | string;
  readonly errors?: Reasons;
  /** What was answered: while the client decides about a repetition, only this holds the reason. */
  readonly response?: { readonly body?: { readonly error?: { readonly errors?: Reasons } } };
}

type Reasons = readonly { readonly reason?: string }[];

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Quotas of a day are renewed at midnight in California: at 7 or 8 in the morning UTC. */
const RENEWED_HOUR = 8;

const TRANSIENT = [408, 429, 500, 502, 503, 504];

/**
 * The `reason` of an error, by which BigQuery tells what the status does not:
 * https://docs.cloud.google.com/bigquery/docs/error-messages
 */
function reasonOf({ errors, response }: ClientError): string | undefined {
  const told = [...(errors ?? []), ...(response?.body?.error?.errors ?? [])];
  return told.find(({ reason }) => reason)?.reason;
}

/** True when the same request may go through in a moment: not for a limit that comes as a 500. */
export function isTransient(error: ClientError): boolean {
  const reason = reasonOf(error);
  if (reason === 'bytesBilledLimitExceeded' || reason === 'quotaExceeded') return false;
  if (reason === 'rateLimitExceeded') return true;
  return TRANSIENT.includes(Number(error.code));
}

/** True when there is a job of that name already. */
export function isDuplicate(error: ClientError): boolean {
  return error.code === 409;
}

/** What the client threw, as one of the errors of `errors.ts`. */
export function bigqueryError(
  thrown: unknown,
  { project, maxBytes }: { readonly project: string; readonly maxBytes: number },
  now: number,
): unknown {
  if (thrown instanceof SourceError || !(thrown instanceof Error)) return thrown;
  const error = thrown as Error & ClientError;
  const { message } = error;
  const cause = { cause: thrown };
  switch (reasonOf(error)) {
    case 'bytesBilledLimitExceeded':
      return new NotAllowed(tooMuch(billedIn(message), maxBytes), cause);
    case 'quotaExceeded':
      return spent(project, renewedAt(message, now), error);
    case 'rateLimitExceeded':
    case 'jobRateLimitExceeded':
      return spent(project, now + MINUTE_MS, error);
    case 'accessDenied':
      return new NotAllowed(
        `BigQuery refuses the account: give it the role “BigQuery Job User” in the project ${project} (BIGQUERY_PROJECT).`,
        cause,
      );
    case 'billingNotEnabled':
      return new NotAllowed(
        `BigQuery refuses the project ${project}: switch its billing on, or use another one (BIGQUERY_PROJECT).`,
        cause,
      );
    case 'notFound':
      return new NotAllowed(
        `BigQuery knows no project ${project}: BIGQUERY_PROJECT takes the project's id.`,
        cause,
      );
  }
  if (lacksCredentials(error)) {
    return new NotAllowed(
      'BigQuery needs credentials that work: let GOOGLE_APPLICATION_CREDENTIALS name the key file of a service account.',
      cause,
    );
  }
  const what = `BigQuery: ${message}`;
  if (Number(error.code) === 403) return new Unauthorised(what, cause);
  if (typeof error.code === 'number' && error.code < 500) return new Malformed(what, cause);
  return new Unavailable(what, cause);
}

function spent(project: string, until: number, error: Error): QuotaSpent {
  const what = `BigQuery grants the project ${project} no more until ${clock(until)}`;
  return new QuotaSpent(`${what} (${error.message.replace(/\.$/, '')}).`, until);
}

/** The sentence about a question that would cost more than is allowed. */
export function tooMuch(bytes: number | undefined, maxBytes: number): string {
  const wanted = bytes === undefined ? 'more' : inGigabytes(bytes);
  return `A day of the downloads reads ${wanted} by BigQuery’s reckoning, and the limit is ${inGigabytes(maxBytes)}: raise BIGQUERY_MAX_BYTES, or track fewer packages. The limit is held against what a query might read at most, and what is billed is often far less.`;
}

/** `52.4 GB`: decimal, as the limit is written. */
export function inGigabytes(bytes: number): string {
  const [unit, size] = bytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9];
  return `${Number((bytes / size).toPrecision(3))} ${unit}`;
}

/** `… limit for bytes billed: 1000. 10485760 or higher required.` */
function billedIn(message: string): number | undefined {
  const [, bytes] = /(\d+) or higher required/.exec(message) ?? [];
  return bytes === undefined ? undefined : Number(bytes);
}

/** The free terabyte comes back with the month, other quotas with the day. */
function renewedAt(message: string, now: number): number {
  const today = dayOf(now - RENEWED_HOUR * HOUR_MS);
  const day = /free query bytes/i.test(message)
    ? monthStart(addDays(monthStart(today), 31))
    : addDays(today, 1);
  return dayMs(day) + RENEWED_HOUR * HOUR_MS;
}

/** No key, a file that is none, or a key that Google does not take. */
function lacksCredentials({ code, message }: ClientError): boolean {
  if (code === 401 || String(code).startsWith('ERR_OSSL')) return true;
  return /default credentials|credential file|invalid_grant/i.test(message);
}
