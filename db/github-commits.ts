import type { TouchedDay } from './github-daily.ts';
import type { Saved } from './github-issues.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

export interface GithubCommit {
  readonly sha: string;
  /** The account, where the address of the commit belongs to one. */
  readonly author: string | null;
  readonly authorName: string;
  /** ISO instant, UTC. */
  readonly committedAt: string;
}

/** Upserts on the hash: an account may be found for an address, or lost, long after. */
export function saveCommits(db: Db, subjectId: number, commits: readonly GithubCommit[]): Saved {
  const upsert = statement(
    db,
    `INSERT INTO github_commit (subject_id, sha, author, author_name, committed_at)
     VALUES (@subjectId, @sha, @author, @authorName, @committedAt)
     ON CONFLICT DO UPDATE SET author = excluded.author, author_name = excluded.author_name
     WHERE (author, author_name) IS NOT (excluded.author, excluded.author_name)`,
  );
  let changed = 0;
  const touched: TouchedDay[] = [];
  for (const commit of commits) {
    const { changes } = upsert.run({ ...commit, subjectId });
    if (changes === 0) continue;
    changed += changes;
    touched.push({ metric: 'github.commits', day: commit.committedAt.slice(0, 10) });
  }
  return { changed, touched };
}

/** Those of `shas` that are stored. */
export function knownCommits(db: Db, subjectId: number, shas: readonly string[]): Set<string> {
  const known = statement(
    db,
    `SELECT sha FROM github_commit WHERE subject_id = ?
       AND sha IN (SELECT value FROM json_each(?))`,
  )
    .pluck()
    .all(subjectId, JSON.stringify(shas)) as string[];
  return new Set(known);
}
