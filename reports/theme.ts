import type { Config } from 'vega-lite';

export type Theme = 'light' | 'dark';

/** The colours and the Vega-Lite config of a theme. */
export interface Look {
  readonly background: string;
  /** Titles and what must be read first. */
  readonly ink: string;
  /** Axes, subtitles, small print. */
  readonly muted: string;
  readonly grid: string;
  /** Series that are there for comparison, without a label. */
  readonly backdrop: string;
  /** How something stands; always beside a shape or a word. As text as readable as the series. */
  readonly states: { readonly good: string; readonly late: string; readonly bad: string };
  /**
   * One colour a series, most important first. Told apart with normal, red-blind, green-blind and
   * blue-blind eyes, and readable as text on the background (WCAG 2 AA).
   */
  readonly series: readonly string[];
  readonly config: Config;
}

/** Font sizes in pixels of a picture 600 wide, so that a phone's 390 still leave 10 for a label. */
export const SIZE = { width: 600, title: 24, subtitle: 17, label: 16, line: 2.5 } as const;

/** What is not finished is drawn dashed, or (where it is an area) faded. */
export const PROVISIONAL = { dash: [3, 4], opacity: 0.45 } as const;

const looks: Readonly<Record<Theme, Omit<Look, 'config'>>> = {
  light: {
    background: '#ffffff',
    ink: '#1d1c1d',
    muted: '#565a61',
    grid: '#e4e6e9',
    backdrop: '#cfd3d8',
    states: { good: '#2f8068', late: '#946300', bad: '#c10246' },
    series: [
      '#2767b0',
      '#c4500a',
      '#2f8068',
      '#6d1a78',
      '#c10246',
      '#4d3900',
      '#1e1932',
      '#6f6a89',
    ],
  },
  dark: {
    background: '#1a1d21',
    ink: '#f3f4f5',
    muted: '#b3b8bf',
    grid: '#34383e',
    backdrop: '#4d535b',
    states: { good: '#00d4af', late: '#e3b341', bad: '#ec5e71' },
    series: [
      '#6aa9f0',
      '#e08a3c',
      '#00d4af',
      '#b26cb7',
      '#ec5e71',
      '#cfbf1e',
      '#0087fa',
      '#fff6ff',
    ],
  },
};

export function theme(name: Theme): Look {
  const look = looks[name];
  return { ...look, config: config(look) };
}

function config({ background, ink, muted, grid, backdrop, series }: Omit<Look, 'config'>): Config {
  return {
    background,
    font: 'Inter',
    padding: { left: 18, right: 18, top: 16, bottom: 14 },
    view: { stroke: null },
    title: {
      anchor: 'start',
      color: ink,
      fontSize: SIZE.title,
      fontWeight: 700,
      subtitleColor: muted,
      subtitleFontSize: SIZE.subtitle,
      subtitleLineHeight: 23,
      subtitlePadding: 7,
      offset: 20,
    },
    axis: {
      domain: false,
      ticks: false,
      gridColor: grid,
      tickColor: backdrop,
      labelColor: muted,
      labelFontSize: SIZE.label,
      labelPadding: 8,
      labelLineHeight: 19,
      title: null,
      titleColor: muted,
      titleFontSize: SIZE.label,
      titleFontWeight: 400,
      titlePadding: 10,
    },
    axisX: { grid: false },
    line: { strokeWidth: SIZE.line, strokeCap: 'round', strokeJoin: 'round' },
    text: { fontSize: SIZE.label, fontWeight: 600, color: ink },
    range: { category: [...series] },
  };
}
