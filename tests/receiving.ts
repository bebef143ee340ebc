import { randomUUID } from 'node:crypto';
import { countLineageEvents } from '../db/lineage.ts';
import { type Db, IN_MEMORY, openDatabase } from '../db/open.ts';
import type { EndedRun, Run, RunOutcome } from '../db/runs.ts';
import { ensureSubject } from '../db/subjects.ts';
import { readConfig } from '../src/config.ts';
import type { RunEvent } from '../src/lineage/events.ts';
import { createLineage, type Lineage } from '../src/lineage.ts';
import { createSources } from '../src/sources/index.ts';
import { NOW, quiet } from './sources/cases.ts';
import { type Answer, reply, startServer, type TestServer } from './sources/server.ts';

/** A receiver of lineage events, and what tells it of runs. */
export interface Receiving {
  readonly server: TestServer;
  readonly db: Db;
  /** The events that were answered well, in the order they came. */
  readonly taken: RunEvent[];
  /** `START poll docker` of each of them. */
  told(): string[];
  /** How many events are kept. */
  waiting(): number;
  /** A lineage as a process has it; stopped with the receiver. */
  prepare(timeoutMs?: number): Lineage;
  /** A run that begins now, of the headline of the only subject. */
  runOf(more?: Partial<Run>): Run;
  /** Its end, a second later. */
  endOf(run: Run, outcome?: RunOutcome, error?: string | null): EndedRun;
  close(): Promise<void>;
}

export const created = reply(201, '');

/** Answers as told, and keeps the events that were answered well. */
export function taking(taken: RunEvent[], answer: Answer): Answer {
  return async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    answer(request, response);
    if (response.statusCode < 300) taken.push(JSON.parse(text));
  };
}

/** Takes every event, with a database in memory and a clock that moves with the ends of runs. */
export async function startReceiving(): Promise<Receiving> {
  const db = openDatabase(IN_MEMORY);
  const taken: RunEvent[] = [];
  const server = await startServer(taking(taken, created));
  const running: Lineage[] = [];
  const config = readConfig({});
  const sources = createSources(config, quiet);
  let now = NOW;
  const subjectId = ensureSubject(db, 'docker', 'acme/rocket', 'acme/rocket').id;
  return {
    server,
    db,
    taken,
    told: () => taken.map(({ eventType, job }) => `${eventType} ${job.name}`),
    waiting: () => countLineageEvents(db),
    prepare(timeoutMs = 3000) {
      const url = `${server.url}/`;
      const told = { db, sources, endpoints: config, log: quiet, now: () => now, timeoutMs };
      const lineage = createLineage({ url, ...told });
      running.push(lineage);
      return lineage;
    },
    runOf(more = {}) {
      const [id, parentId] = [randomUUID(), randomUUID()];
      const startedAt = new Date(now).toISOString();
      return { id, parentId, source: 'docker', subjectId, part: '', startedAt, ...more };
    },
    endOf(run, outcome = 'done', error = null) {
      now += 1000;
      const endedAt = new Date(now).toISOString();
      return { ...run, endedAt, outcome, error, requests: 1, rows: 2, bytes: 0, costUsd: 0 };
    },
    async close() {
      for (const lineage of running) lineage.stop();
      await server.close();
    },
  };
}
