import type { TopLevelSpec } from 'vega-lite';
import { page } from '../chart/page.ts';
import { type Theme, theme } from '../theme.ts';
import { coursePanel } from './course-panel.ts';
import type { Alerts } from './read.ts';
import { headlineOf } from './words.ts';

/** The incident that is looked at: its days, what was usual for them, and when it opened. */
export function alertsChart(alerts: Alerts, name: Theme): TopLevelSpec | undefined {
  const { shown } = alerts;
  const look = theme(name);
  const panel = shown?.kind === 'movement' ? coursePanel(shown, look) : undefined;
  return panel && page({ title: 'Alerts', headline: headlineOf(alerts), look, panels: [panel] });
}
