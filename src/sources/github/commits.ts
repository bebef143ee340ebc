import { dayOf } from '../../../db/days.ts';
import { knownCommits, saveCommits } from '../../../db/github-commits.ts';
import { fillDays, saveTouchedDays } from '../../../db/github-daily.ts';
import { seePeople } from '../../../db/github-people.ts';
import type { Subject } from '../../../db/subjects.ts';
import type { Batch, CollectContext, Part } from '../source.ts';
import { answered, type Found, type GithubClient, named, needsToken } from './client.ts';
import {
  afterPage,
  type CommitPage,
  type Place,
  place,
  readCommits,
  type Step,
} from './commit-walk.ts';
import { statusOf } from './error.ts';
import { loadProgress, readCursor } from './listing.ts';
import { PER_PAGE } from './paging.ts';

const ROUTE = 'GET /repos/{owner}/{repo}/commits';
const NOT_FOUND = 404;
const EMPTY = 409;
const UNPROCESSABLE = 422;

const NOTHING_YET = 'The repository is empty: it has no commits yet.';

/**
 * The commits of the default branch. One that was pushed away later (a rewritten history) stays:
 * it was there.
 */
export function commits(client: GithubClient): Part {
  return {
    name: 'commits',
    title: 'commits',
    scope: 'subject',
    everyHours: 0,
    ...needsToken(client, 'commits'),

    async *collect([subject], context) {
      if (!subject) return;
      const kept = readCursor(place, context.cursor) ?? {};
      const { walk: _, ...idle } = kept;
      let latest: Place = idle;
      if (kept.walk) {
        try {
          for await (const read of readWalk(client, kept, subject, context)) {
            latest = read.place;
            yield read.batch;
          }
        } catch (error) {
          // The commit that the walk is pinned to was pushed away and has been cleaned up.
          const isGone = [NOT_FOUND, UNPROCESSABLE].includes(statusOf(error) ?? 0);
          if (!isGone) throw error;
          latest = { open: kept.open };
        }
      }
      for await (const { batch } of readWalk(client, latest, subject, context)) yield batch;
    },
  };
}

interface ReadPage {
  readonly batch: Batch;
  readonly place: Place;
}

/** Reads from the given place to the end of a walk. */
async function* readWalk(
  client: GithubClient,
  start: Place,
  subject: Subject,
  context: CollectContext,
): AsyncGenerator<ReadPage> {
  let before = start;
  for (;;) {
    const { page, told, note, ...step } = await readPage(client, before, subject, context);
    const read = step.place.walk?.read;
    const batch: Batch = {
      save: saving(before, step, page, subject, context),
      cursor: JSON.stringify(step.place),
      ...(told && read !== undefined && { progress: loadProgress(read, told, 'commits') }),
      note,
    };
    yield { batch, place: step.place };
    if (step.isDone) return;
    before = step.place;
  }
}

interface Read extends Step {
  readonly page: CommitPage;
  readonly told?: Found;
  readonly note?: string | undefined;
}

const NOTHING: CommitPage = { commits: [], links: [], people: [] };

async function readPage(
  client: GithubClient,
  before: Place,
  subject: Subject,
  context: CollectContext,
): Promise<Read> {
  const parameters = { ...named(subject), per_page: PER_PAGE, ...before.walk?.next };
  const isSettled = !before.walk && before.open?.length === 0 && context.since === undefined;
  const etag = isSettled ? before.etag : undefined;
  try {
    const answer = await client.ask(ROUTE, parameters, context, { etag });
    if (answer.status === 304) return { place: before, isDone: true, page: NOTHING };
    const told = answered(answer, ROUTE);
    const page = readCommits(told.data);
    const named = page.links.flatMap(({ sha, parents }) => [sha, ...parents]);
    const known = knownCommits(context.db, subject.id, named);
    return { ...afterPage(before, page, told, known, isEnough(page, context)), page, told };
  } catch (error) {
    if (statusOf(error) !== EMPTY) throw error;
    return { place: { open: [] }, isDone: true, page: NOTHING, note: NOTHING_YET };
  }
}

/** `poll --since` wants all from that day on once more. */
function isEnough({ commits }: CommitPage, { since }: CollectContext): boolean {
  const oldest = commits.at(-1)?.committedAt;
  return since === undefined || oldest === undefined || oldest < since;
}

/** While the first load is under way, no day is known whole, and none is counted. */
function saving(
  before: Place,
  { isDone }: Step,
  { commits, people }: CommitPage,
  subject: Subject,
  { now }: CollectContext,
): Batch['save'] {
  const wasWhole = before.open !== undefined;
  const recount = { today: dayOf(now), seenAt: new Date(now).toISOString() };
  return (db) => {
    seePeople(db, people);
    const { changed, touched } = saveCommits(db, subject.id, commits);
    if (wasWhole) saveTouchedDays(db, subject.id, touched, recount);
    if (isDone) {
      fillDays(db, subject.id, ['github.commits'], { ...recount, isFirst: !wasWhole });
    }
    return changed;
  };
}
