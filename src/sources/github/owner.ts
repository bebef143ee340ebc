import { z } from 'zod';
import { type FetchContext, nearest, type Reference } from '../source.ts';
import { type GithubClient, named } from './client.ts';
import { isOpen, listed } from './facts.ts';
import { PER_PAGE, pagesOf } from './paging.ts';

const GROUP = /^[a-z0-9][\w-]*\/\*$/i;

/** How much of an owner's repositories is looked through for names like one that was not found. */
const MOST_PAGES = 3;

/** Reads `owner/*`, all of an owner's repositories. */
export function parseOwner(reference: string): Reference | undefined {
  if (!GROUP.test(reference)) return undefined;
  return { key: reference.toLowerCase(), name: reference, isGroup: true };
}

/** Every public repository of a person or an organisation that is not archived. */
export async function repositoriesOf(
  client: GithubClient,
  group: Reference,
  context: FetchContext,
): Promise<Reference[]> {
  const found = new Map<string, Reference>();
  // By name, so that a push between two pages moves nothing from one to the other.
  for await (const { items } of pages(client, group, 'full_name', context)) {
    for (const { full_name: name, ...repo } of items) {
      const key = name.toLowerCase();
      if (isOpen(repo) && !repo.archived) found.set(key, { key, name });
    }
  }
  return [...found.values()];
}

/** The owner's repositories with names like that of `reference`, nearest first. */
export async function namesLike(
  client: GithubClient,
  reference: Reference,
  context: FetchContext,
): Promise<string[]> {
  const names: string[] = [];
  let read = 0;
  for await (const { items } of pages(client, reference, 'pushed', context)) {
    names.push(...items.filter(isOpen).map(({ full_name }) => full_name));
    read += 1;
    // Somebody waits for the answer, and what they mean was pushed to lately.
    if (read === MOST_PAGES) break;
  }
  return nearest(reference.name, names);
}

function pages(
  client: GithubClient,
  { key }: Reference,
  sort: 'full_name' | 'pushed',
  context: FetchContext,
) {
  const { owner: username } = named({ key });
  const route = 'GET /users/{username}/repos';
  const parameters = { username, sort, per_page: PER_PAGE };
  return pagesOf(client, z.array(listed), route, parameters, context, { isHeadline: true });
}
