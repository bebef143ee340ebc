import { z } from 'zod';
import type { LoadProgress } from '../../../db/collections.ts';
import { dayOf } from '../../../db/days.ts';
import { fillDays, saveTouchedDays } from '../../../db/github-daily.ts';
import { saveIssues } from '../../../db/github-issues.ts';
import { seePeople } from '../../../db/github-people.ts';
import type { Subject } from '../../../db/subjects.ts';
import type { Batch, CollectContext, Part } from '../source.ts';
import { answered, type GithubClient, named, needsToken } from './client.ts';
import { statusOf } from './error.ts';
import type { IssuePage } from './issue.ts';
import {
  afterPage,
  beyondPages,
  type IssueList,
  issueList,
  type Place,
  parametersOf,
  place,
  pullList,
  type Step,
  startWalk,
} from './issue-list.ts';
import { loadProgress, readCursor } from './listing.ts';

const GONE = 410;
const TOO_DEEP = 422;

const OFF = 'Issues are switched off in this repository: only its pull requests are counted.';

/** `pulls` is there as long as issues are switched off. */
const cursorSchema = z.object({ issues: place, pulls: place.optional() });
type Cursor = z.infer<typeof cursorSchema>;

/**
 * Issues and pull requests. An issue that is deleted or moved to another repository leaves the
 * list without a word: its row stays as it was last seen. (One that leaves during the first load
 * can, where GitHub pages by number, take its successor's place on a page that was read.)
 */
export function issues(client: GithubClient): Part {
  return {
    name: 'issues',
    title: 'issues and pull requests',
    scope: 'subject',
    everyHours: 0,
    ...needsToken(client, 'issues and pull requests'),

    async *collect([subject], context) {
      if (!subject) return;
      const cursor = readCursor(cursorSchema, context.cursor);
      let at: Cursor = { issues: from(context, cursor?.issues ?? startWalk(context.now)) };
      const read = (list: IssueList, start: Place) =>
        readList(client, list, start, subject, context);
      try {
        for await (const { batch, place: issues } of read(issueList, at.issues)) {
          at = { issues };
          yield { ...batch, cursor: JSON.stringify(at) };
        }
      } catch (error) {
        if (statusOf(error) !== GONE) throw error;
        const pulls = fromTop(cursor?.pulls ?? pullsAfter(at.issues, context.now));
        for await (const one of read(pullList, from(context, pulls))) {
          at = { issues: at.issues, pulls: one.place };
          yield { ...one.batch, cursor: JSON.stringify(at), note: OFF };
        }
      }
    },
  };
}

/** `poll --since`: everything from that day on once more, unless all is being read anyway. */
function from({ since }: CollectContext, before: Place): Place {
  if (since === undefined || before.step === 'walk') return before;
  const { newest, isWhole } = before;
  const start = `${since}T00:00:00Z`;
  return {
    step: 'update',
    since: start < before.since ? start : before.since,
    newest,
    isWhole,
  };
}

/** Where the list of pull requests begins when that of the issues is closed. */
function pullsAfter(issues: Place, now: number): Place {
  if (issues.step === 'walk') return startWalk(now);
  return { step: 'update', since: issues.since, isWhole: issues.isWhole };
}

/**
 * A pass from the latest update down that was broken off begins anew: what was updated since then
 * stands above where it was.
 */
function fromTop(pulls: Place): Place {
  if (pulls.step === 'walk' || !pulls.next) return pulls;
  const { newest, since, isWhole } = pulls;
  return { step: 'update', since, newest, isWhole };
}

interface ReadPage {
  readonly batch: Omit<Batch, 'cursor'>;
  readonly place: Place;
}

/** Reads a list to its end, page by page. */
async function* readList(
  client: GithubClient,
  list: IssueList,
  start: Place,
  subject: Subject,
  context: CollectContext,
): AsyncGenerator<ReadPage> {
  let before = start;
  for (;;) {
    const { page, progress, ...step } = await readPage(client, list, before, subject, context);
    const save = saving(list, before, step, page, subject, context);
    yield { batch: { save, ...(progress && { progress }) }, place: step.place };
    if (step.isDone) return;
    before = step.place;
  }
}

interface Read extends Step {
  readonly page: IssuePage;
  readonly progress?: LoadProgress;
}

const NOTHING: IssuePage = { issues: [], people: [] };

async function readPage(
  client: GithubClient,
  list: IssueList,
  before: Place,
  subject: Subject,
  context: CollectContext,
): Promise<Read> {
  const parameters = { ...named(subject), ...parametersOf(list, before) };
  const etag = before.step === 'update' && !before.next ? before.etag : undefined;
  try {
    const answer = await client.ask(list.route, parameters, context, { etag });
    if (answer.status === 304) return { place: before, isDone: true, page: NOTHING };
    const told = answered(answer, list.route);
    const page = list.read(told.data);
    const step = afterPage(list, before, { ...told, issues: page.issues });
    if (step.place.step === 'update') return { ...step, page };
    return { ...step, page, progress: loadProgress(step.place.read, told, 'issues') };
  } catch (error) {
    if (statusOf(error) !== TOO_DEEP || before.step !== 'walk') throw error;
    return { place: beyondPages(before), isDone: false, page: NOTHING };
  }
}

/** While the first load is under way, no day is known whole, and none is counted. */
function saving(
  { counts }: IssueList,
  before: Place,
  { isDone }: Step,
  { issues, people }: IssuePage,
  subject: Subject,
  { now }: CollectContext,
): Batch['save'] {
  const wasWhole = before.step === 'update' && before.isWhole;
  const recount = { today: dayOf(now), seenAt: new Date(now).toISOString() };
  return (db) => {
    seePeople(db, people);
    const { changed, touched } = saveIssues(db, subject.id, issues);
    if (wasWhole) saveTouchedDays(db, subject.id, touched, recount);
    if (isDone) fillDays(db, subject.id, counts, { ...recount, isFirst: !wasWhole });
    return changed;
  };
}
