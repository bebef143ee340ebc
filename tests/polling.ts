import { type Collection, listCollections } from '../db/collections.ts';
import { type Db, IN_MEMORY, openDatabase } from '../db/open.ts';
import { ensureSubject, type Subject, setTracked } from '../db/subjects.ts';
import type { Outcome } from '../src/poll/round.ts';
import { createPoller, type Poller, type PollerDeps } from '../src/poll.ts';
import type { Source } from '../src/sources/source.ts';
import { NOW, quiet } from './sources/cases.ts';

interface Polling {
  readonly db: Db;
  readonly poller: Poller;
  /** Lets time pass. */
  wait(ms: number): void;
  now(): number;
  track(reference: string): Subject;
  /** Every run as `source subject part outcome rows requests`, oldest first, by part. */
  runs(): string[];
  state(part: string, subjectId?: number): Collection | undefined;
}

/** A poller with a database in memory and a clock that stands still. */
export function startPolling(
  sources: readonly Source[],
  tracked: readonly string[],
  more: Partial<PollerDeps> = {},
): Polling {
  const db = openDatabase(IN_MEMORY);
  let at = NOW;
  const now = () => at;
  const poller = createPoller({ db, sources, log: quiet, now, ...more });
  const polling: Polling = {
    db,
    poller,
    now,
    wait(ms) {
      at += ms;
    },
    track(reference) {
      const [source = '', key = ''] = reference.split(':');
      const subject = ensureSubject(db, source, key, key);
      const trackedAt = new Date(at).toISOString();
      setTracked(db, subject.id, trackedAt);
      return { ...subject, trackedAt };
    },
    runs: () =>
      db
        .prepare(
          `SELECT concat_ws(' ', run.source, subject.key, part, outcome, rows, requests)
           FROM run LEFT JOIN subject ON subject.id = subject_id ORDER BY started_at, part, subject.key`,
        )
        .pluck()
        .all() as string[],
    state: (part, subjectId) =>
      listCollections(db).find(
        (each) => each.part === part && each.subjectId === (subjectId ?? each.subjectId),
      ),
  };
  for (const reference of tracked) polling.track(reference);
  return polling;
}

/** Outcomes as `source:subject part status rows`. */
export function told(outcomes: readonly Outcome[]): string[] {
  return outcomes.map(
    ({ source, subject, part, status, rows }) =>
      `${source}:${subject?.key ?? '*'} ${part || '-'} ${status} ${rows}`,
  );
}
