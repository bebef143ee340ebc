import type { TopLevelSpec } from 'vega-lite';
import { page } from '../chart/page.ts';
import { type Theme, theme } from '../theme.ts';
import { type TotalsView, titleOf, totalsPanel } from '../totals/chart.ts';
import { STARS } from '../totals/kind.ts';
import { headlineOf } from '../totals/words.ts';
import type { Stars } from './history.ts';

export function starsChart(data: Stars, name: Theme): TopLevelSpec | undefined {
  const look = theme(name);
  const isAge = data.align === 'age';
  const firstStars = new Map(data.totals.map(({ seriesId, firstStar }) => [seriesId, firstStar]));
  const view: TotalsView = {
    x: isAge ? { kind: 'age', since: 'the first star' } : { kind: 'date' },
    ...(isAge && { originOf: ({ seriesId }) => firstStars.get(seriesId) }),
  };
  const panel = totalsPanel(data, STARS, look, view);
  const title = titleOf(data, STARS, view);
  const headline = headlineOf(data, STARS);
  return (
    panel && page({ title: isAge ? `${title}, by age` : title, headline, look, panels: [panel] })
  );
}
