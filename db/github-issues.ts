import type { GithubCount, TouchedDay } from './github-daily.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** An issue or a pull request of a repository. All instants are ISO, in UTC. */
export interface GithubIssue {
  readonly number: number;
  readonly isPull: boolean;
  readonly isDraft: boolean;
  readonly title: string;
  /** The account that opened it; null for one that is gone. */
  readonly author: string | null;
  readonly state: 'open' | 'closed';
  /** `completed`, `not_planned`, `reopened`, `duplicate`; null for pull requests. */
  readonly stateReason: string | null;
  /** Null where the list does not say. */
  readonly comments: number | null;
  readonly labels: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly mergedAt: string | null;
}

export interface Saved {
  /** How many rows are new or have changed. */
  readonly changed: number;
  /** The days they count for, before and after. */
  readonly touched: readonly TouchedDay[];
}

type Dates = Pick<GithubIssue, 'createdAt' | 'closedAt' | 'mergedAt'> & {
  readonly isPull: number | boolean;
};

/** Upserts on the number. An older state never overwrites a newer one. */
export function saveIssues(db: Db, subjectId: number, issues: readonly GithubIssue[]): Saved {
  const find = statement<Dates>(
    db,
    `SELECT is_pull AS isPull, created_at AS createdAt, closed_at AS closedAt,
       merged_at AS mergedAt
     FROM github_issue WHERE subject_id = ? AND number = ?`,
  );
  const upsert = statement(
    db,
    `INSERT INTO github_issue (subject_id, number, is_pull, is_draft, title, author, state,
       state_reason, comments, labels, created_at, updated_at, closed_at, merged_at)
     VALUES (@subjectId, @number, @isPull, @isDraft, @title, @author, @state, @stateReason,
       @comments, @labels, @createdAt, @updatedAt, @closedAt, @mergedAt)
     ON CONFLICT DO UPDATE SET is_pull = excluded.is_pull, is_draft = excluded.is_draft,
       title = excluded.title, author = excluded.author, state = excluded.state,
       state_reason = excluded.state_reason, comments = coalesce(excluded.comments, comments),
       labels = excluded.labels, created_at = excluded.created_at,
       updated_at = excluded.updated_at, closed_at = excluded.closed_at,
       merged_at = excluded.merged_at
     WHERE excluded.updated_at >= updated_at
       AND (is_pull, is_draft, title, author, state, state_reason, comments, labels, created_at,
           updated_at, closed_at, merged_at)
         IS NOT (excluded.is_pull, excluded.is_draft, excluded.title, excluded.author,
           excluded.state, excluded.state_reason, coalesce(excluded.comments, comments),
           excluded.labels, excluded.created_at, excluded.updated_at, excluded.closed_at,
           excluded.merged_at)`,
  );
  let changed = 0;
  const touched: TouchedDay[] = [];
  for (const issue of issues) {
    const before = find.get(subjectId, issue.number);
    const { changes } = upsert.run({
      ...issue,
      subjectId,
      isPull: issue.isPull ? 1 : 0,
      isDraft: issue.isDraft ? 1 : 0,
      labels: JSON.stringify(issue.labels),
    });
    if (changes === 0) continue;
    changed += changes;
    touched.push(...(before ? daysOfIssue(before) : []), ...daysOfIssue(issue));
  }
  return { changed, touched };
}

/** The days that an issue or a pull request counts for. */
function daysOfIssue({ isPull, createdAt, closedAt, mergedAt }: Dates): TouchedDay[] {
  const on = (metric: GithubCount, at: string | null) =>
    at === null ? [] : [{ metric, day: at.slice(0, 10) }];
  return isPull
    ? [...on('github.pulls_opened', createdAt), ...on('github.pulls_merged', mergedAt)]
    : [...on('github.issues_opened', createdAt), ...on('github.issues_closed', closedAt)];
}
