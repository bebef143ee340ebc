import type { TopLevelSpec } from 'vega-lite';
import { page } from '../chart/page.ts';
import { type Theme, theme } from '../theme.ts';
import { coursePanel } from './course-panel.ts';
import type { Alerts } from './read.ts';
import { sentenceOf } from './words.ts';

/** The incident that is looked at: its days, what was usual for them, and when it opened. */
export function alertsChart({ shown }: Alerts, name: Theme): TopLevelSpec | undefined {
  if (shown?.kind !== 'movement') return undefined;
  const look = theme(name);
  const panel = coursePanel(shown, look);
  return panel && page({ title: 'Alerts', headline: sentenceOf(shown), look, panels: [panel] });
}
