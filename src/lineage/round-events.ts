import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { dayOf } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { qualityChecks } from '../../db/quality.ts';
import type { EndedRun, Run } from '../../db/runs.ts';
import { type Dataset, failed, JOBS, type RunOf, runEvent } from './events.ts';
import { type Assertion, assertionsFacet, jobFacets, parentFacet } from './facets.ts';
import type { Ledger } from './ledger.ts';
import { type Model, modelDataset, modelsAfter, tablesOf } from './models.ts';

/** How long a round is quiet before it counts as over: nobody says when it is. */
const QUIET_MS = 30_000;

/** How many rounds that are over are remembered, so that a late run does not begin one again. */
const REMEMBERED = 100;

interface OpenRound {
  readonly id: string;
  readonly source: string;
  readonly open: Set<string>;
  ended: number;
  unfinished: number;
  timer?: NodeJS.Timeout;
}

interface RoundEventsDeps {
  readonly db: Db;
  readonly ledger: Ledger;
  readonly table: (name: string) => Dataset;
  readonly titleOf: (source: string) => string;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What is reported of rounds, of the schedule or of a command. One begins with its first run. */
interface RoundEvents {
  started(run: Run): void;
  ended(run: EndedRun): void;
  /**
   * Reports the end of every round without an open run, after the models that its data flow into.
   * Never throws.
   */
  settle(): void;
}

/** The job of a round. */
export function roundJob(source: string): string {
  return `poll ${source}`;
}

export function createRoundEvents({
  db,
  ledger,
  table,
  titleOf,
  log,
  now,
}: RoundEventsDeps): RoundEvents {
  const rounds = new Map<string, OpenRound>();
  const over = new Set<string>();

  function roundOf({ id, source }: OpenRound): RunOf {
    const description = `A round of readings from ${titleOf(source)}.`;
    const job = roundJob(source);
    return { runId: id, job, jobFacets: jobFacets('JOB', description), inputs: [], outputs: [] };
  }

  function settle(round: OpenRound): void {
    clearTimeout(round.timer);
    rounds.delete(round.id);
    over.add(round.id);
    for (const id of over) {
      if (over.size <= REMEMBERED) break;
      over.delete(id);
    }
    try {
      db.transaction(tellEnd)(round);
    } catch (error) {
      log.error({ err: error }, 'the end of a round not written down for lineage');
    }
  }

  function tellEnd(round: OpenRound): void {
    const { ended, unfinished } = round;
    if (unfinished < ended) {
      const assertions = assertionsNow();
      for (const model of modelsAfter(round.source)) tell(model, round, assertions);
    }
    const at = new Date(now()).toISOString();
    const event = runEvent('COMPLETE', at, roundOf(round));
    const why = `${unfinished} of ${ended} readings did not come to their end.`;
    ledger.end(unfinished === 0 ? event : failed(event, at, why));
  }

  /** The checks of the status, as they went on what the models are made of. */
  function assertionsNow(): Assertion[] {
    return qualityChecks(db, { today: dayOf(now()) }).map(({ name, title, ok, failed: count }) => ({
      assertion: name,
      success: ok,
      description: `${title}.`,
      actual: `${count} found`,
    }));
  }

  /**
   * A view is never run: what is reported is how it follows from the tables, and how they look now.
   */
  function tell(model: Model, { id, source }: OpenRound, assertions: readonly Assertion[]): void {
    const instant = new Date(now()).toISOString();
    const description = `The view ${model.view}, which follows its tables by itself.`;
    const of: RunOf = {
      runId: randomUUID(),
      job: `model ${model.view}`,
      jobFacets: jobFacets('MODEL', description),
      runFacets: parentFacet(id, { namespace: JOBS, name: roundJob(source) }),
      inputs: tablesOf(model).map((name) =>
        name === 'series_day'
          ? { ...table(name), inputFacets: assertionsFacet(assertions) }
          : table(name),
      ),
      outputs: [modelDataset(model, table)],
    };
    ledger.begin(runEvent('START', instant, of));
    ledger.end(runEvent('COMPLETE', instant, of));
  }

  return {
    started({ id, parentId, source, startedAt }) {
      if (over.has(parentId)) return;
      let round = rounds.get(parentId);
      if (!round) {
        round = { id: parentId, source, open: new Set(), ended: 0, unfinished: 0 };
        rounds.set(parentId, round);
        ledger.begin(runEvent('START', startedAt, roundOf(round)));
      }
      clearTimeout(round.timer);
      round.open.add(id);
    },
    ended({ id, parentId, outcome }) {
      const round = rounds.get(parentId);
      if (!round?.open.delete(id)) return;
      round.ended += 1;
      if (outcome !== 'done') round.unfinished += 1;
      if (round.open.size === 0) round.timer = setTimeout(settle, QUIET_MS, round).unref();
    },
    settle() {
      for (const round of rounds.values()) if (round.open.size === 0) settle(round);
    },
  };
}
