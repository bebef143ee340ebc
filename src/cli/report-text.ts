import type { TopLevelSpec } from 'vega-lite';
import type { Answer, Table } from '../../reports/report.ts';

/** The answer in words, for people. */
export function toText({ title, words }: Answer): string {
  const ranking = (words.ranking ?? []).map(
    ({ name, detail }, index) => `${index + 1}. ${name}: ${detail}`,
  );
  const blocks = [[title, words.headline], words.lines, ranking, words.notes];
  const filled = blocks.filter(({ length }) => length > 0).map((lines) => lines.join('\n'));
  return `${filled.join('\n\n')}\n`;
}

/**
 * The numbers as RFC 4180 has them, but with plain line ends. Missing values are empty. A text that
 * a spreadsheet would take for a formula gets an apostrophe in front, because people choose their
 * names: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function cell(value: string | number | null): string {
  const isFormula = typeof value === 'string' && /^[=+\-@\t\r]/.test(value);
  const text = value === null ? '' : `${isFormula ? "'" : ''}${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Words, numbers and the Vega-Lite spec (null where there is nothing to draw). */
export function toJson({ title, words, table }: Answer, spec: TopLevelSpec | undefined): string {
  return `${JSON.stringify({ title, words, table, spec: spec ?? null }, null, 2)}\n`;
}
