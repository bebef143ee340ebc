import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort } from 'node:worker_threads';
import { addDays, dayMs, daysBetween } from '../db/days.ts';

/** What a repository of ten years has, as GitHub tells it. */
export const ISSUES = 40_000;
export const STARS = 100_000;
export const PER_PAGE = 100;
export const WEEKS_PER_PAGE = 30;
export const REPOSITORY = 'acme/rocket';
/** The instant of the first poll, midnight UTC. */
export const TODAY = '2026-07-01';
const FIRST_DAY = '2016-07-03';
const DAYS = daysBetween(FIRST_DAY, TODAY);
export const WEEKS = Math.ceil(DAYS / 7);

const USER = {
  login: 'person',
  id: 1,
  node_id: 'MDQ6VXNlcjE=',
  avatar_url: 'https://avatars.example/u/1?v=4',
  url: 'https://api.example/users/person',
  html_url: 'https://example/person',
  type: 'User',
  site_admin: false,
};
const BODY = 'What we saw, what we expected, and how to see it again. '.repeat(25);

/** As many bytes as GitHub's own answers have: some three thousand. */
function issue(number: number): object {
  const day = addDays(FIRST_DAY, Math.floor((number / (ISSUES + 1)) * (DAYS - 40)));
  const closed = number % 5 === 0 ? null : `${addDays(day, number % 30)}T12:00:00Z`;
  const url = `https://api.example/repos/${REPOSITORY}/issues/${number}`;
  return {
    url,
    repository_url: `https://api.example/repos/${REPOSITORY}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `https://example/${REPOSITORY}/issues/${number}`,
    id: 3_000_000_000 + number,
    node_id: `I_kw${number}`,
    number,
    title: `Something is not as it was promised to be, number ${number}`,
    user: { ...USER, login: `person-${(number * 7919) % 3000}` },
    labels: [{ id: 1, name: 'bug', color: 'd73a4a', default: true, description: 'A mistake' }],
    state: closed ? 'closed' : 'open',
    locked: false,
    assignees: [USER],
    milestone: null,
    comments: number % 9,
    created_at: `${day}T09:00:00Z`,
    updated_at: closed ?? `${day}T09:00:00Z`,
    closed_at: closed,
    author_association: 'CONTRIBUTOR',
    draft: false,
    ...(number % 2 === 0 && { pull_request: { url, merged_at: closed } }),
    body: BODY,
    reactions: { url: `${url}/reactions`, total_count: 0, '+1': 0, '-1': 0, laugh: 0, heart: 0 },
    state_reason: closed && 'completed',
  };
}

function week(index: number): object {
  const first = addDays(FIRST_DAY, 7 * (WEEKS - 1 - index));
  const days = Array.from({ length: 7 }, (_, day) => Math.floor(STARS / WEEKS / 7) + (day % 2));
  return { week: dayMs(first) / 1000, total: days.reduce((sum, stars) => sum + stars), days };
}

const REPOSITORY_FACTS = {
  id: 5_000_000_001,
  full_name: REPOSITORY,
  private: false,
  visibility: 'public',
  description: null,
  homepage: null,
  license: null,
  language: null,
  topics: [],
  size: 1,
  fork: false,
  archived: false,
  created_at: `${FIRST_DAY}T00:00:00Z`,
  pushed_at: null,
  stargazers_count: STARS,
  forks_count: 1,
  open_issues_count: ISSUES / 5,
  subscribers_count: 1,
};

interface List {
  readonly count: number;
  readonly perPage: number;
  /** The entry of that index, from 0. */
  readonly entry: (index: number) => object;
}

/** Undefined for the repository itself. */
function listOf({ pathname, searchParams }: URL): List | undefined {
  if (pathname.endsWith('/stargazers/history')) {
    return { count: WEEKS, perPage: WEEKS_PER_PAGE, entry: week };
  }
  if (!pathname.endsWith('/issues')) return undefined;
  // Nothing was updated in the last days.
  const count = searchParams.has('since') ? 0 : ISSUES;
  return { count, perPage: PER_PAGE, entry: (index) => issue(index + 1) };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '', 'http://github.test');
  const page = Number(url.searchParams.get('page') ?? 1);
  const list = listOf(url);
  const etag = `W/"${url}"`;
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  const { count = 0, perPage = 1, entry } = list ?? {};
  const from = (page - 1) * perPage;
  const length = Math.max(0, Math.min(perPage, count - from));
  const body = entry ? Array.from({ length }, (_, i) => entry(from + i)) : REPOSITORY_FACTS;
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  const link = from + length < count ? { link: `<${next}>; rel="next"` } : {};
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', etag, ...link });
  response.end(JSON.stringify(body));
}

if (!isMainThread) {
  const server = createServer(answer).listen(0, '127.0.0.1', () => {
    parentPort?.postMessage((server.address() as AddressInfo).port);
  });
}
