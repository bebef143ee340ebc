import { InputError } from '../../db/input-error.ts';
import { type Db, databaseError, openDatabase } from '../../db/open.ts';
import { isSample } from '../../db/sample.ts';
import { type Config, readConfig } from '../config.ts';
import { lineageFor } from '../lineage.ts';
import { createLog } from '../log.ts';
import { createPoller, type Poller } from '../poll.ts';
import { SAMPLE_NOTE } from '../sample/label.ts';
import { createSources } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import { createTracking, type Tracking } from '../tracking.ts';
import { type Io, printLines } from './io.ts';

/** What the commands of the command line work with. */
export interface Context {
  readonly io: Io;
  readonly config: Config;
  readonly db: Db;
  readonly sources: readonly Source[];
  readonly poller: Poller;
  readonly tracking: Tracking;
  /** Aborted, it ends what the poller reads between two batches. */
  readonly stopping: AbortController;
}

/** Opens the database for `work` and closes it behind it. Throws a ConfigError, and what `work` throws. */
export async function withContext(
  io: Io,
  work: (context: Context) => void | Promise<void>,
): Promise<void> {
  const config = readConfig(io.env);
  // Whoever sits at the terminal is told in sentences; the log is for those who ask for it.
  const log = createLog(config.logLevel === 'info' ? 'silent' : config.logLevel);
  const db = openDatabase(config.databasePath);
  const { now } = io;
  const sources = createSources(config, log);
  const lineage = lineageFor(config, { db, sources, log, now });
  if (isSample(db)) printLines(io.stderr, [SAMPLE_NOTE]);
  try {
    const stopping = new AbortController();
    const observers = lineage ? [lineage.observer] : [];
    const poller = createPoller({ db, sources, log, now, signal: stopping.signal, observers });
    const tracking = createTracking({ db, sources, poller, now });
    await work({ io, config, db, sources, poller, tracking, stopping });
  } catch (error) {
    throw databaseError(error, config.databasePath);
  } finally {
    await lineage?.flush();
    lineage?.stop();
    db.close();
  }
}

/** Throws an InputError where what is tracked is made up: something real may have its name. */
export function refuseSample({ db, config }: Context): void {
  if (!isSample(db)) return;
  throw new InputError(
    `${config.databasePath} holds the sample data of the playground, about which nobody is asked: set DATABASE_PATH to another file.`,
  );
}
