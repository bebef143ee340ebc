import { PERIOD } from '../chart/periods.ts';
import type { Part } from '../parts.ts';
import type { Table } from '../report.ts';
import { areThere, type VersionsData } from './history.ts';

/**
 * A row a period and line of releases, and a row a period and vulnerability; `share` is of all
 * downloads of the period, `days` tells how many of its days are known.
 */
export function versionsTable(data: VersionsData): Table {
  const rest = ['kind', 'name', 'downloads', 'share', 'days', 'provisional'];
  if (!areThere(data)) return { columns: ['week', ...rest], rows: [] };
  const { lines, exposure, granularity } = data;
  const { advisories, any } = exposure;
  const rowsOf = (kind: string, name: string, { sums }: Part) =>
    lines.periods.map(({ start, sum, days, isProvisional }, at) => {
      const value = sums[at] ?? 0;
      const share = sum > 0 ? Math.round((value / sum) * 10_000) / 10_000 : null;
      const known = days > 0 ? [value, share] : [null, null];
      return [start, kind, name, ...known, days, isProvisional ? 'yes' : 'no'];
    });
  return {
    columns: [PERIOD[granularity], ...rest],
    rows: [
      ...lines.parts.flatMap((part) => rowsOf('release', part.name, part)),
      ...advisories.flatMap(({ name, downloads }) => rowsOf('vulnerability', name, downloads)),
      ...(any ? rowsOf('vulnerable', 'any', any) : []),
    ],
  };
}
