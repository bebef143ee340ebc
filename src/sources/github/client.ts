import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { Logger } from 'pino';
import { RateLimited, Unavailable } from '../../errors.ts';
import { type Asking, instantOf, isPage, TIMEOUT_MS, within } from '../http.ts';
import type { Part } from '../source.ts';
import { githubError } from './error.ts';

export interface GithubSettings {
  /** `https://api.github.com`, or an Enterprise server's `https://host/api/v3`. */
  readonly apiUrl: string;
  readonly token: string | undefined;
  readonly log: Logger;
  readonly timeoutMs?: number;
  /** How long to wait before what failed in passing is asked once more. */
  readonly retryDelayMs?: number;
}

export type Parameters = Readonly<Record<string, unknown>>;

export interface Found {
  readonly status: 200;
  readonly data: unknown;
  /** What asks for the page after this one, to be laid over the parameters; absent on the last. */
  readonly next?: Parameters;
  readonly etag?: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** 202: GitHub is still computing it. 204: there is nothing. 304: the same as for that `etag`. */
interface NothingNew {
  readonly status: 202 | 204 | 304;
}

export interface AskOptions {
  /** Asks only for what is no longer the same; an answer of 304 costs nothing of the limit. */
  readonly etag?: string | undefined;
  /** May use the tenth of the limit that is kept for the headline numbers. */
  readonly isHeadline?: boolean;
}

/** What is left of the hour's requests. */
interface Limit {
  readonly remaining: number;
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly resetAt: number;
}

export interface GithubClient {
  readonly hasToken: boolean;
  /**
   * Asks once: `ask('GET /repos/{owner}/{repo}', { owner, repo }, context)`. Throws the errors of
   * `errors.ts`; `statusOf` tells the status behind one.
   */
  ask(
    route: string,
    parameters: Parameters,
    context: Asking,
    options?: AskOptions,
  ): Promise<Found | NothingNew>;
  /** As the last answer gave it; undefined before the first, and where there is no limit. */
  remaining(): Limit | undefined;
}

/** A limit that ends sooner is waited for; a longer one is an error that says until when. */
const PATIENCE_SECONDS = 3;

const RETRY_DELAY_MS = 1000;

/** What means something, which a repetition would not change. */
const DO_NOT_RETRY = [400, 401, 403, 404, 409, 410, 422, 429, 451];

/** The share of the hour's requests that only headline numbers may use. */
const RESERVE = 0.1;

const ThrottledOctokit = Octokit.plugin(retry, throttling);

/** Asks GitHub's REST API within its limits, and counts every request on the asker's meter. */
export function createClient(settings: GithubSettings): GithubClient {
  const { token, timeoutMs = TIMEOUT_MS } = settings;
  const octokit = createOctokit(settings);
  let limit: Limit | undefined;
  let refusal: RateLimited | undefined;

  async function send(url: string, init: RequestInit, { meter }: Asking): Promise<Response> {
    meter.request();
    const response = await fetch(url, { ...init, signal: within(timeoutMs, init.signal) });
    if (response.redirected) meter.request();
    limit = limitIn(response.headers) ?? limit;
    return response;
  }

  /** Whoever asks on while limited is locked out for longer, so the refusal holds for everyone. */
  function keepLimits(now: number, isHeadline: boolean): void {
    if (refusal && refusal.until > now) throw refusal;
    if (!limit || limit.resetAt <= now) return;
    const reserve = isHeadline ? 0 : limit.limit * RESERVE;
    if (limit.remaining > reserve) return;
    const what = isHeadline ? 'spent' : 'kept for the headline numbers';
    throw new RateLimited(`${limit.remaining} of ${limit.limit} requests: ${what}`, limit.resetAt);
  }

  return {
    hasToken: token !== undefined,

    remaining: () => limit,

    async ask(route, parameters, context, { etag, isHeadline = false } = {}) {
      keepLimits(instantOf(context), isHeadline);
      const { signal } = context;
      try {
        const response = await octokit.request(route, {
          ...parameters,
          headers: {
            ...(parameters.headers as Record<string, string> | undefined),
            ...(etag !== undefined && { 'if-none-match': etag }),
          },
          request: {
            fetch: (url: string, init: RequestInit) => send(url, init, context),
            ...(signal && { signal }),
          },
        });
        const { data, headers } = response;
        // Octokit's types know one status a route.
        const status: number = response.status;
        if (status === 202 || status === 204) return { status };
        // Octokit hands back text where JSON was cut off or is none at all.
        if (data === '') throw new Unavailable(`${route}: the answer was cut off`);
        if (typeof data === 'string' && isPage(data)) {
          throw new Unavailable(`${route}: the answer is a web page`);
        }
        const next = nextIn(headers.link);
        return {
          status: 200,
          data: data as unknown,
          ...(next && { next }),
          ...(headers.etag !== undefined && { etag: headers.etag }),
          headers,
        };
      } catch (error) {
        if (error instanceof Error && 'status' in error && error.status === 304) {
          return { status: 304 };
        }
        const meant = githubError(error, instantOf(context));
        if (meant instanceof RateLimited) refusal = meant;
        throw meant;
      }
    },
  };
}

/** The answer to what was asked without a validator, so that there is one. */
export function answered(answer: Found | NothingNew, what: string): Found {
  if (answer.status !== 200) throw new Unavailable(`${what} answered ${answer.status}`);
  return answer;
}

/** The parameters that name a repository in a route. */
export function named({ key }: { readonly key: string }): { owner: string; repo: string } {
  const [owner = '', repo = ''] = key.split('/');
  return { owner, repo };
}

/** What switches a part off that needs more requests than GitHub grants to strangers. */
export function needsToken({ hasToken }: GithubClient, what: string): Pick<Part, 'off'> {
  if (hasToken) return {};
  return {
    off: `Set GITHUB_TOKEN to collect ${what}: without one, GitHub allows 60 requests an hour.`,
  };
}

function limitIn(headers: Headers): Limit | undefined {
  const number = (name: string) => {
    const text = headers.get(`x-ratelimit-${name}`) ?? '';
    return /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const [remaining, limit, reset] = [number('remaining'), number('limit'), number('reset')];
  const isOther = (headers.get('x-ratelimit-resource') ?? 'core') !== 'core';
  if (isOther || remaining === undefined || limit === undefined || reset === undefined) {
    return undefined;
  }
  return { remaining, limit, resetAt: reset * 1000 };
}

/** The query of the link to the next page: `page`, `after` or whatever GitHub pages by. */
function nextIn(link: string | undefined): Parameters | undefined {
  const address = /<([^<>]+)>;\s*rel="?next\b/.exec(link ?? '')?.[1];
  return address === undefined
    ? undefined
    : Object.fromEntries(new URL(address, 'https://api.github.com').searchParams);
}

function createOctokit({ apiUrl, token, log, retryDelayMs = RETRY_DELAY_MS }: GithubSettings) {
  const isShort = (seconds: number, _options: object, _octokit: unknown, retryCount: number) =>
    seconds <= PATIENCE_SECONDS && retryCount === 0;
  return new ThrottledOctokit({
    baseUrl: apiUrl,
    ...(token !== undefined && { auth: token }),
    userAgent: 'groundswell',
    throttle: { onRateLimit: isShort, onSecondaryRateLimit: isShort },
    retry: { retries: 1, retryAfterBaseValue: retryDelayMs, doNotRetry: DO_NOT_RETRY },
    // What Octokit calls debug holds the token; failures are reported once, by whoever asked.
    log: {
      debug: () => {},
      info: (message: string) => log.debug(message),
      warn: (message: string) => log.warn(message),
      error: (message: string) => log.debug(message),
    },
  });
}
