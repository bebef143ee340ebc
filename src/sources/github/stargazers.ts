import { z } from 'zod';
import { seePeople } from '../../../db/github-people.ts';
import { forgetUnseenStargazers, saveStargazers } from '../../../db/github-stargazers.ts';
import { progressOf } from '../../../db/progress.ts';
import type { Subject } from '../../../db/subjects.ts';
import { check } from '../http.ts';
import type { Batch, CollectContext, Part } from '../source.ts';
import { answered, type GithubClient, named, needsToken } from './client.ts';
import { statusOf } from './error.ts';
import {
  account,
  instant,
  loadProgress,
  nextPage,
  peopleOf,
  personOf,
  readCursor,
} from './listing.ts';
import { PER_PAGE } from './paging.ts';

const ROUTE = 'GET /repos/{owner}/{repo}/stargazers';
const TOO_DEEP = 422;

/** GitHub shows 400 pages of a hundred. */
const MOST_SHOWN = 40_000;

const HIDDEN =
  "Only the repository's admins and collaborators may list its stargazers; the token's account " +
  'is none of them. The counts are complete.';
const CAPPED = `GitHub lists only the first ${MOST_SHOWN.toLocaleString('en')} stargazers. The counts are complete.`;

const list = z.array(z.object({ starred_at: instant, user: account }));

/** The reading that is under way. */
const cursorSchema = z.object({ startedAt: z.string(), read: z.int(), next: nextPage.optional() });
type Place = z.infer<typeof cursorSchema>;

/**
 * Who gave a star, and when. The list is read from its beginning each time, as nothing else shows
 * whose star was taken back. (Where one is taken back meanwhile, the list closes up by one: whom we
 * miss thereby is found by the next reading.)
 */
export function stargazers(client: GithubClient): Part {
  return {
    name: 'stargazers',
    title: 'stargazers',
    scope: 'subject',
    everyHours: 24,
    ...needsToken(client, 'stargazers'),

    async *collect([subject], context) {
      if (!subject) return;
      const start = { startedAt: new Date(context.now).toISOString(), read: 0 };
      let place = readCursor(cursorSchema.nullable(), context.cursor) ?? start;
      for (;;) {
        const { batch, after } = await readPage(client, place, subject, context);
        yield { ...batch, cursor: JSON.stringify(after ?? null) };
        if (!after) return;
        place = after;
      }
    },
  };
}

interface ReadPage {
  readonly batch: Omit<Batch, 'cursor'>;
  /** Undefined at the end of the list. */
  readonly after?: Place;
}

async function readPage(
  client: GithubClient,
  place: Place,
  subject: Subject,
  context: CollectContext,
): Promise<ReadPage> {
  const parameters = {
    ...named(subject),
    per_page: PER_PAGE,
    ...place.next,
    // With the instant of each star.
    headers: { accept: 'application/vnd.github.star+json' },
  };
  try {
    const told = answered(await client.ask(ROUTE, parameters, context), ROUTE);
    const page = check(list, told.data);
    if (page.length === 0 && place.read === 0 && hasStars(subject, context)) return hidden();
    const read = place.read + page.length;
    const isEnd = !told.next || page.length === 0;
    const after = isEnd ? undefined : { ...place, read, next: told.next };
    return {
      batch: {
        save: saving(page, place, isEnd, subject),
        ...(after && { progress: loadProgress(read, told, 'stargazers') }),
        ...(isEnd && read >= MOST_SHOWN && { note: CAPPED }),
      },
      ...(after && { after }),
    };
  } catch (error) {
    const status = statusOf(error);
    if (status === TOO_DEEP && place.next) {
      return { batch: { save: saving([], place, true, subject), note: CAPPED } };
    }
    if (status !== 403 && status !== 404) throw error;
    return hidden();
  }
}

/** Old rows stay: what was seen is still as true as it was. */
function hidden(): ReadPage {
  return { batch: { save: () => 0, note: HIDDEN } };
}

/** An empty list of a repository with stars is a refusal. */
function hasStars({ id }: Subject, { db }: CollectContext): boolean {
  return (progressOf(db, id, 'github.stars')?.lastValue ?? 0) > 0;
}

function saving(
  page: z.infer<typeof list>,
  { startedAt }: Place,
  isEnd: boolean,
  subject: Subject,
): Batch['save'] {
  return (db) => {
    const rows = page.flatMap(({ user, starred_at: starredAt }) => {
      const login = personOf(user)?.login;
      return login === undefined ? [] : [{ login, starredAt }];
    });
    seePeople(db, peopleOf(page.map(({ user }) => user)));
    const changed = saveStargazers(db, subject.id, rows, startedAt);
    return changed + (isEnd ? forgetUnseenStargazers(db, subject.id, startedAt) : 0);
  };
}
