import { z } from 'zod';
import type { GithubCount } from '../../../db/github-daily.ts';
import type { Found, Parameters } from './client.ts';
import { type IssuePage, readIssues, readPulls } from './issue.ts';
import { nextPage } from './listing.ts';
import { PER_PAGE } from './paging.ts';

/** Copies of GitHub's data lag, and our clock and theirs may differ. */
const OVERLAP_MS = 3_600_000;
const SECOND_MS = 1000;
const BEGINNING = '1970-01-01T00:00:00Z';

/** The whole list, oldest first: new entries come at its end. */
const walk = z.object({
  step: z.literal('walk'),
  startedAt: z.string(),
  read: z.int(),
  /** When the last entry that was read was created. */
  last: z.string().optional(),
  next: nextPage.optional(),
});

/** What was updated at or after `since`. */
const update = z.object({
  step: z.literal('update'),
  since: z.string(),
  /** The latest update ever seen. */
  newest: z.string().optional(),
  /** True once everything was read. */
  isWhole: z.boolean(),
  next: nextPage.optional(),
  /** Of the first page, when the same page will be asked for again. */
  etag: z.string().optional(),
});

/** How far a list was read. */
export const place = z.discriminatedUnion('step', [walk, update]);
export type Place = z.infer<typeof place>;
type Walk = z.infer<typeof walk>;
type Update = z.infer<typeof update>;

export interface Step {
  readonly place: Place;
  readonly isDone: boolean;
}

/** A page and how it is followed; `next` and `etag` as the client tells them. */
type Page = Pick<Found, 'next' | 'etag'> & Pick<IssuePage, 'issues'>;

export interface IssueList {
  readonly route: string;
  /** What it lets us count. */
  readonly counts: readonly GithubCount[];
  read(data: unknown): IssuePage;
  update(place: Update): Parameters;
  afterUpdate(place: Update, page: Page): Step;
}

/** Issues and pull requests. */
export const issueList: IssueList = {
  route: 'GET /repos/{owner}/{repo}/issues',
  counts: [
    'github.issues_opened',
    'github.issues_closed',
    'github.pulls_opened',
    'github.pulls_merged',
  ],
  read: readIssues,
  update: ({ since }) => ({ sort: 'updated', direction: 'asc', since }),

  /**
   * Goes on from the last update instead of to the next page: what is updated meanwhile moves to
   * the end, and pages would close up over what was not read. Only what was updated in the same
   * second, and fills a page, is paged through.
   */
  afterUpdate(before, { issues, next, etag }) {
    const newest = newestOf(before, issues);
    const { since, isWhole } = before;
    const last = issues.at(-1);
    if (next && last) {
      const later = earlier(last.updatedAt, SECOND_MS);
      const place =
        later > since
          ? { step: 'update' as const, since: later, newest, isWhole }
          : { step: 'update' as const, since, newest, isWhole, next };
      return { place, isDone: false };
    }
    const after = newest === undefined ? since : earlier(newest, OVERLAP_MS);
    // Whoever asks for the same once more can say what they know. A full page stays the same,
    // whatever comes behind it.
    const isSame = after === since && before.next === undefined && issues.length < PER_PAGE;
    const place = { step: 'update' as const, since: after, newest, isWhole: true };
    return { place: { ...place, ...(isSame && { etag }) }, isDone: true };
  },
};

/** Pull requests alone, for repositories where issues are off. Knows no `since`. */
export const pullList: IssueList = {
  route: 'GET /repos/{owner}/{repo}/pulls',
  counts: ['github.pulls_opened', 'github.pulls_merged'],
  read: readPulls,
  update: () => ({ sort: 'updated', direction: 'desc' }),

  /** Latest first: what is updated meanwhile pushes entries to later pages, and none is lost. */
  afterUpdate(before, page) {
    const newest = newestOf(before, page.issues);
    const etag = before.next === undefined ? page.etag : before.etag;
    const isPast = page.issues.some(({ updatedAt }) => updatedAt < before.since);
    if (page.next && page.issues.length > 0 && !isPast) {
      return { place: { ...before, newest, next: page.next, etag }, isDone: false };
    }
    const since = newest === undefined ? before.since : earlier(newest, OVERLAP_MS);
    return { place: { step: 'update', since, newest, isWhole: true, etag }, isDone: true };
  },
};

export function startWalk(now: number): Place {
  return { step: 'walk', startedAt: new Date(now).toISOString(), read: 0 };
}

export function parametersOf(list: IssueList, place: Place): Parameters {
  const sorting =
    place.step === 'walk' ? { sort: 'created', direction: 'asc' } : list.update(place);
  return { state: 'all', ...sorting, per_page: PER_PAGE, ...place.next };
}

/** Where to go on after a page. Updates during the walk are read from its start on. */
export function afterPage(list: IssueList, place: Place, page: Page): Step {
  if (place.step === 'update') return list.afterUpdate(place, page);
  const last = page.issues.at(-1);
  const read = place.read + page.issues.length;
  if (page.next && last) {
    return { place: { ...place, read, last: last.createdAt, next: page.next }, isDone: false };
  }
  const since = earlier(place.startedAt, OVERLAP_MS);
  return { place: { step: 'update', since, isWhole: false }, isDone: false };
}

/**
 * Where to go on when GitHub pages no deeper: what the walk has not reached was created later, and
 * so was it updated.
 */
export function beyondPages({ last = BEGINNING }: Walk): Update {
  return { step: 'update', since: last, isWhole: false };
}

function newestOf({ newest }: Update, issues: Page['issues']): string | undefined {
  let latest = newest;
  for (const { updatedAt } of issues) {
    if (latest === undefined || updatedAt > latest) latest = updatedAt;
  }
  return latest;
}

/** In whole seconds, as GitHub writes instants and wants them written. */
function earlier(at: string, ms: number): string {
  return new Date(Date.parse(at) - ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
