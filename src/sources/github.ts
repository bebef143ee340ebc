import { saveRepository } from '../../db/github-repositories.ts';
import { Malformed, NotFound } from '../errors.ts';
import { checkup } from './github/checkup.ts';
import { answered, createClient, type GithubSettings, named } from './github/client.ts';
import { codeFrequency } from './github/code-frequency.ts';
import { commits } from './github/commits.ts';
import { contributors } from './github/contributors.ts';
import { dailyCounts, isOpen, readFacts, repository } from './github/facts.ts';
import { follows } from './github/follows.ts';
import { forks } from './github/forks.ts';
import { dailyHistory, fetchHistory, isWithoutHistory } from './github/history.ts';
import { issues } from './github/issues.ts';
import { languages } from './github/languages.ts';
import { namesLike, parseOwner, repositoriesOf } from './github/owner.ts';
import { people } from './github/people.ts';
import { releases } from './github/releases.ts';
import { starHistory } from './github/star-history.ts';
import { stargazers } from './github/stargazers.ts';
import { readJson } from './http.ts';
import type { FetchContext, Part, Reference, Source } from './source.ts';

const REFERENCE = /^[a-z0-9][\w-]*\/(?!\.+$)[\w.-]+$/i;

const HEADLINE = ['stars', 'forks', 'open issues', 'watchers'];

/** Everything that is public about repositories on GitHub. */
export function createGithub(settings: GithubSettings): Source {
  const { apiUrl, log } = settings;
  const client = createClient(settings);
  const parts: readonly Part[] = [
    starHistory(client),
    languages(client),
    releases(client),
    forks(client),
    codeFrequency(client),
    issues(client),
    commits(client),
    contributors(client),
    stargazers(client),
    people(client),
    follows(client),
  ];
  /** The last answer about each repository: while it holds, asking again is free. */
  const answers = new Map<string, { readonly etag: string; readonly body: string }>();

  /** The repository as GitHub words it. */
  async function askRepository(reference: Reference, context: FetchContext): Promise<string> {
    const known = answers.get(reference.key);
    const answer = await client.ask('GET /repos/{owner}/{repo}', named(reference), context, {
      etag: known?.etag,
      isHeadline: true,
    });
    if (answer.status === 304 && known) return known.body;
    const { etag, data } = answered(answer, reference.key);
    const body = JSON.stringify(data);
    // What is not as documented fails now, before it is kept to be used again.
    readJson(repository, body);
    readFacts(body);
    if (etag !== undefined) answers.set(reference.key, { etag, body });
    return body;
  }

  async function history(key: string, context: FetchContext): Promise<unknown[]> {
    try {
      return await fetchHistory(client, key, context, { isHeadline: true });
    } catch (error) {
      // The rest of the numbers is worth having without it.
      if (!isWithoutHistory(error) && !(error instanceof Malformed)) throw error;
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
    collects: new Intl.ListFormat('en').format([
      ...HEADLINE,
      ...parts.filter(({ off }) => off === undefined).map(({ title }) => title),
    ]),
    parts,

    parse: (reference) => parseOwner(reference) ?? parseRepository(reference),

    fromUrl(url) {
      const host = url.hostname.replace(/^www\./, '');
      const pageHost = new URL(apiUrl).hostname.replace(/^api\./, '');
      if (host !== 'github.com' && host !== pageHost) return undefined;
      return url.pathname.split('/').filter(Boolean).slice(0, 2).join('/');
    },

    async fetch(reference, context) {
      const takenAt = new Date(context.now).toISOString();
      const body = await askRepository(reference, context);
      const found = readJson(repository, body);
      if (!isOpen(found)) throw new NotFound(`${reference.key} is private`);
      const snapshots = [{ kind: 'repository', takenAt, body }];
      const weeks = context.first ? await history(found.full_name, context) : [];
      if (weeks.length > 0) {
        snapshots.push({ kind: 'history', takenAt, body: JSON.stringify(weeks) });
      }
      return snapshots;
    },

    daily(snapshot) {
      return snapshot.kind === 'history' ? dailyHistory(snapshot) : dailyCounts(snapshot);
    },

    save(db, { id }, { kind, takenAt, body }) {
      if (kind === 'repository') saveRepository(db, id, readFacts(body), takenAt);
    },

    identity({ kind, body }) {
      if (kind !== 'repository') return undefined;
      const { id, full_name } = readJson(repository, body);
      return { externalId: String(id), name: full_name };
    },

    members: (group, context) => repositoriesOf(client, group, context),

    async suggest(reference, context) {
      return reference.isGroup ? [] : namesLike(client, reference, context);
    },

    checkup: (context) => checkup(client, apiUrl, context),
  };
}

/** Reads `owner/repository`, which GitHub compares without regard to case. */
export function parseRepository(reference: string): Reference | undefined {
  const name = reference.replace(/\.git$/i, '');
  return REFERENCE.test(name) ? { key: name.toLowerCase(), name } : undefined;
}
