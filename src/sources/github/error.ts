import {
  Malformed,
  NotFound,
  RateLimited,
  SourceError,
  Unauthorised,
  Unavailable,
} from '../../errors.ts';
import { retryAt } from '../http.ts';

/** What Octokit throws: without a `response` when there was none. */
interface RequestFailure extends Error {
  readonly status: number;
  readonly response?: {
    readonly headers: Readonly<Record<string, string | number | undefined>>;
    readonly data: unknown;
  };
}

function isRequestFailure(error: unknown): error is RequestFailure {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/**
 * The source's error for whatever went wrong in Octokit. A 403 may be a spent limit, the secondary
 * limit (while thousands of requests remain), a blocked repository or a missing permission.
 */
export function githubError(error: unknown, now: number): unknown {
  if (error instanceof SourceError || !isRequestFailure(error)) return error;
  const { status, response, message } = error;
  const options = { cause: error };
  if (!response || status >= 500) return new Unavailable(message, options);
  const header = (name: string) => response.headers[name]?.toString();
  if (status === 429 || (status === 403 && isLimit(message, header))) {
    return new RateLimited(message, retryAt(header, now));
  }
  if (status === 404 || status === 410 || status === 451) return new NotFound(message, options);
  if (status === 403 && /\bblocked\b/i.test(message)) return new NotFound(message, options);
  if (status === 401 || status === 403) return new Unauthorised(message, options);
  return new Malformed(`${status}: ${message}`, options);
}

/** The HTTP status behind an error, where GitHub answered one: 409, 410, 422 mean something. */
export function statusOf(error: unknown): number | undefined {
  const cause = error instanceof SourceError ? error.cause : error;
  return isRequestFailure(cause) && cause.response ? cause.status : undefined;
}

function isLimit(message: string, header: (name: string) => string | undefined): boolean {
  return (
    header('retry-after') !== undefined ||
    header('x-ratelimit-remaining') === '0' ||
    /\brate limit|\babuse\b/i.test(message)
  );
}
