import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { Logger } from 'pino';
import { z } from 'zod';
import { addDays, dayOf } from '../../db/days.ts';
import { Malformed, NotFound, Unauthorised, Unavailable } from '../errors.ts';
import { githubError } from './github/error.ts';
import { fetchHistory, historyTotals } from './github/history.ts';
import { check, isPage, readJson, TIMEOUT_MS, within } from './http.ts';
import type { DailyRows, FetchContext, Reference, Snapshot, Source } from './source.ts';

export interface GithubSettings {
  /** `https://api.github.com`, or an Enterprise server's `https://host/api/v3`. */
  readonly apiUrl: string;
  readonly token: string | undefined;
  readonly log: Logger;
  readonly timeoutMs?: number;
}

const REFERENCE = /^[a-z0-9][\w-]*\/(?!\.+$)[\w.-]+$/i;

/** A limit that ends sooner is waited for; a longer one is an error that says until when. */
const PATIENCE_SECONDS = 3;

const repository = z.object({
  id: z.int(),
  full_name: z.string().min(1),
  private: z.boolean().optional(),
  /** `internal`, on an enterprise's server: not public, but for everyone there. */
  visibility: z.string().optional(),
  stargazers_count: z.int().nonnegative(),
  forks_count: z.int().nonnegative(),
  open_issues_count: z.int().nonnegative(),
  /** The people who watch; `watchers_count` is the stars under an older name. */
  subscribers_count: z.int().nonnegative(),
});

const ThrottledOctokit = Octokit.plugin(retry, throttling);

/** Stars, forks, open issues (with pull requests) and watchers of repositories on GitHub. */
export function createGithub(settings: GithubSettings): Source {
  const { apiUrl, log } = settings;
  const octokit = createOctokit(settings);
  const pageHost = new URL(apiUrl).hostname.replace(/^api\./, '');

  async function ask(
    route: string,
    parameters: Record<string, unknown>,
    { now, signal }: FetchContext,
  ) {
    try {
      const request = signal && { request: { signal } };
      const { data, headers } = await octokit.request(route, { ...parameters, ...request });
      // Octokit hands back text where JSON was cut off or is none at all.
      if (data === '') throw new Unavailable(`${route}: the answer was cut off`);
      if (typeof data === 'string' && isPage(data)) {
        throw new Unavailable(`${route}: the answer is a web page`);
      }
      return { data: data as unknown, link: headers.link };
    } catch (error) {
      throw githubError(error, now);
    }
  }

  async function history(key: string, context: FetchContext): Promise<unknown[]> {
    try {
      return await fetchHistory((route, parameters) => ask(route, parameters, context), key);
    } catch (error) {
      // The rest of the numbers is worth having without it: Enterprise Server lacks the history,
      // and some owners keep it to themselves.
      const isWithout =
        error instanceof NotFound || error instanceof Unauthorised || error instanceof Malformed;
      if (!isWithout) throw error;
      log.info({ repository: key, reason: error.message }, 'no star history');
      return [];
    }
  }

  return {
    id: 'github',
    title: 'GitHub',
    form: 'owner/repository',
    // Late in each quarter of the UTC day, so that a day's last value is close to its end.
    schedule: '48 5,11,17,23 * * *',
    metrics: ['github.stars', 'github.forks', 'github.open_issues', 'github.watchers'],
    collects: 'stars, forks, open issues and watchers',
    parts: [],

    parse: parseRepository,

    fromUrl(url) {
      const host = url.hostname.replace(/^www\./, '');
      if (host !== 'github.com' && host !== pageHost) return undefined;
      return url.pathname.split('/').filter(Boolean).slice(0, 2).join('/');
    },

    async fetch({ key }, context) {
      const takenAt = new Date(context.now).toISOString();
      const [owner, repo] = key.split('/');
      const { data } = await ask('GET /repos/{owner}/{repo}', { owner, repo }, context);
      const { full_name, visibility, private: isSecret } = check(repository, data);
      // Our token may see more than those who will read the numbers.
      if (isSecret && visibility !== 'internal') throw new NotFound(`${key} is private`);
      const snapshots = [{ kind: 'repository', takenAt, body: JSON.stringify(data) }];
      const weeks = context.first ? await history(full_name, context) : [];
      if (weeks.length > 0) {
        snapshots.push({ kind: 'history', takenAt, body: JSON.stringify(weeks) });
      }
      return snapshots;
    },

    daily(snapshot) {
      return snapshot.kind === 'history' ? dailyHistory(snapshot) : dailyCounts(snapshot);
    },

    identity({ kind, body }) {
      if (kind !== 'repository') return undefined;
      const { id, full_name } = readJson(repository, body);
      return { externalId: String(id), name: full_name };
    },

    checkup: () => Promise.resolve([]),
  };
}

/** Reads `owner/repository`, which GitHub compares without regard to case. */
export function parseRepository(reference: string): Reference | undefined {
  const name = reference.replace(/\.git$/i, '');
  return REFERENCE.test(name) ? { key: name.toLowerCase(), name } : undefined;
}

function dailyCounts({ takenAt, body }: Snapshot): DailyRows[] {
  const counts = readJson(repository, body);
  const day = dayOf(Date.parse(takenAt));
  const total = (metric: string, value: number): DailyRows => ({
    metric,
    kind: 'total',
    origin: 'poll',
    values: [{ day, value }],
    completeThrough: addDays(day, -1),
  });
  return [
    total('github.stars', counts.stargazers_count),
    total('github.forks', counts.forks_count),
    total('github.open_issues', counts.open_issues_count),
    total('github.watchers', counts.subscribers_count),
  ];
}

function dailyHistory({ takenAt, body }: Snapshot): DailyRows[] {
  const values = historyTotals(body, dayOf(Date.parse(takenAt)));
  return [{ metric: 'github.stars', kind: 'total', origin: 'history', values }];
}

function createOctokit({ apiUrl, token, log, timeoutMs = TIMEOUT_MS }: GithubSettings) {
  const isShort = (seconds: number, _options: object, _octokit: unknown, retryCount: number) =>
    seconds <= PATIENCE_SECONDS && retryCount === 0;
  return new ThrottledOctokit({
    baseUrl: apiUrl,
    ...(token !== undefined && { auth: token }),
    userAgent: 'groundswell',
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: within(timeoutMs, init.signal) }),
    },
    throttle: { onRateLimit: isShort, onSecondaryRateLimit: isShort },
    retry: { retries: 1, doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451] },
    // What Octokit calls debug holds the token; failures are told once, by whoever asked.
    log: {
      debug: () => {},
      info: (message: string) => log.debug(message),
      warn: (message: string) => log.warn(message),
      error: (message: string) => log.debug(message),
    },
  });
}
