import { existsSync, renameSync, rmSync } from 'node:fs';
import { DAY_MS, type Day, dayMs } from '../db/days.ts';
import { communityDays, communityStars, communityVersions, REPOSITORIES } from './community.ts';
import { cacheFile } from './community-db.ts';

/** What we use of @duckdb/node-api, which is installed in `bench/` only. */
export interface DuckConnection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): Record<string, unknown>[] }>;
  createAppender(table: string): Promise<Appender>;
  closeSync(): void;
}

interface Appender {
  appendInteger(value: number): void;
  endRow(): void;
  closeSync(): void;
}

interface DuckDb {
  readonly DuckDBInstance: {
    create(path: string): Promise<{ connect(): Promise<DuckConnection>; closeSync(): void }>;
  };
}

/** DuckDB's module, or undefined where `bench/` has not been installed. */
export async function loadDuckDb(): Promise<DuckDb | undefined> {
  // Not a literal, so that the types check without the package.
  const name: string = '@duckdb/node-api';
  try {
    return (await import(name)) as DuckDb;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
      return undefined;
    }
    throw error;
  }
}

/**
 * Lends the community's raw rows in DuckDB: `raw (day, channel, user)`, a row a message, in order
 * of day, `stars (day, repository, stars)`, `pulls (day, image, pulls)` and `downloads (day,
 * version, downloads)`. The file is made at the first call.
 */
export async function withRawRows<T>(
  { DuckDBInstance }: DuckDb,
  messages: number,
  use: (connection: DuckConnection) => Promise<T>,
): Promise<T> {
  const path = cacheFile(`community-${messages}.duckdb`);
  if (!existsSync(path)) {
    const draft = `${path}.draft`;
    rmSync(draft, { force: true });
    const instance = await DuckDBInstance.create(draft);
    const connection = await instance.connect();
    await fill(connection, messages);
    connection.closeSync();
    instance.closeSync();
    renameSync(draft, path);
  }
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function fill(connection: DuckConnection, messages: number): Promise<void> {
  await connection.run(
    'CREATE TEMP TABLE counts (day INTEGER, channel INTEGER, "user" INTEGER, messages INTEGER)',
  );
  const counted = await connection.createAppender('counts');
  for (const { day, counts } of communityDays(messages)) {
    for (const row of counts) append(counted, dayNumber(day), ...row);
  }
  counted.closeSync();
  // Within a day in no order of channel or person, as messages come.
  await connection.run(
    `CREATE TABLE raw AS
       SELECT DATE '1970-01-01' + day AS day, channel, "user"
       FROM counts, unnest(range(messages)) AS copies (copy)
       ORDER BY day, hash(channel, "user", copy)`,
  );

  await connection.run('CREATE TEMP TABLE totals (day INTEGER, repository INTEGER, stars INTEGER)');
  const totals = await connection.createAppender('totals');
  for (let n = 1; n <= REPOSITORIES; n++) {
    for (const { day, value } of communityStars(n)) append(totals, dayNumber(day), n, value);
  }
  totals.closeSync();
  await connection.run(
    `CREATE TABLE stars AS SELECT DATE '1970-01-01' + day AS day, repository, stars FROM totals`,
  );
  await connection.run(
    'CREATE VIEW pulls AS SELECT day, repository AS image, stars AS pulls FROM stars',
  );
  await connection.run(
    'CREATE TEMP TABLE numbers (day INTEGER, number INTEGER, downloads INTEGER)',
  );
  const numbers = await connection.createAppender('numbers');
  for (const { number, values } of communityVersions()) {
    for (const { day, value } of values) append(numbers, dayNumber(day), number, value);
  }
  numbers.closeSync();
  await connection.run(
    `CREATE TABLE downloads AS
       SELECT DATE '1970-01-01' + day AS day, number AS version, downloads FROM numbers`,
  );
  await connection.run('CHECKPOINT');
}

function append(appender: Appender, ...values: readonly number[]): void {
  for (const value of values) appender.appendInteger(value);
  appender.endRow();
}

function dayNumber(day: Day): number {
  return dayMs(day) / DAY_MS;
}
