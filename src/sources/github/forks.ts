import { z } from 'zod';
import { type Fork, newestForkAt, saveForks } from '../../../db/github-forks.ts';
import { seePeople } from '../../../db/github-people.ts';
import { progressOf } from '../../../db/progress.ts';
import type { Subject } from '../../../db/subjects.ts';
import { Malformed } from '../../errors.ts';
import type { Batch, CollectContext, Part } from '../source.ts';
import { type GithubClient, named, needsToken } from './client.ts';
import { statusOf } from './error.ts';
import { instant } from './listing.ts';
import { PER_PAGE, pagesOf } from './paging.ts';

const fork = z
  .object({
    id: z.int(),
    full_name: z.string(),
    owner: z.object({ login: z.string() }),
    created_at: instant,
  })
  .transform(
    (read): Fork => ({
      id: read.id,
      fullName: read.full_name,
      owner: read.owner.login,
      createdAt: read.created_at,
    }),
  );

/** A reading that is under way, newest first. */
const reading = z.object({
  /** The page that was read last. It is read again, because what was deleted moves others up. */
  page: z.int().positive(),
  /** Where the reading before this one had come to; absent when all is new. */
  until: z.string().optional(),
});

type Reading = z.infer<typeof reading>;

/** The cursor of a reading that came to its end. */
const AT_END = '';

/** Who forked a repository, and when. */
export function forks(client: GithubClient): Part {
  return {
    name: 'forks',
    title: 'who forked it',
    scope: 'subject',
    everyHours: 24,
    ...needsToken(client, 'who forked it'),
    async *collect([subject], context) {
      if (subject) yield* collectForks(client, subject, context);
    },
  };
}

async function* collectForks(
  client: GithubClient,
  subject: Subject,
  context: CollectContext,
): AsyncGenerator<Batch> {
  const begun = begin(subject, context);
  const parameters = {
    ...named(subject),
    sort: 'newest',
    per_page: PER_PAGE,
    page: begun.page,
  };
  const route = 'GET /repos/{owner}/{repo}/forks';
  const of = progressOf(context.db, subject.id, 'github.forks')?.lastValue;
  let { page } = begun;
  try {
    for await (const { items, next } of pagesOf(
      client,
      z.array(fork),
      route,
      parameters,
      context,
    )) {
      const oldest = items.at(-1)?.createdAt ?? '';
      const isLast = !next || (begun.until !== undefined && oldest < begun.until);
      yield {
        save(db) {
          seePeople(
            db,
            items.map(({ owner }) => ({ login: owner, type: null })),
          );
          return saveForks(db, subject.id, items);
        },
        cursor: isLast ? AT_END : JSON.stringify({ ...begun, page } satisfies Reading),
        progress: {
          done: (page - 1) * PER_PAGE + items.length,
          of,
          unit: 'forks',
        },
      };
      if (isLast) return;
      page += 1;
    }
  } catch (error) {
    if (!(error instanceof Malformed) || statusOf(error) !== 422) throw error;
    yield {
      save: () => 0,
      cursor: AT_END,
      note: 'There are more forks than GitHub lists: the oldest ones are missing.',
    };
  }
}

/** Goes on with the reading that was broken off, or begins one at the newest fork. */
function begin({ id }: Subject, { db, cursor, doneAt, since }: CollectContext): Reading {
  if (since !== undefined) return { page: 1, until: since };
  if (cursor) return reading.parse(JSON.parse(cursor));
  const until = doneAt === undefined ? undefined : newestForkAt(db, id);
  return { page: 1, until };
}
