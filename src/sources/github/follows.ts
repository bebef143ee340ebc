import { z } from 'zod';
import { followsDue, replaceFollows } from '../../../db/github-follows.ts';
import { saveGone } from '../../../db/github-people.ts';
import { NotFound } from '../../errors.ts';
import type { CollectContext, Part } from '../source.ts';
import { type GithubClient, needsToken } from './client.ts';
import { PER_PAGE, pagesOf } from './paging.ts';
import { keptSince } from './people.ts';

const ROUTE = 'GET /users/{username}/following';

/** As for profiles: a fifth of what a token has in an hour. */
const MOST_REQUESTS_PER_RUN = 1000;

/** Whoever follows more follows back by habit: fifty requests and more, which tell nothing. */
const MOST_FOLLOWED = 5000;

const list = z.array(z.object({ login: z.string().min(1) }));

/**
 * Who follows whom among the people seen. The list of those whom each of them follows has every
 * such edge, whatever the other end's list of followers would add.
 */
export function follows(client: GithubClient): Part {
  return {
    name: 'follows',
    title: 'who follows whom',
    scope: 'source',
    everyHours: 0,
    ...needsToken(client, 'who follows whom'),

    async *collect(_subjects, context) {
      const readAt = new Date(context.now).toISOString();
      const { people, skipped } = followsDue(context.db, keptSince(context.now), MOST_FOLLOWED);
      const chosen = withinBudget(people);
      const note = noteOf(people.length - chosen.length, skipped);
      for (const [index, { login }] of chosen.entries()) {
        const followed = await readFollowed(client, login, context);
        yield {
          cursor: login,
          progress: { done: index + 1, of: chosen.length, unit: 'people' },
          note,
          save(db) {
            if (followed === 'gone') return saveGone(db, login, readAt) ? 1 : 0;
            return replaceFollows(db, login, followed, readAt);
          },
        };
      }
      if (chosen.length === 0 && note !== undefined) yield { cursor: '', note, save: () => 0 };
    },
  };
}

/** The first people, as many as the requests of one run reach for. */
function withinBudget<Person extends { readonly following: number }>(
  people: readonly Person[],
): Person[] {
  let requests = 0;
  return people.filter(({ following }) => {
    requests += Math.ceil(following / PER_PAGE);
    return requests <= MOST_REQUESTS_PER_RUN;
  });
}

function noteOf(left: number, skipped: number): string | undefined {
  const most = MOST_FOLLOWED.toLocaleString('en');
  const notes: string[] = [];
  if (left > 0) {
    notes.push(
      left === 1
        ? 'Whom 1 person follows is still to be read.'
        : `Whom ${left.toLocaleString('en')} people follow is still to be read.`,
    );
  }
  if (skipped > 0) {
    notes.push(
      skipped === 1
        ? `1 person who follows more than ${most} accounts is left out.`
        : `${skipped.toLocaleString('en')} people who follow more than ${most} accounts are left out.`,
    );
  }
  return notes.length > 0 ? notes.join(' ') : undefined;
}

/** All logins that `login` follows. */
async function readFollowed(
  client: GithubClient,
  login: string,
  context: CollectContext,
): Promise<string[] | 'gone'> {
  const parameters = { username: login, per_page: PER_PAGE };
  const all: string[] = [];
  try {
    for await (const { items } of pagesOf(client, list, ROUTE, parameters, context)) {
      all.push(...items.map((item) => item.login));
    }
  } catch (error) {
    if (error instanceof NotFound) return 'gone';
    throw error;
  }
  return all;
}
