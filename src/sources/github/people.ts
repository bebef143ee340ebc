import { z } from 'zod';
import { DAY_MS } from '../../../db/days.ts';
import {
  type GithubProfile,
  profilesDue,
  saveGone,
  saveProfile,
} from '../../../db/github-people.ts';
import { NotFound } from '../../errors.ts';
import { check } from '../http.ts';
import type { CollectContext, Part } from '../source.ts';
import { answered, type GithubClient, needsToken } from './client.ts';
import { instant } from './listing.ts';

const ROUTE = 'GET /users/{username}';

/**
 * A fifth of the requests that a token has in an hour, so that the lists of repositories never wait
 * for profiles. Four polls a day renew 120,000 profiles within KEPT_DAYS.
 */
const MOST_PER_RUN = 1000;

/** How long a profile is taken as known. */
const KEPT_DAYS = 30;

const profile = z.object({
  type: z.string(),
  name: z.string().nullish(),
  company: z.string().nullish(),
  location: z.string().nullish(),
  followers: z.int().nonnegative(),
  following: z.int().nonnegative(),
  created_at: instant,
});

/**
 * The public profiles of everyone who was seen as the author of an issue or a commit, as a
 * contributor, forker or stargazer of any repository.
 */
export function people(client: GithubClient): Part {
  return {
    name: 'people',
    title: 'profiles of people',
    scope: 'source',
    everyHours: 0,
    ...needsToken(client, 'the profiles of people'),

    async *collect(_subjects, context) {
      const readAt = new Date(context.now).toISOString();
      const { logins, left } = profilesDue(context.db, keptSince(context.now), MOST_PER_RUN);
      const note = left > 0 ? notRead(left) : undefined;
      for (const [index, login] of logins.entries()) {
        const told = await readProfile(client, login, context);
        yield {
          // The rows themselves say who is next.
          cursor: login,
          progress: { done: index + 1, of: logins.length, unit: 'profiles' },
          note,
          save(db) {
            const isNew =
              told === 'gone' ? saveGone(db, login, readAt) : saveProfile(db, login, told, readAt);
            return isNew ? 1 : 0;
          },
        };
      }
    },
  };
}

/** What was read before this instant (ISO) is read again. */
export function keptSince(now: number): string {
  return new Date(now - KEPT_DAYS * DAY_MS).toISOString();
}

function notRead(left: number): string {
  const people = left === 1 ? '1 profile is' : `${left.toLocaleString('en')} profiles are`;
  return `${people} still to be read, ${MOST_PER_RUN.toLocaleString('en')} with each poll.`;
}

async function readProfile(
  client: GithubClient,
  login: string,
  context: CollectContext,
): Promise<GithubProfile | 'gone'> {
  try {
    const { data } = answered(await client.ask(ROUTE, { username: login }, context), ROUTE);
    const { created_at: createdAt, name, company, location, ...rest } = check(profile, data);
    return {
      ...rest,
      createdAt,
      name: name ?? null,
      company: company ?? null,
      location: location ?? null,
    };
  } catch (error) {
    if (error instanceof NotFound) return 'gone';
    throw error;
  }
}
