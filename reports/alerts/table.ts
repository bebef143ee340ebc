import type { Table } from '../report.ts';
import type { Alerts } from './read.ts';

/** The days of the incident that is drawn, beside what was usual for each. */
export function alertsTable({ shown }: Alerts): Table {
  const near = shown?.kind === 'movement' ? shown : undefined;
  return {
    columns: ['incident', 'subject', 'metric', 'day', 'value', 'low', 'high'],
    rows: (near?.course.days ?? []).map(({ day, value, low, high }) => {
      const { id, subjectName, metric } = near?.incident ?? {};
      return [id ?? null, subjectName ?? null, metric ?? null, day, value, low, high];
    }),
  };
}
