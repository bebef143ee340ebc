import type { z } from 'zod';
import { Malformed, NotFound, RateLimited, Unauthorised, Unavailable } from '../errors.ts';
import type { FetchContext } from './source.ts';

/** How long a source may take to answer. Somebody may be waiting for it in Slack. */
export const TIMEOUT_MS = 10_000;

const MINUTE_MS = 60_000;

/** What one request needs to know. */
export type Asking = Pick<FetchContext, 'now' | 'signal' | 'meter'>;

/** The present instant: a reading of many pages may have begun long ago. */
export function instantOf({ now, meter }: Pick<FetchContext, 'now' | 'meter'>): number {
  return now + (meter.elapsed?.() ?? 0);
}

/** Fetches `url` and returns the body's text. Throws the errors of `errors.ts`. */
export function getText(url: string, context: Asking, timeoutMs: number): Promise<string> {
  return ask(url, { method: 'GET' }, context, timeoutMs);
}

/** Sends `value` as JSON to `url` and returns the body's text. Throws the errors of `errors.ts`. */
export function postJson(
  url: string,
  value: unknown,
  context: Asking,
  timeoutMs: number,
): Promise<string> {
  const sent = { method: 'POST', body: JSON.stringify(value) } as const;
  return ask(url, sent, context, timeoutMs);
}

type Sent = { readonly method: 'GET' } | { readonly method: 'POST'; readonly body: string };

async function ask(url: string, sent: Sent, asking: Asking, timeoutMs: number): Promise<string> {
  asking.meter.request();
  const { response, body } = await request(url, sent, within(timeoutMs, asking.signal));
  const { status } = response;
  const what = `${sent.method} ${url} answered ${status}`;
  if (status === 429) {
    throw new RateLimited(
      what,
      retryAt((name) => response.headers.get(name), instantOf(asking)),
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
  sent: Sent,
  signal: AbortSignal,
): Promise<{ response: Response; body: string }> {
  const headers = { accept: 'application/json', 'user-agent': 'groundswell' };
  const type = sent.method === 'POST' ? { 'content-type': 'application/json' } : {};
  try {
    const response = await fetch(url, { ...sent, headers: { ...headers, ...type }, signal });
    return { response, body: await response.text() };
  } catch (error) {
    throw new Unavailable(`${sent.method} ${url} failed`, { cause: error });
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

/** No limit that a source documents lasts longer; what seems to is a mistake, and must not end the asking. */
const LONGEST_WAIT_MS = 24 * 60 * MINUTE_MS;

/**
 * When to ask again after a refusal, in milliseconds since the epoch: `Retry-After` (seconds or a
 * date), Docker Hub's `X-Retry-After` (a Unix time), or the reset of a spent limit; else in a
 * minute. At most a day from now.
 */
export function retryAt(header: (name: string) => string | null | undefined, now: number): number {
  return Math.min(statedRetry(header, now), now + LONGEST_WAIT_MS);
}

function statedRetry(header: (name: string) => string | null | undefined, now: number): number {
  const after = header('retry-after') ?? '';
  if (/^\d+$/.test(after)) return untilOf(Number(after), now);
  const date = Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(date, now);
  const reset = header('x-ratelimit-remaining') === '0' ? header('x-ratelimit-reset') : undefined;
  const told = header('x-retry-after') ?? reset ?? '';
  return /^\d+$/.test(told) ? untilOf(Number(told), now) : now + MINUTE_MS;
}

/** Seconds from now, or since 1970: servers send either under either name. */
function untilOf(seconds: number, now: number): number {
  const isUnixTime = seconds > 1e9;
  return isUnixTime ? Math.max(seconds * 1000, now) : now + seconds * 1000;
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
