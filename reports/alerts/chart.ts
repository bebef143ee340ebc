import type { TopLevelSpec } from 'vega-lite';
import { page } from '../chart/page.ts';
import { shorten } from '../chart/text.ts';
import { seriesInWords } from '../incident-words.ts';
import { SIZE, type Theme, theme } from '../theme.ts';
import { capitalised } from '../words.ts';
import { coursePanel } from './course-panel.ts';
import type { Alerts } from './read.ts';
import { sentenceOf } from './words.ts';

const TITLE_WIDTH = SIZE.width - 20;

/** The incident that is looked at: its days, and what was usual for them. */
export function alertsChart({ shown }: Alerts, name: Theme): TopLevelSpec | undefined {
  if (shown?.kind !== 'movement') return undefined;
  const look = theme(name);
  const panel = coursePanel(shown, look);
  const title = shorten(
    `${capitalised(seriesInWords(shown.incident))}, a day`,
    SIZE.title,
    TITLE_WIDTH,
  );
  return panel && page({ title, headline: sentenceOf(shown), look, panels: [panel] });
}
