import type { Day } from '../../db/days.ts';
import { saveCommits } from '../../db/github-commits.ts';
import { type GithubIssue, saveIssues } from '../../db/github-issues.ts';
import { seePeople } from '../../db/github-people.ts';
import type { Db } from '../../db/open.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';

/** An issue, a pull request or a commit of an account; null for a commit of none. */
interface Deed {
  readonly at: Day;
  readonly issue?: string;
  readonly pull?: string;
  readonly commit?: string | null;
  /** Whether GitHub calls the account a bot. */
  readonly isBot?: boolean;
}

/** Fills a repository as its source would, and answers the subject. */
export function repository(db: Db, name: string, deeds: readonly Deed[]): number {
  const { id } = ensureSubject(db, 'github', name.toLowerCase(), name);
  setTracked(db, id, '2026-11-22T12:00:00Z');
  for (const [number, { at, issue, pull, commit, isBot = false }] of deeds.entries()) {
    const author = issue ?? pull ?? commit ?? null;
    if (author !== null) seePeople(db, [{ login: author, type: isBot ? 'Bot' : 'User' }]);
    if (commit !== undefined) {
      const sha = `${id}-${number}`;
      const authorName = author ?? 'Somebody';
      saveCommits(db, id, [{ sha, author, authorName, committedAt: `${at}T23:59:59Z` }]);
    } else {
      saveIssues(db, id, [entry(number + 1, pull !== undefined, author, `${at}T00:00:00Z`)]);
    }
  }
  return id;
}

function entry(number: number, isPull: boolean, author: string | null, at: string): GithubIssue {
  return {
    number,
    isPull,
    isDraft: false,
    title: 'Something',
    author,
    state: 'open',
    stateReason: null,
    comments: 0,
    labels: [],
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    mergedAt: null,
  };
}
