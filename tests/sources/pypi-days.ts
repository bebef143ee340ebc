import { addDays } from '../../db/days.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { createWarehouse } from '../../src/sources/pypi/bigquery.ts';
import { createDownloads } from '../../src/sources/pypi/downloads.ts';
import type { CollectContext } from '../../src/sources/source.ts';
import type { BigQueryServer } from './bigquery-server.ts';
import { collect } from './collect.ts';

/** A database, and the part `downloads` that reads from the server into it. */
export function prepareDownloads(server: () => BigQueryServer, maxBytes = 50e9) {
  const db = openDatabase(IN_MEMORY);
  const subjectOf = (key: string) => ensureSubject(db, 'pypi', key, key);
  const part = createDownloads(
    createWarehouse({ project: 'acme', maxBytes, maxRetryDelay: 0.001 }),
  );
  return {
    db,
    subjectOf,
    rocket: subjectOf('acme-rocket'),
    /** Reads `keys`, and answers what was asked for, newest first, dry runs left out. */
    async read(keys: readonly string[], context: Partial<CollectContext> = {}) {
      server().asked.length = 0;
      const collected = await collect(db, 'pypi', part, keys.map(subjectOf), context);
      const ranges = server()
        .asked.filter(({ isDry }) => !isDry)
        .map(({ projects, first, end }) => {
          const last = addDays(end.slice(0, 10), -1);
          return `${first.slice(0, 10)}..${last} ${projects.join(' ')}`;
        });
      return { ...collected, ranges };
    },
  };
}

/** `day metric dimension member value` */
export function rowsOf(db: Db): unknown[] {
  return db
    .prepare(
      `SELECT day || ' ' || metric || ' ' || dimension || ' ' || member || ' ' || value
       FROM series JOIN series_day ON series_id = id ORDER BY 1`,
    )
    .pluck()
    .all();
}
