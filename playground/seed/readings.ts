import { randomUUID } from 'node:crypto';
import { ALL_SUBJECTS } from '../../db/collections.ts';
import { addDays, type Day, dayOf } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { statement } from '../../db/statement.ts';
import { type Subject, setTracked, trackedSubjects } from '../../db/subjects.ts';
import { insertRows, type Value } from './rows.ts';

const HOUR_MS = 3_600_000;
/** For how long the sample projects have been polled, as the status tells it. */
const TRACKED_DAYS = 400;
const RUN_DAYS = 10;
/** Hours between two polls; the last one was so long ago as well. */
const EVERY_HOURS = 6;
const GIGABYTE = 1e9;
/** What a query of the last day is billed for, and its price in US dollars. */
const BILLED = { bytes: 3 * GIGABYTE, costUsd: 0.019 };
const NOTHING = { bytes: 0, costUsd: 0 };

const RUN_COLUMNS = [
  'id',
  'parent_id',
  'source',
  'subject_id',
  'part',
  'started_at',
  'ended_at',
  'requests',
  'rows',
  'bytes',
  'cost_usd',
  'outcome',
] as const;

/** Puts the sample projects on the list, and makes up how their numbers were read. */
export function seedReadings(db: Db, lastDay: Day, now: number): void {
  const since = `${addDays(lastDay, -TRACKED_DAYS)}T09:00:00.000Z`;
  const ids = statement(db, 'SELECT id FROM subject').pluck().all() as number[];
  for (const id of ids) setTracked(db, id, since);
  const subjects = trackedSubjects(db);
  const last = new Date(now - EVERY_HOURS * HOUR_MS).toISOString();
  insertRows(
    db,
    'collection',
    ['source', 'subject_id', 'part', 'done_at', 'tried_at'],
    subjects.map(({ source, id }) => [source, id, '', last, last]),
  );
  const polls = Array.from(
    { length: (RUN_DAYS * 24) / EVERY_HOURS },
    (_, at) => now - (at + 1) * EVERY_HOURS * HOUR_MS,
  );
  const runs = polls.flatMap((at) => runsAt(at, subjects));
  insertRows(db, 'run', RUN_COLUMNS, runs);
}

/** A poll of everything, and once a day a query of the downloads. */
function runsAt(at: number, subjects: readonly Subject[]): Value[][] {
  const parentId = randomUUID();
  const [start, end] = [at, at + 900].map((ms) => new Date(ms).toISOString()) as [string, string];
  const run = (source: string, id: number, part: string, rows: number, billed = NOTHING) => [
    ...[randomUUID(), parentId, source, id, part, start, end],
    ...[1, rows, billed.bytes, billed.costUsd, 'done'],
  ];
  const isFirstOfDay = dayOf(at) !== dayOf(at - EVERY_HOURS * HOUR_MS);
  return [
    ...subjects.map(({ source, id }) => run(source, id, '', 1)),
    ...(isFirstOfDay ? [run('pypi', ALL_SUBJECTS, 'downloads', 240, BILLED)] : []),
  ];
}
