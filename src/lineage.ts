import type { Logger } from 'pino';
import type { Db } from '../db/open.ts';
import type { EndedRun, Run } from '../db/runs.ts';
import { subjectById } from '../db/subjects.ts';
import { atMost } from './at-most.ts';
import type { Config } from './config.ts';
import { createTables, type Endpoints, trafficOf } from './lineage/datasets.ts';
import { failed, JOBS, type RunOf, runEvent } from './lineage/events.ts';
import { jobFacets, parentFacet, statisticsFacet } from './lineage/facets.ts';
import { createLedger } from './lineage/ledger.ts';
import { createRoundEvents, roundJob } from './lineage/round-events.ts';
import { createSender } from './lineage/sender.ts';
import type { RunObserver } from './poll/runs.ts';
import type { Source } from './sources/source.ts';

interface LineageDeps {
  /** Where events go: the receiver's address, without `/api/v1/lineage`. */
  readonly url: string;
  readonly db: Db;
  readonly sources: readonly Source[];
  readonly endpoints: Endpoints;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly timeoutMs?: number;
}

/** Reports every run to an OpenLineage receiver, without ever holding it up. */
export interface Lineage {
  /** Writes events down, at once and without the network. */
  readonly observer: RunObserver;
  /** Sends in the background from now on, and ends what a process before this one left open. */
  start(): void;
  /**
   * Ends rounds that are over and sends what is kept, for a few seconds at most; does nothing in a
   * process that has reported nothing. Never throws.
   */
  flush(): Promise<void>;
  /** Ends rounds that are over and stops sending. What was not sent is kept for the next start. */
  stop(): void;
}

const TIMEOUT_MS = 5000;

/** How long a flush may take. */
const FLUSH_MS = 3000;

/** How long events gather before they are sent. */
const GATHER_MS = 100;

/** How long a receiver that does not take events is left alone: at first, and at most. */
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 600_000;

/** Undefined where nobody wants to be told. */
export function lineageFor(
  config: Config,
  deps: Pick<LineageDeps, 'db' | 'sources' | 'log' | 'now'>,
): Lineage | undefined {
  const { openLineageUrl: url } = config;
  return url ? createLineage({ ...deps, url, endpoints: config }) : undefined;
}

export function createLineage(deps: LineageDeps): Lineage {
  const { url, db, sources, log, now, timeoutMs = TIMEOUT_MS } = deps;
  const table = createTables(db);
  const sender = createSender({ db, url, log, timeoutMs });
  const ledger = createLedger({ db, log, onEvent: wake });
  const titleOf = (id: string) => sources.find((source) => source.id === id)?.title ?? id;
  const rounds = createRoundEvents({ db, ledger, table, titleOf, log, now });
  let isOn = false;
  let hasTold = false;
  let timer: NodeJS.Timeout | undefined;
  let wait = FIRST_WAIT_MS;

  function wake(): void {
    hasTold = true;
    if (isOn) timer ??= setTimeout(pump, GATHER_MS).unref();
  }

  async function pump(): Promise<void> {
    timer = undefined;
    const isEmpty = await sender.send();
    if (!isOn) return;
    if (!isEmpty) {
      clearTimeout(timer);
      timer = setTimeout(pump, wait).unref();
    }
    wait = isEmpty ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  /** @param rows how many were written; undefined while that is not known */
  function runOf({ id, parentId, source, part, subjectId }: Run, rows?: number): RunOf {
    const subject = subjectById(db, subjectId);
    const key = subject?.key ?? '';
    const { reads, writes } = trafficOf(deps.endpoints, source, part, key);
    const title = sources
      .find((known) => known.id === source)
      ?.parts.find(({ name }) => name === part)?.title;
    const what = title ?? 'the headline numbers';
    const of = subject ? ` of ${subject.name}` : '';
    return {
      runId: id,
      job: [source, part || 'headline', key].filter(Boolean).join('.'),
      jobFacets: jobFacets('JOB', `Reads ${what}${of} from ${titleOf(source)}.`),
      runFacets: parentFacet(parentId, { namespace: JOBS, name: roundJob(source) }),
      inputs: reads,
      outputs: writes.map((name, index) =>
        // A run counts its rows together: they are reported for the table that it is about.
        index === 0 && rows !== undefined
          ? { ...table(name), outputFacets: statisticsFacet(rows) }
          : table(name),
      ),
    };
  }

  function started(run: Run): void {
    db.transaction(() => {
      rounds.started(run);
      ledger.begin(runEvent('START', run.startedAt, runOf(run)));
    })();
  }

  /** Only what was read to its end is complete; what a cut or limited run has read is kept. */
  function ended(run: EndedRun): void {
    const event = runEvent('COMPLETE', run.endedAt, runOf(run, run.rows));
    const why = run.error ?? 'It was cut off.';
    db.transaction(() => {
      ledger.end(run.outcome === 'done' ? event : failed(event, run.endedAt, why));
      rounds.ended(run);
    })();
  }

  return {
    observer: { started, ended },
    start() {
      isOn = true;
      ledger.endAbandoned(new Date(now()).toISOString());
      timer ??= setTimeout(pump, GATHER_MS).unref();
    },
    async flush() {
      if (!hasTold) return;
      rounds.settle();
      await atMost(FLUSH_MS, sender.send(performance.now() + FLUSH_MS));
    },
    stop() {
      isOn = false;
      clearTimeout(timer);
      rounds.settle();
      sender.stop();
    },
  };
}
