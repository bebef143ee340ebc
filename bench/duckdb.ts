import { existsSync, renameSync, rmSync } from 'node:fs';
import { dayMs } from '../db/days.ts';
import { cacheFile, communityDays } from './community.ts';

/** What we use of @duckdb/node-api, which is installed in `bench/` only. */
export interface DuckConnection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowsJson(): unknown[][] }>;
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
 * Lends the community's raw messages in DuckDB: `raw (day, channel, user)`, a row a message, in
 * order of day. The file is made at the first call.
 */
export async function withRawMessages<T>(
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
  const appender = await connection.createAppender('counts');
  for (const { day, counts } of communityDays(messages)) {
    const number = dayMs(day) / 86_400_000;
    for (const [channel, user, count] of counts) {
      for (const value of [number, channel, user, count]) appender.appendInteger(value);
      appender.endRow();
    }
  }
  appender.closeSync();
  // Within a day in no order of channel or person, as messages come.
  await connection.run(
    `CREATE TABLE raw AS
       SELECT DATE '1970-01-01' + day AS day, channel, "user"
       FROM counts, unnest(range(messages)) AS copies (copy)
       ORDER BY day, hash(channel, "user", copy)`,
  );
  await connection.run('CHECKPOINT');
}
