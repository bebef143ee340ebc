import type { Db } from './open.ts';
import { statement } from './statement.ts';

export interface GithubContributor {
  readonly login: string;
  /** Commits on the default branch. */
  readonly contributions: number;
}

/** Replaces the list as a whole and returns how many rows came, changed or went. */
export function replaceContributors(
  db: Db,
  subjectId: number,
  contributors: readonly GithubContributor[],
): number {
  const logins = JSON.stringify(contributors.map(({ login }) => login));
  let changed = statement(
    db,
    `DELETE FROM github_contributor
     WHERE subject_id = ? AND login NOT IN (SELECT value FROM json_each(?))`,
  ).run(subjectId, logins).changes;
  const upsert = statement(
    db,
    `INSERT INTO github_contributor (subject_id, login, contributions)
     VALUES (@subjectId, @login, @contributions)
     ON CONFLICT DO UPDATE SET contributions = excluded.contributions
     WHERE contributions <> excluded.contributions`,
  );
  for (const one of contributors) changed += upsert.run({ ...one, subjectId }).changes;
  return changed;
}
