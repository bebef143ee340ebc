import { z } from 'zod';
import type { GithubCommit } from '../../../db/github-commits.ts';
import type { SeenPerson } from '../../../db/github-people.ts';
import { Malformed } from '../../errors.ts';
import { check } from '../http.ts';
import type { Found } from './client.ts';
import { account, instant, nextPage, peopleOf, personOf } from './listing.ts';

const signature = z.object({ name: z.string().nullish(), date: instant.nullish() }).nullish();

const commit = z.object({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  author: account,
  commit: z.object({ author: signature, committer: signature }),
  parents: z.array(z.object({ sha: z.string() })),
});

/** A commit and what it is built on. */
interface Link {
  readonly sha: string;
  readonly parents: readonly string[];
}

export interface CommitPage {
  readonly commits: readonly GithubCommit[];
  readonly links: readonly Link[];
  readonly people: readonly SeenPerson[];
}

/** A page of the list of commits, without anyone's address. Throws Malformed. */
export function readCommits(data: unknown): CommitPage {
  const items = check(z.array(commit), data);
  return {
    commits: items.map((item) => ({
      sha: item.sha,
      author: personOf(item.author)?.login ?? null,
      authorName: withoutAddress(item.commit.author?.name ?? ''),
      committedAt: dateOf(item),
    })),
    links: items.map(({ sha, parents }) => ({ sha, parents: parents.map((one) => one.sha) })),
    people: peopleOf(items.map(({ author }) => author)),
  };
}

function dateOf({ sha, commit: { author, committer } }: z.infer<typeof commit>): string {
  const date = committer?.date ?? author?.date;
  if (!date) throw new Malformed(`the commit ${sha} has no date`);
  return date;
}

/** Some people's name is, or holds, their address. */
function withoutAddress(name: string): string {
  return name
    .replace(/<[^<>]*@[^<>]*>/g, '')
    .replace(/@[\w-]+(?:\.[\w-]+)+/g, '')
    .trim();
}

/**
 * A walk over the list of commits, latest first, pinned to the commit at its head, so that pages
 * do not shift when something is pushed meanwhile.
 */
const walk = z.object({
  head: z.string(),
  next: nextPage,
  read: z.int(),
});

export const place = z.object({
  /** The walk that is under way. */
  walk: walk.optional(),
  /**
   * The parents that were named and not seen yet, once the whole list was read. Where there are
   * none, all that is reachable is stored.
   */
  open: z.array(z.string()).optional(),
  /** Of the first page, as it was when the walk began. */
  etag: z.string().optional(),
});

/** How far the list was read. */
export type Place = z.infer<typeof place>;

export interface Step {
  readonly place: Place;
  readonly isDone: boolean;
}

/**
 * Where to go on after a page. The first walk goes to the end of the list. Later ones end as soon
 * as every parent of what was read is known: however old the commits of a merged branch are, they
 * are found, and mostly on one page.
 *
 * @param known the commits and parents of this page that were stored before it
 * @param isEnough false while older commits are wanted, known or not
 */
export function afterPage(
  { walk: before, open, etag }: Place,
  { links }: CommitPage,
  told: Pick<Found, 'next' | 'etag'>,
  known: ReadonlySet<string>,
  isEnough: boolean,
): Step {
  const kept = before ? etag : told.etag;
  const left = open && openAfter(open, links, known);
  const isClosed = left?.length === 0 && isEnough;
  const head = before?.head ?? links[0]?.sha;
  if (!told.next || head === undefined || links.length === 0 || isClosed) {
    // At the end of the list, what is still open was pushed away.
    return { place: { open: [], etag: kept }, isDone: true };
  }
  const read = (before?.read ?? 0) + links.length;
  const next = { ...told.next, sha: head };
  return { place: { walk: { head, next, read }, open: left, etag: kept }, isDone: false };
}

function openAfter(
  open: readonly string[],
  links: readonly Link[],
  known: ReadonlySet<string>,
): string[] {
  const left = new Set(open);
  // What was stored before brings its parents along, or left them open when it was read.
  for (const { sha, parents } of links) {
    if (!known.has(sha)) for (const parent of parents) left.add(parent);
  }
  for (const { sha } of links) left.delete(sha);
  return [...left].filter((sha) => !known.has(sha));
}
