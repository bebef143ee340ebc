import type { z } from 'zod';
import { Malformed, NotFound, RateLimited, Unauthorised, Unavailable } from '../errors.ts';
import type { FetchContext } from './source.ts';

/** How long a source may take to answer. Somebody may be waiting for it in Slack. */
export const TIMEOUT_MS = 10_000;

const MINUTE_MS = 60_000;

/** Fetches `url` and answers the body's text. Throws the errors of `errors.ts`. */
export async function getText(
  url: string,
  { now, signal }: Pick<FetchContext, 'now' | 'signal'>,
  timeoutMs: number,
): Promise<string> {
  const { response, body } = await request(url, within(timeoutMs, signal));
  const { status } = response;
  const what = `GET ${url} answered ${status}`;
  if (status === 429) {
    throw new RateLimited(
      what,
      retryAt((name) => response.headers.get(name), now),
    );
  }
  if (status === 404 || status === 410 || status === 451) throw new NotFound(what);
  if (status === 401 || status === 403) throw new Unauthorised(what);
  if (status >= 500) throw new Unavailable(what);
  if (!response.ok) throw new Malformed(what);
  if (isPage(body)) throw new Unavailable(`${what} with a web page`);
  return body;
}

async function request(
  url: string,
  signal: AbortSignal,
): Promise<{ response: Response; body: string }> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', 'user-agent': 'groundswell' },
      signal,
    });
    return { response, body: await response.text() };
  } catch (error) {
    throw new Unavailable(`GET ${url} failed`, { cause: error });
  }
}

/** Aborted after `timeoutMs`, and with `signal`. */
export function within(timeoutMs: number, signal?: AbortSignal | null): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([timeout, signal]) : timeout;
}

/** True for a body that is HTML: what proxies and maintenance windows answer, often with a 200. */
export function isPage(body: string): boolean {
  return body.trimStart().startsWith('<');
}

/**
 * When to ask again after a refusal, in milliseconds since the epoch: `Retry-After` (seconds or a
 * date), Docker Hub's `X-Retry-After` (a Unix time), or the reset of a spent limit; else in a
 * minute.
 */
export function retryAt(header: (name: string) => string | null | undefined, now: number): number {
  const after = header('retry-after') ?? '';
  if (/^\d+$/.test(after)) return now + Number(after) * 1000;
  const date = Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(date, now);
  const reset = header('x-ratelimit-remaining') === '0' ? header('x-ratelimit-reset') : undefined;
  const unix = header('x-retry-after') ?? reset ?? '';
  return /^\d+$/.test(unix) ? Math.max(Number(unix) * 1000, now) : now + MINUTE_MS;
}

/** Reads JSON text by `schema`. Throws Malformed, which names the first field that is wrong. */
export function readJson<T>(schema: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Malformed('the answer is not JSON', { cause: error });
  }
  return check(schema, value);
}

/** Reads a value by `schema`. Throws Malformed, which names the first field that is wrong. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Malformed(
    `the answer is not as documented: ${issue?.path.join('.')} ${issue?.message}`,
  );
}
