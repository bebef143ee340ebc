import type { TopLevelSpec } from 'vega-lite';
import { page } from '../chart/page.ts';
import { type Theme, theme } from '../theme.ts';
import { periodTitle } from './calendar.ts';
import { multiplesPanel } from './multiples.ts';
import type { Summary } from './read.ts';
import { headlineOf } from './sections.ts';

export function summaryChart(summary: Summary, name: Theme): TopLevelSpec | undefined {
  if (summary.panels.length === 0) return undefined;
  const look = theme(name);
  return page({
    title: periodTitle(summary.calendar),
    headline: headlineOf(summary),
    look,
    panels: [multiplesPanel(summary, look)],
  });
}
