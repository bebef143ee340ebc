import { readFileSync } from 'node:fs';
import { InputError } from '../../db/input-error.ts';
import { plural } from '../../reports/words.ts';
import { importCsv } from '../importers/import-csv.ts';
import type { ImportResult } from '../importers/importer.ts';
import { importers } from '../importers/index.ts';
import type { Context } from './context.ts';
import { printLines, whyNot } from './io.ts';

/** Bad rows beyond this many are counted instead of shown. */
const SHOWN_BAD_ROWS = 20;

export function importFile({ io, db }: Context, kind: string, path: string): void {
  const importer = importers.find(({ name }) => name === kind);
  if (!importer) throw new InputError(`There is no importer for “${kind}”.`);
  const result = importCsv(db, importer, readText(path), io.now());
  printLines(io.stdout, [summary(result)]);
  const { badRows } = result;
  printLines(
    io.stderr,
    badRows.slice(0, SHOWN_BAD_ROWS).map(({ line, reason }) => `line ${line}: ${reason}`),
  );
  if (badRows.length > SHOWN_BAD_ROWS) {
    printLines(io.stderr, [`and ${badRows.length - SHOWN_BAD_ROWS} more like these`]);
  }
}

function summary({ rows, subjects, badRows, ...days }: ImportResult): string {
  const { newDays, changedDays, unchangedDays } = days;
  const read = `Read ${plural(rows, 'row')} about ${plural(subjects, 'subject')}`;
  const left = badRows.length > 0 ? ` ${plural(badRows.length, 'bad row')} left out.` : '';
  return `${read}: ${plural(newDays, 'day')} new, ${changedDays.toLocaleString('en')} changed, ${unchangedDays.toLocaleString('en')} as before.${left}`;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`${path} can't be read: ${whyNot(error)}.`);
  }
}
