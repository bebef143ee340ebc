import type { Table } from '../report.ts';
import type { Stars } from './history.ts';

/** Totals: a row a day. New stars: a row a period, empty where they are not known. */
export function starsTable({ measure, granularity, repositories }: Stars): Table {
  if (measure === 'total') {
    return {
      columns: ['day', 'repository', 'stars', 'provisional'],
      rows: repositories.flatMap(({ name, points, finished }) =>
        points.map(({ day, value }) => [day, name, value, day > finished ? 'yes' : 'no']),
      ),
    };
  }
  const period = { daily: 'day', weekly: 'week', monthly: 'month' }[granularity];
  return {
    columns: [period, 'repository', 'new_stars', 'provisional'],
    rows: repositories.flatMap(({ name, gains }) =>
      gains.map(({ start, value, isProvisional }) => [
        start,
        name,
        value,
        isProvisional ? 'yes' : 'no',
      ]),
    ),
  };
}
