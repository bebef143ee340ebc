import type { Db } from './open.ts';
import { statement } from './statement.ts';

export interface Fork {
  /** GitHub's number for the fork, which outlives a renaming. */
  readonly id: number;
  readonly fullName: string;
  readonly owner: string;
  /** ISO instant. */
  readonly createdAt: string;
}

/** Keeps forks, and returns how many are new or changed. */
export function saveForks(db: Db, subjectId: number, forks: readonly Fork[]): number {
  const upsert = statement(
    db,
    `INSERT INTO github_fork (subject_id, id, full_name, owner, created_at)
     VALUES (@subjectId, @id, @fullName, @owner, @createdAt)
     ON CONFLICT DO UPDATE SET full_name = excluded.full_name, owner = excluded.owner
     WHERE (full_name, owner) <> (excluded.full_name, excluded.owner)`,
  );
  return forks.reduce((changed, fork) => changed + upsert.run({ subjectId, ...fork }).changes, 0);
}

/** When the newest fork that is known was made (ISO); undefined where none is. */
export function newestForkAt(db: Db, subjectId: number): string | undefined {
  const at = statement(db, 'SELECT max(created_at) FROM github_fork WHERE subject_id = ?')
    .pluck()
    .get(subjectId) as string | null;
  return at ?? undefined;
}
