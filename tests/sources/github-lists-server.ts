import { createHash } from 'node:crypto';
import type { GithubClient, Parameters } from '../../src/sources/github/client.ts';
import { githubError } from '../../src/sources/github/error.ts';
import type { Answer } from './server.ts';

/** An issue or a pull request as GitHub words it, as far as it matters here. */
export interface ApiIssue {
  readonly number: number;
  readonly title: string;
  readonly user: { readonly login: string; readonly type?: string } | null;
  readonly state: 'open' | 'closed';
  readonly state_reason?: string | null;
  readonly comments: number;
  readonly labels: readonly { readonly name: string }[];
  readonly draft?: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
  readonly pull_request?: { readonly merged_at: string | null };
}

export interface ApiCommit {
  readonly sha: string;
  readonly author: { readonly login?: string; readonly type?: string } | null;
  readonly commit: {
    readonly author: { readonly name: string; readonly email: string; readonly date: string };
    readonly committer: { readonly name: string; readonly email: string; readonly date: string };
  };
  readonly parents: readonly { readonly sha: string }[];
}

/** What the server knows of one repository, and of people. Tests change it as they go. */
export interface Fake {
  issues: ApiIssue[];
  commits: ApiCommit[];
  /** The commit at the tip of the default branch; undefined for an empty repository. */
  head?: string | undefined;
  stargazers: { readonly starred_at: string; readonly user: { readonly login: string } }[];
  contributors: {
    readonly login: string;
    readonly type?: string;
    readonly contributions: number;
  }[];
  profiles: Record<string, object>;
  following: Record<string, readonly string[]>;
  issuesAreOff?: boolean;
  /** Links name the entry that a page ends with instead of a page number. */
  pagesByCursor?: boolean;
  /** Deeper pages are answered with 422. */
  deepestPage?: number | undefined;
  /** Fewer than GitHub allows, so that tests page with few entries. */
  perPage?: number | undefined;
}

export function fake(parts: Partial<Fake> = {}): Fake {
  const nothing = { issues: [], commits: [], stargazers: [], contributors: [] };
  return { ...nothing, profiles: {}, following: {}, ...parts };
}

/**
 * A client that answers without a wire: Octokit's queues take some 15 ms a request, too long for
 * the thousands of a property test.
 */
export function clientOf(state: Fake): GithubClient {
  return {
    hasToken: true,
    remaining: () => undefined,
    async ask(route, parameters, { now, meter }, { etag } = {}) {
      meter.request();
      const {
        status,
        body,
        headers = {},
      } = replyTo(state, { url: urlOf(route, parameters), etag });
      if (status === 304 || status === 204) return { status };
      if (status !== 200) {
        const error = new Error(JSON.stringify(body));
        throw githubError(Object.assign(error, { status, response: { headers, data: body } }), now);
      }
      const next = /<(.*)>/.exec(headers.link ?? '')?.[1];
      return {
        status,
        data: body,
        headers,
        ...(headers.etag && { etag: headers.etag }),
        ...(next && { next: Object.fromEntries(new URL(next).searchParams) }),
      };
    },
  };
}

