import { PERIOD } from '../chart/periods.ts';
import type { Table } from '../report.ts';
import type { Kind } from './kind.ts';
import type { Totals } from './read.ts';

/** Totals: a row a day. New ones: a row a period, empty where they are not known. */
export function totalsTable(
  { measure, granularity, totals }: Totals,
  { subject, many }: Kind,
): Table {
  if (measure === 'total') {
    return {
      columns: ['day', subject, many, 'provisional'],
      rows: totals.flatMap(({ name, points, finished }) =>
        points.map(({ day, value }) => [day, name, value, day > finished ? 'yes' : 'no']),
      ),
    };
  }
  return {
    columns: [PERIOD[granularity], subject, `new_${many}`, 'provisional'],
    rows: totals.flatMap(({ name, gains }) =>
      gains.map(({ start, value, isProvisional }) => [
        start,
        name,
        value,
        isProvisional ? 'yes' : 'no',
      ]),
    ),
  };
}
