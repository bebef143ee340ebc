import type { Table } from '../report.ts';
import { MEASURES } from './history.ts';
import { valuesOn } from './panels.ts';
import type { Summary } from './read.ts';

const PERIODS = { daily: 'day', weekly: 'week', monthly: 'month' } as const;

/** A row a period, oldest first; empty where something is not known. */
export function summaryTable({ panels, calendar }: Summary): Table {
  const columns = MEASURES.map((measure) => {
    const panel = panels.find((one) => one.measure === measure);
    return panel && valuesOn(panel, calendar);
  });
  return {
    columns: [PERIODS[calendar.cadence], 'new_stars', 'downloads', 'new_pulls', 'messages'],
    rows: calendar.spans.map(({ start }, at) => [
      start,
      ...columns.map((values) => values?.[at] ?? null),
    ]),
  };
}