function urlOf(route: string, { headers: _, ...parameters }: Parameters): URL {
  const rest = new Map(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
  const path = route.replace('GET ', '').replace(/\{(\w+)\}/g, (_, name) => {
    const value = rest.get(name) ?? '';
    rest.delete(name);
    return encodeURIComponent(value);
  });
  return new URL(`${path}?${new URLSearchParams([...rest])}`, 'http://github.test');
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly url: URL;
  readonly etag: string | undefined;
}

/** Answers as GitHub does: sorted, in pages with links, with validators. */
export function githubAnswers(state: Fake): Answer {
  return (request, response) => {
    const url = new URL(request.url ?? '', 'http://github.test');
    const { status, body, headers } = replyTo(state, {
      url,
      etag: request.headers['if-none-match'],
    });
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
}

function replyTo(state: Fake, asked: Asked): Reply {
  const [, kind, owner, name, list] = asked.url.pathname.split('/').map(decodeURIComponent);
  if (kind === 'users') return person(state, asked, owner ?? '', name);
  switch (list) {
    case 'issues':
      if (state.issuesAreOff) return { status: 410, body: { message: 'Issues are disabled' } };
      return page(state, asked, issuesBy(state, asked.url.searchParams));
    case 'pulls':
      return page(state, asked, pullsBy(state, asked.url.searchParams));
    case 'commits':
      return commits(state, asked);
    case 'contributors':
      return state.head ? page(state, asked, state.contributors) : { status: 204 };
    case 'stargazers':
      return page(state, asked, state.stargazers);
    default:
      return { status: 404, body: { message: 'Not Found' } };
  }
}

function issuesBy(state: Fake, query: URLSearchParams): ApiIssue[] {
  const by = query.get('sort') === 'updated' ? 'updated_at' : 'created_at';
  const sign = query.get('direction') === 'asc' ? 1 : -1;
  return state.issues
    .filter((one) => one.updated_at >= (query.get('since') ?? ''))
    .toSorted((a, b) => sign * (compare(a[by], b[by]) || a.number - b.number));
}

/** As the other list words them. */
function pullsBy(state: Fake, query: URLSearchParams): unknown[] {
  return issuesBy(state, query)
    .filter((one) => one.pull_request)
    .map(({ comments: _, pull_request, ...rest }) => ({ ...rest, ...pull_request }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function commits(state: Fake, asked: Asked): Reply {
  if (!state.head) return { status: 409, body: { message: 'Git Repository is empty.' } };
  const head = asked.url.searchParams.get('sha') ?? state.head;
  const all = new Map(state.commits.map((commit) => [commit.sha, commit]));
  if (!all.has(head)) return { status: 404, body: { message: `No commit found for ${head}` } };
  return page(state, asked, logOf(all, head));
}

/** As `git log` walks: of what can be reached, the latest comes next. */
function logOf(all: ReadonlyMap<string, ApiCommit>, head: string): ApiCommit[] {
  const log = new Map<string, ApiCommit>();
  const queue = new Set([head]);
  while (queue.size > 0) {
    const [next] = [...queue]
      .map((sha) => all.get(sha))
      .filter((commit) => commit !== undefined)
      .toSorted((a, b) => compare(b.commit.committer.date, a.commit.committer.date));
    if (!next) throw new Error('a parent is missing');
    queue.delete(next.sha);
    log.set(next.sha, next);
    for (const { sha } of next.parents) if (!log.has(sha)) queue.add(sha);
  }
  return [...log.values()];
}

function person(state: Fake, asked: Asked, login: string, list: string | undefined): Reply {
  const profile = state.profiles[login];
  if (!profile) return { status: 404, body: { message: 'Not Found' } };
  if (list === undefined) return { status: 200, body: profile };
  const followed = (state.following[login] ?? []).map((name) => ({ login: name }));
  return page(state, asked, followed);
}

/** One page of a list. */
function page(state: Fake, { url, etag: known }: Asked, entries: readonly unknown[]): Reply {
  const { perPage, pagesByCursor, deepestPage = Number.POSITIVE_INFINITY } = state;
  const size = perPage ?? Number(url.searchParams.get('per_page') ?? 30);
  const number = Number(url.searchParams.get('page') ?? 1);
  if (number > deepestPage) return { status: 422, body: { message: 'paging too deep' } };
  const after = url.searchParams.get('after');
  const from =
    after === null ? (number - 1) * size : entries.findIndex((one) => idOf(one) === after) + 1;
  const body = entries.slice(from, from + size);
  const hasMore = from + size < entries.length;
  // Only the body counts. Where pages are smaller than asked for, nobody can tell a full one.
  const counts = perPage === undefined ? body : [body, hasMore];
  const etag = `W/"${createHash('sha1').update(JSON.stringify(counts)).digest('hex')}"`;
  if (known === etag) return { status: 304, headers: { etag } };
  if (!hasMore) return { status: 200, body, headers: { etag } };
  const next = new URL(url);
  if (pagesByCursor) next.searchParams.set('after', idOf(body.at(-1)));
  else next.searchParams.set('page', String(number + 1));
  return { status: 200, body, headers: { etag, link: `<${next}>; rel="next"` } };
}

function idOf(entry: unknown): string {
  if (entry && typeof entry === 'object' && 'number' in entry) return String(entry.number);
  throw new Error('only issues are paged by cursor');
}
