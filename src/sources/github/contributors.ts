import { z } from 'zod';
import { type GithubContributor, replaceContributors } from '../../../db/github-contributors.ts';
import { type SeenPerson, seePeople } from '../../../db/github-people.ts';
import type { Subject } from '../../../db/subjects.ts';
import { check } from '../http.ts';
import type { CollectContext, Part } from '../source.ts';
import { type GithubClient, needsToken, type Parameters } from './client.ts';
import { statusOf } from './error.ts';
import { found, ownerAndRepo, PER_PAGE, personOf } from './listing.ts';

const ROUTE = 'GET /repos/{owner}/{repo}/contributors';

const TOO_LARGE = 'GitHub does not list the contributors of a repository as large as this one.';

const contributor = z.object({
  login: z.string().min(1),
  type: z.string().optional(),
  contributions: z.int().positive(),
});
const contributors = z.array(contributor);

/**
 * Who has commits on the default branch, with their number. GitHub links the first 500 addresses
 * of a repository to accounts and leaves the others out.
 */
export function createContributors(client: GithubClient): Part {
  return {
    name: 'contributors',
    title: 'contributors',
    scope: 'subject',
    everyHours: 24,
    ...needsToken(client, 'contributors'),

    async *collect([subject], context) {
      if (!subject) return;
      const list = await readAll(client, subject, context);
      yield {
        cursor: '',
        ...(list === 'too large' && { note: TOO_LARGE }),
        save(db) {
          if (list === 'too large') return 0;
          seePeople(db, list);
          return replaceContributors(db, subject.id, list);
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
  const all: Contributor[] = [];
  let next: Parameters | undefined = {};
  try {
    while (next) {
      const parameters = { ...ownerAndRepo(subject), per_page: PER_PAGE, ...next };
      const answer = await client.ask(ROUTE, parameters, context);
      // So it answers for an empty repository.
      if (answer.status === 204) return all;
      const told = found(answer, ROUTE);
      const page = check(contributors, told.data);
      for (const one of page) {
        const person = personOf(one);
        if (person) all.push({ ...person, contributions: one.contributions });
      }
      next = page.length > 0 ? told.next : undefined;
    }
  } catch (error) {
    const isTooLarge =
      statusOf(error) === 403 && error instanceof Error && /\btoo large\b/i.test(error.message);
    if (!isTooLarge) throw error;
    return 'too large';
  }
  return all;
}
