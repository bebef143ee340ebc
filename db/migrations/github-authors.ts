import type { Migration } from './migration.ts';

export const githubAuthors: Migration = {
  name: 'who opened and wrote what, by name',
  sql: `
    CREATE INDEX github_issue_author ON github_issue (author COLLATE NOCASE, created_at)
      WHERE author IS NOT NULL;
    CREATE INDEX github_commit_author ON github_commit (author COLLATE NOCASE, committed_at)
      WHERE author IS NOT NULL;
  `,
};
