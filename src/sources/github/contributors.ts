import { z } from 'zod';
import { type GithubContributor, replaceContributors } from '../../../db/github-contributors.ts';
import { type SeenPerson, seePeople } from '../../../db/github-people.ts';
import type { Subject } from '../../../db/subjects.ts';
import type { CollectContext, Part } from '../source.ts';
import { type GithubClient, named, needsToken } from './client.ts';
import { statusOf } from './error.ts';
import { personOf } from './listing.ts';
import { PER_PAGE, pagesOf } from './paging.ts';

const ROUTE = 'GET /repos/{owner}/{repo}/contributors';

const TOO_LARGE = 'GitHub does not list the contributors of a repository as large as this one.';

const contributor = z.object({
  login: z.string().min(1),
  type: z.string().optional(),
  contributions: z.int().positive(),
});
const list = z.array(contributor);

/**
 * Who has commits on the default branch, with their number. GitHub links the first 500 addresses
 * of a repository to accounts and leaves the others out.
 */
export function contributors(client: GithubClient): Part {
  return {
    name: 'contributors',
    title: 'contributors',
    scope: 'subject',
    everyHours: 24,
    ...needsToken(client, 'contributors'),

    async *collect([subject], context) {
      if (!subject) return;
      const all = await readAll(client, subject, context);
      yield {
        cursor: '',
        ...(all === 'too large' && { note: TOO_LARGE }),
        save(db) {
          if (all === 'too large') return 0;
          seePeople(db, all);
          return replaceContributors(db, subject.id, all);
        },
      };
    },
  };
}

type Contributor = GithubContributor & SeenPerson;

/** The list is replaced as a whole, and five pages are soon read once more. */
async function readAll(
  client: GithubClient,
  subject: Subject,
  context: CollectContext,
): Promise<Contributor[] | 'too large'> {
  const parameters = { ...named(subject), per_page: PER_PAGE };
  const all: Contributor[] = [];
  try {
    for await (const { items } of pagesOf(client, list, ROUTE, parameters, context)) {
      for (const item of items) {
        const person = personOf(item);
        if (person) all.push({ ...person, contributions: item.contributions });
      }
    }
  } catch (error) {
    const isTooLarge =
      statusOf(error) === 403 && error instanceof Error && /\btoo large\b/i.test(error.message);
    if (!isTooLarge) throw error;
    return 'too large';
  }
  return all;
}
