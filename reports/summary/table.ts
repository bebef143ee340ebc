import { PERIOD } from '../chart/periods.ts';
import type { Table } from '../report.ts';
import { MEASURES } from './history.ts';
import { sumsByStart } from './panels.ts';
import type { Summary } from './read.ts';

/** A row a period, oldest first; empty where something is not known, or not of the reported days. */
export function summaryTable({ panels, calendar: { cadence, spans } }: Summary): Table {
  const columns = MEASURES.map((measure) => {
    const panel = panels.find((one) => one.measure === measure);
    return panel && sumsByStart(panel);
  });
  const starts = spans.map(({ start }) => start);
  // Of days, those of a late source are of another weekday.
  const all = cadence === 'daily' ? columns.flatMap((sums) => [...(sums?.keys() ?? [])]) : [];
  return {
    columns: [PERIOD[cadence], 'new_stars', 'downloads', 'new_pulls', 'messages'],
    rows: [...new Set([...starts, ...all])]
      .toSorted()
      .map((start) => [start, ...columns.map((sums) => sums?.get(start) ?? null)]),
  };
}
