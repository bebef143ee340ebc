import type { TopLevelSpec } from 'vega-lite';
import { type Look, SIZE } from '../theme.ts';
import { wrap } from './text.ts';

type Stacked = Extract<TopLevelSpec, { vconcat: unknown }>;

/** A plot with its own axes: one of the panels that a page stacks. */
export type Panel = Extract<Stacked['vconcat'][number], { layer: unknown }>;
export type PanelLayer = Panel['layer'][number];

/** How wide the texts of a page may be. */
const TEXT_WIDTH = SIZE.width - 20;

interface Page {
  readonly title: string;
  /** The finding. It is wrapped to four lines at most. */
  readonly headline: string;
  readonly look: Look;
  /** The first one is the main one. */
  readonly panels: readonly Panel[];
}

/** Puts panels under a title and the finding that they show. */
export function page({ title, headline, look, panels }: Page): TopLevelSpec {
  const top = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: look.config,
    title: { text: title, subtitle: wrap(headline, SIZE.subtitle, TEXT_WIDTH, 4) },
  };
  const [only, ...others] = panels;
  if (only && others.length === 0) return { ...top, ...only };
  return {
    ...top,
    spacing: 26,
    resolve: { scale: { color: 'independent' } },
    vconcat: [...panels],
  };
}

/** The title of a panel that stands below another. */
export function headingOf(text: string) {
  return { text, fontSize: SIZE.subtitle, fontWeight: 600, offset: 12 } as const;
}
