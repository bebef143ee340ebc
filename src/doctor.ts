import type { Config } from './config.ts';
import { bounded } from './doctor/bounded.ts';
import { checkDatabase } from './doctor/database.ts';
import { checkLineage } from './doctor/lineage.ts';
import { checkNode } from './doctor/node.ts';
import { checkPictures } from './doctor/pictures.ts';
import { checkSlack } from './doctor/slack.ts';
import type { Checkup, Source } from './sources/source.ts';

interface DoctorDeps {
  readonly config: Config;
  readonly sources: readonly Source[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long one check may take. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 8000;

/** Asking for a checkup is not charged to anybody's run. */
const NO_METER = { request() {}, billed() {} };

/**
 * Tries whatever the settings promise, all of it side by side, and yields line by line in a fixed
 * order. Never throws: what fails is a line that says how to mend it.
 */
export async function* examine(deps: DoctorDeps): AsyncGenerator<Checkup> {
  const { config, sources, now, patienceMs = PATIENCE_MS } = deps;
  const check = (what: string, work: (signal: AbortSignal) => Promise<Checkup[]>) =>
    bounded(what, patienceMs, work);
  const checks = [
    check('Node.js', async () => [checkNode()]),
    check('Database', async () => checkDatabase(config.databasePath)),
    check('Slack', () => checkSlack(config)),
    ...sources.map((source) =>
      check(source.title, (signal) =>
        source.checkup({ now: now(), first: false, signal, meter: NO_METER }),
      ),
    ),
    check('Lineage', async (signal) => [await checkLineage(config.openLineageUrl, signal)]),
    check('Pictures', async () => [await checkPictures(patienceMs)]),
  ];
  for (const lines of checks) yield* await lines;
}
