import type Database from 'better-sqlite3';
import { InputError } from './input-error.ts';
import { alertNews } from './migrations/alert-news.ts';
import { alertPosts } from './migrations/alert-posts.ts';
import { alerts } from './migrations/alerts.ts';
import { bots } from './migrations/bots.ts';
import { collecting } from './migrations/collecting.ts';
import { deafDays } from './migrations/deaf-days.ts';
import { deafSpells } from './migrations/deaf-spells.ts';
import { digestDownloads } from './migrations/digest-downloads.ts';
import { digests } from './migrations/digests.ts';
import { github } from './migrations/github.ts';
import { githubAuthors } from './migrations/github-authors.ts';
import { incidentKinds } from './migrations/incident-kinds.ts';
import type { Migration } from './migrations/migration.ts';
import { negatives } from './migrations/negatives.ts';
import { recording } from './migrations/recording.ts';
import { replacements } from './migrations/replacements.ts';
import { runs } from './migrations/runs.ts';
import { sentinels } from './migrations/sentinels.ts';
import { snoozeInstants } from './migrations/snooze-instants.ts';
import { writers } from './migrations/writers.ts';

/**
 * Every change of the schema, oldest first. Append only: a migration that was released is never
 * edited, because databases in the field have already run it. Views live in `views.ts`.
 */
export const migrations: readonly Migration[] = [
  recording,
  collecting,
  bots,
  runs,
  github,
  digests,
  githubAuthors,
  alerts,
  sentinels,
  alertPosts,
  alertNews,
  replacements,
  incidentKinds,
  deafDays,
  snoozeInstants,
  negatives,
  writers,
  digestDownloads,
  deafSpells,
];

/** Runs the migrations that `db` lacks, each in one transaction with its line in the ledger. */
export function migrate(db: Database.Database): void {
  db.exec(
    `CREATE TABLE IF NOT EXISTS migration (
       number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL
     ) STRICT`,
  );
  const done = db.prepare('SELECT count(*) FROM migration').pluck().get() as number;
  if (done > migrations.length) {
    throw new InputError(
      `This database was written by a newer Groundswell (schema ${done}, this one knows ${migrations.length}): update Groundswell, or point DATABASE_PATH at another file.`,
    );
  }
  const record = db.prepare('INSERT INTO migration VALUES (?, ?, ?)');
  for (const [index, { name, sql }] of migrations.entries()) {
    if (index < done) continue;
    db.transaction(() => {
      db.exec(sql);
      record.run(index + 1, name, new Date().toISOString());
    })();
  }
}
