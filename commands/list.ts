import { type Latest, latestValues } from '../db/latest.ts';
import type { Command, TextItem } from './command.ts';

export const list: Command = {
  name: 'list',
  summary: 'What there is data of, with the newest numbers',
  usage: '',
  run(_request, { db, tracker }) {
    const bySubject = Map.groupBy(latestValues(db), (row) => `${row.source}:${row.subjectName}`);
    if (bySubject.size === 0) {
      return {
        kind: 'text',
        title: 'Nothing is tracked yet',
        lines: [`Begin with /metrics track ${tracker.forms[0]}.`],
      };
    }
    const items: TextItem[] = [];
    for (const [name, rows] of bySubject) items.push({ name, detail: newest(rows) });
    return { kind: 'text', title: 'What there is data of', lines: [], items };
  },
};

function newest(rows: readonly Latest[]): string {
  const said = newestValues(rows);
  return rows[0]?.trackedAt === null ? `${said}; not polled` : said;
}

/** What is known of one subject: `2,347 stars on 2026-11-21, 12 forks on 2026-11-21`. */
export function newestValues(rows: readonly Latest[]): string {
  const values = rows.flatMap(({ metric, day, value }) =>
    metric === null || day === null || value === null
      ? []
      : [`${value.toLocaleString('en')} ${measure(metric)} on ${day}`],
  );
  return values.join(', ') || 'no numbers yet';
}

function measure(metric: string): string {
  return metric.replace(/^\w+\./, '').replaceAll('_', ' ');
}
