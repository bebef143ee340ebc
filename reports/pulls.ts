import { page } from './chart/page.ts';
import type { Report } from './report.ts';
import { theme } from './theme.ts';
import { titleOf, totalsPanel } from './totals/chart.ts';
import { PULLS } from './totals/kind.ts';
import { readTotals, type Totals, type TotalsParams, totalsParams } from './totals/read.ts';
import { totalsTable } from './totals/table.ts';
import { headlineOf, totalsWords } from './totals/words.ts';

export const pulls: Report<TotalsParams, Totals> = {
  name: 'pulls',
  title: PULLS.title,
  summary: 'How often images are pulled from Docker Hub, and whether growth speeds up.',
  params: totalsParams,
  query: (db, params, viewer) => readTotals(db, PULLS, params, viewer),
  chart(data, name) {
    const look = theme(name);
    const panel = totalsPanel(data, PULLS, look);
    const head = { title: titleOf(data, PULLS), headline: headlineOf(data, PULLS), look };
    return panel && page({ ...head, panels: [panel] });
  },
  words: (data) => totalsWords(data, PULLS),
  table: (data) => totalsTable(data, PULLS),
};
