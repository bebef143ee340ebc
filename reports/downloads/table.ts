import { PERIOD } from '../chart/periods.ts';
import type { PeriodCount } from '../counts.ts';
import type { Table } from '../report.ts';
import type { Downloads } from './history.ts';

/**
 * A row a period and package, or a period and member. `days` tells how many days of the period are
 * known; without any, downloads are empty.
 */
export function downloadsTable({ packages, split, by, granularity }: Downloads): Table {
  const period = PERIOD[granularity];
  if (split && by) {
    return {
      columns: [period, by, 'downloads', 'days', 'provisional'],
      rows: split.parts.flatMap(({ name, sums }) =>
        split.periods.map((one, at) => [
          one.start,
          name,
          sumOf(one, sums[at] ?? 0),
          ...stateOf(one),
        ]),
      ),
    };
  }
  return {
    columns: [period, 'package', 'role', 'downloads', 'days', 'provisional'],
    rows: packages.flatMap(({ name, role, periods }) =>
      periods.map((one) => [one.start, name, role, sumOf(one, one.sum), ...stateOf(one)]),
    ),
  };
}

function sumOf({ days }: PeriodCount, sum: number): number | null {
  return days > 0 ? sum : null;
}

function stateOf({ days, isProvisional }: PeriodCount): [number, string] {
  return [days, isProvisional ? 'yes' : 'no'];
}
