import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { addDays, type Day } from '../db/days.ts';
import type { CounterReading } from './alerts-counter.ts';

/** A value of a day, as it became visible on the day `seen`. */
export interface Arrival {
  readonly day: Day;
  readonly seen: Day;
  readonly value: number;
}

const FILES = ['series.csv', 'revisions.csv', 'cases.csv', 'polls.csv', 'labels.json'] as const;

const day = z.iso.date();
const value = z.string().min(1).transform(Number).pipe(z.number());
const optional = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('').transform(() => null), schema]);

const seriesRow = z.object({ series_id: z.string(), day, value });
const revisionRow = z.object({ series_id: z.string(), day, seen: day, value });
const caseRow = z.object({ case_id: z.string(), day, seen: optional(day), value: optional(value) });
const pollRow = z.object({ case_id: z.string(), polled_at: z.iso.datetime(), value });

const aCase = z.object({
  case_id: z.string(),
  base: z.string(),
  from: day,
  to: day,
  start: day,
  input: z.literal('polls').optional(),
  scope: z.string().optional(),
  factor: z.number().optional(),
  days: z.number().optional(),
  repaired: day.optional(),
});
const labels = z.object({
  series: z.array(z.object({ series_id: z.string(), source: z.string() })),
  cases: z.array(aCase),
});

export type Case = z.infer<typeof aCase>;

/** What a folder of alert cases holds, by id. */
export interface AlertData {
  /** The source of each series. */
  readonly sources: ReadonlyMap<string, string>;
  /** How the untouched series became visible. */
  readonly arrivals: ReadonlyMap<string, readonly Arrival[]>;
  readonly cases: readonly Case[];
  /** The days of a case that differ from its base; null: never any data. */
  readonly changes: ReadonlyMap<
    string,
    readonly (Omit<Arrival, 'value'> & { value: number | null })[]
  >;
  readonly polls: ReadonlyMap<string, readonly CounterReading[]>;
}

/** Throws an Error of one sentence when the folder is not of that form. */
export function readAlertData(folder: string): AlertData {
  const missing = FILES.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) {
    throw new Error(`${folder} is no folder of alert cases: it lacks ${missing.join(', ')}`);
  }
  const { series, cases } = checked(folder, 'labels.json', labels, readJson(folder));
  const revisions = Map.groupBy(rowsOf(folder, 'revisions.csv', revisionRow), keyOf);
  const days = rowsOf(folder, 'series.csv', seriesRow).flatMap((row) => {
    const revised = revisions.get(keyOf(row));
    return revised ?? [{ ...row, seen: addDays(row.day, 1) }];
  });
  const changes = rowsOf(folder, 'cases.csv', caseRow).map((row) => ({
    ...row,
    seen: row.seen ?? addDays(row.day, 1),
  }));
  const polls = rowsOf(folder, 'polls.csv', pollRow).map((row) => ({
    case_id: row.case_id,
    at: Date.parse(row.polled_at),
    total: row.value,
  }));
  return {
    sources: new Map(series.map(({ series_id, source }) => [series_id, source])),
    arrivals: Map.groupBy(days, ({ series_id }) => series_id),
    cases,
    changes: Map.groupBy(changes, ({ case_id }) => case_id),
    polls: Map.groupBy(polls, ({ case_id }) => case_id),
  };
}

const keyOf = (row: { series_id: string; day: Day }): string => `${row.series_id} ${row.day}`;

function readJson(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8'));
  } catch {
    throw new Error(`${join(folder, 'labels.json')} is no JSON`);
  }
}

function rowsOf<T extends z.ZodType>(folder: string, file: string, schema: T): z.infer<T>[] {
  const rows = parse(readFileSync(join(folder, file)), { columns: true, skip_empty_lines: true });
  return checked(folder, file, z.array(schema), rows);
}

function checked<T extends z.ZodType>(
  folder: string,
  file: string,
  schema: T,
  data: unknown,
): z.infer<T> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') || 'its top';
  throw new Error(`${join(folder, file)} can't be read: ${issue?.message} at ${where}`);
}
