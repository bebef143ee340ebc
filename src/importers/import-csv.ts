import { CsvError, parse } from 'csv-parse/sync';
import { type Day, dayOf } from '../../db/days.ts';
import { InputError } from '../../db/input-error.ts';
import type { Db } from '../../db/open.ts';
import { type DayValue, knownDays, saveDays } from '../../db/series.ts';
import { sum } from '../../db/statistics.ts';
import { ensureSubject } from '../../db/subjects.ts';
import type { Reference } from '../sources/source.ts';
import { BadCell, quoted, readCount, readDay } from './cells.ts';
import type { BadRow, Columns, Importer, ImportResult } from './importer.ts';

interface SubjectDays {
  readonly reference: Reference;
  readonly days: Map<Day, number>;
}

/**
 * Imports the text of a CSV file in one transaction. Of many rows for a day the largest value
 * counts. Bad rows are left out and named. Throws an InputError for a file of another shape.
 *
 * @param now milliseconds since the epoch
 */
export function importCsv(db: Db, importer: Importer, text: string, now: number): ImportResult {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const columns = matchShape(importer, readLine(header) ?? []);
  const subjects = new Map<string, SubjectDays>();
  const badRows: BadRow[] = [];
  const today = dayOf(now);
  let rows = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    rows += 1;
    try {
      takeRow(subjects, importer, columns, readLine(line), today);
    } catch (error) {
      if (!(error instanceof BadCell)) throw error;
      badRows.push({ line: index + 2, reason: error.message });
    }
  }
  const saved = db.transaction(() =>
    [...subjects.values()].map((subject) => save(db, importer, subject, now)),
  )();
  return {
    rows,
    subjects: subjects.size,
    newDays: sum(saved.map(({ newDays }) => newDays)),
    changedDays: sum(saved.map(({ changedDays }) => changedDays)),
    unchangedDays: sum(saved.map(({ unchangedDays }) => unchangedDays)),
    badRows,
  };
}

/**
 * Reads each line by itself: no cell of these files holds a line break, so a quote that is never
 * closed spoils its own line and not the rest of the file. Undefined for such a line.
 */
function readLine(line: string): string[] | undefined {
  // The parser takes most of the time of a large file, and is worth it only for quotes.
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim());
  try {
    const [cells = []] = parse(line, { relax_column_count: true, relax_quotes: true, trim: true });
    return cells;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/** Where the three columns stand in `header`: names in any case and order, others between them. */
function matchShape(importer: Importer, header: readonly string[]): Record<keyof Columns, number> {
  const names = header.map((name) => name.toLowerCase());
  for (const shape of importer.shapes) {
    const day = names.indexOf(shape.day.toLowerCase());
    const subject = names.indexOf(shape.subject.toLowerCase());
    const value = names.indexOf(shape.value.toLowerCase());
    if (day >= 0 && subject >= 0 && value >= 0) return { day, subject, value };
  }
  const wanted = importer.shapes.map((s) => `${s.day},${s.subject},${s.value}`).join(' or ');
  throw new InputError(`The first line of the file has to name the columns ${wanted}.`);
}

function takeRow(
  subjects: Map<string, SubjectDays>,
  importer: Importer,
  columns: Record<keyof Columns, number>,
  cells: readonly string[] | undefined,
  today: Day,
): void {
  if (!cells) throw new BadCell('a quote is never closed');
  const day = readDay(cells[columns.day] ?? '', today);
  const name = cells[columns.subject] ?? '';
  const reference = importer.parse(name);
  const [shape] = importer.shapes;
  if (!reference) throw new BadCell(`the ${shape?.subject} is ${quoted(name)}, which can't be one`);
  const value = readCount(cells[columns.value] ?? '', `the number of ${importer.name}`);
  const known = subjects.get(reference.key) ?? { reference, days: new Map() };
  subjects.set(reference.key, known);
  known.days.set(day, Math.max(known.days.get(day) ?? 0, value));
}

function save(db: Db, importer: Importer, { reference, days }: SubjectDays, now: number) {
  const { source, metric, kind } = importer;
  const subject = ensureSubject(db, source, reference.key, reference.name);
  const before = knownDays(db, subject.id, metric);
  const values: DayValue[] = [...days].map(([day, value]) => ({ day, value }));
  const touched = saveDays(db, { subjectId: subject.id, metric, kind }, values, {
    origin: 'import',
    seenAt: new Date(now).toISOString(),
  });
  const newDays = values.filter(({ day }) => !before.has(day)).length;
  return {
    newDays,
    changedDays: touched - newDays,
    unchangedDays: values.length - touched,
  };
}
