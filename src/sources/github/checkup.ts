import { z } from 'zod';
import { DAY_MS } from '../../../db/days.ts';
import { explain, RateLimited, SourceError, Unauthorised } from '../../errors.ts';
import { type Asking, check } from '../http.ts';
import type { Checkup } from '../source.ts';
import type { Found, GithubClient } from './client.ts';
import { statusOf } from './error.ts';
import { API_VERSION, HISTORY_ROUTE, isWithoutHistory } from './history.ts';

const rateLimit = z.object({
  resources: z.object({
    core: z.object({ limit: z.int(), remaining: z.int(), reset: z.int() }),
  }),
});

/** GitHub's own example, public since 2011. */
const EXAMPLE = { owner: 'octocat', repo: 'Hello-World' };

/** A token that expires sooner is worth a word. */
const SOON_MS = 14 * DAY_MS;

const WHERE = 'on github.com under Settings → Developer settings';

/** Tries to reach GitHub, and looks at the token, the limit and the star history. */
export async function checkup(
  client: GithubClient,
  apiUrl: string,
  context: Asking,
): Promise<Checkup[]> {
  const lines = await reach(client, apiUrl, context);
  if (lines[0]?.state !== 'good') return lines;
  return [...lines, await tryHistory(client, context)];
}

async function reach(client: GithubClient, apiUrl: string, context: Asking): Promise<Checkup[]> {
  const what = `GitHub at ${apiUrl}`;
  try {
    // Free: asking for the limit does not count against it.
    const answer = await client.ask('GET /rate_limit', {}, context, { isHeadline: true });
    const good = { what, state: 'good', detail: 'It answers.' } as const;
    if (answer.status !== 200) return [good];
    return [good, tokenLine(client, answer, context.now), limitLine(answer)];
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return [refusal(what, error, client)];
  }
}

function refusal(what: string, error: SourceError, { hasToken }: GithubClient): Checkup {
  if (statusOf(error) === 404 && /rate limiting is not enabled/i.test(error.message)) {
    return { what, state: 'good', detail: 'It answers, and sets no limits.' };
  }
  if (error instanceof Unauthorised && hasToken) {
    const detail = `GitHub does not accept it: make a new one ${WHERE} and set GITHUB_TOKEN to it.`;
    return { what: 'GITHUB_TOKEN', state: 'bad', detail };
  }
  if (statusOf(error) === 404) {
    const detail =
      'What answers is not GitHub’s API: GITHUB_API_URL of an Enterprise server ends in /api/v3.';
    return { what, state: 'bad', detail };
  }
  const why = explain(error, 'GitHub', 'its limits');
  if (error instanceof RateLimited) return { what, state: 'limited', detail: why };
  const detail = `${why} Check GITHUB_API_URL and the network.`;
  return { what, state: 'bad', detail };
}

function tokenLine({ hasToken }: GithubClient, { headers }: Found, now: number): Checkup {
  const what = 'GITHUB_TOKEN';
  if (!hasToken) {
    const detail = `It is not set: stars, forks, issues counts, releases and languages of a few repositories are collected, nothing more. A token without any permission is enough: make one ${WHERE}.`;
    return { what, state: 'limited', detail };
  }
  const scopes = headers['x-oauth-scopes']?.toString();
  const kind =
    scopes === undefined
      ? 'GitHub accepts it'
      : `GitHub accepts it, with ${scopes === '' ? 'no scopes: that is enough' : `the scopes ${scopes}`}`;
  const expires = headers['github-authentication-token-expiration']?.toString();
  if (expires === undefined) return { what, state: 'good', detail: `${kind}.` };
  const isSoon = Date.parse(expires) - now < SOON_MS;
  const detail = `${kind}. It expires on ${expires.slice(0, 10)}${isSoon ? `: make a new one ${WHERE}` : ''}.`;
  return { what, state: isSoon ? 'limited' : 'good', detail };
}

function limitLine({ data }: Found): Checkup {
  const { limit, remaining, reset } = check(rateLimit, data).resources.core;
  const until = new Date(reset * 1000).toISOString().slice(11, 16);
  const left = `${remaining.toLocaleString('en')} of ${limit.toLocaleString('en')}`;
  const state = remaining < limit / 10 ? 'limited' : 'good';
  return { what: 'Requests an hour', state, detail: `${left} are left until ${until} UTC.` };
}

async function tryHistory(client: GithubClient, context: Asking): Promise<Checkup> {
  const what = 'Star history';
  try {
    const parameters = {
      ...EXAMPLE,
      per_page: 1,
      headers: { 'x-github-api-version': API_VERSION },
    };
    await client.ask(HISTORY_ROUTE, parameters, context, { isHeadline: true });
    return { what, state: 'good', detail: 'Stars are known from before the first poll.' };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const detail = isWithoutHistory(error)
      ? 'This GitHub does not tell it, as Enterprise Server does not: star charts begin with the first poll, unless a history is imported.'
      : explain(error, 'GitHub', 'the star history');
    return { what, state: 'limited', detail };
  }
}
