import type { TopLevelSpec } from 'vega-lite';
import { type Day, dayMs, daysBetween, type Granularity } from '../../db/days.ts';
import { columnPanel } from '../chart/column-panel.ts';
import { linePanel } from '../chart/line-panel.ts';
import { type Panel, page } from '../chart/page.ts';
import {
  endLabel,
  type Line,
  MOST_COLOURED,
  type Point,
  partsOf,
  shortNames,
} from '../chart/series.ts';
import { type Look, type Theme, theme } from '../theme.ts';
import { count, plural } from '../words.ts';
import type { Repository, Stars } from './history.ts';
import { headlineOf } from './words.ts';

const DAYS: Readonly<Record<Granularity, number>> = { daily: 1, weekly: 7, monthly: 31 };
const ADVERB = { daily: 'a day', weekly: 'a week', monthly: 'a month' } as const;
const DAY_MS = 86_400_000;
const HEIGHT = 300;
/** More columns than this are thinner than a line. */
const MOST_COLUMNS = 160;

export function starsChart(data: Stars, name: Theme): TopLevelSpec | undefined {
  const look = theme(name);
  const panel = columns(data, look) ?? lines(data, look);
  return panel && page({ title: titleOf(data), headline: headlineOf(data), look, panels: [panel] });
}

function titleOf({ measure, align, granularity }: Stars): string {
  const what = measure === 'new' ? `New GitHub stars ${ADVERB[granularity]}` : 'GitHub stars';
  return align === 'age' ? `${what}, by age` : what;
}

/** The new stars of one repository, where they fit as columns. */
function columns({ repositories, measure, align, scale, granularity }: Stars, look: Look) {
  const [only, ...others] = repositories;
  const isPlain = measure === 'new' && align === 'date' && scale === 'linear';
  if (!only || others.length > 0 || !isPlain) return undefined;
  const shown = only.gains.flatMap(({ start, value, isProvisional }) =>
    value === null ? [] : [{ x: dayMs(start), y: value, isProvisional }],
  );
  if (shown.length === 0 || shown.length > MOST_COLUMNS) return undefined;
  return columnPanel({
    look,
    columns: shown,
    unit: DAYS[granularity],
    height: HEIGHT,
    ...(shown.some(({ isProvisional }) => isProvisional) && {
      smallPrint: 'The faded column is not over yet.',
    }),
  });
}

function lines(data: Stars, look: Look): Panel | undefined {
  const names = shortNames(data.repositories.map(({ name }) => name));
  const isAlone = data.repositories.length === 1;
  const drawn = data.repositories.flatMap((repository, index) => {
    const line = lineOf(repository, data, isAlone ? '' : (names[index] ?? ''));
    return line ? [line] : [];
  });
  if (drawn.length === 0) return undefined;
  const grey = drawn.length - MOST_COLOURED;
  return linePanel(
    {
      look,
      lines: drawn,
      x: data.align === 'age' ? { kind: 'age', since: 'the first star' } : { kind: 'date' },
      scale: data.scale,
      height: HEIGHT,
      label: ({ name }, last) => endLabel(name, count(last.y)),
    },
    grey > 0 ? `In grey: ${plural(grey, 'repository', 'repositories')} with fewer stars.` : '',
  );
}

function lineOf(repository: Repository, data: Stars, name: string): Line | undefined {
  const { align, measure, granularity } = data;
  const origin = align === 'age' ? repository.firstStar : undefined;
  if (align === 'age' && !origin) return undefined;
  const at = (day: Day) => (origin ? daysBetween(origin, day) : dayMs(day));
  const finished: Point[] = [];
  const unfinished: Point[] = [];
  for (const { day, value, isProvisional } of valuesOf(repository, measure)) {
    if (origin && day < origin) continue;
    (isProvisional ? unfinished : finished).push({ x: at(day), y: value });
  }
  if (finished.length + unfinished.length === 0) return undefined;
  const step = (measure === 'new' ? DAYS[granularity] : 1) * (origin ? 1 : DAY_MS);
  const parts = partsOf(finished, step);
  const last = finished.at(-1);
  const first = unfinished[0];
  const isNext = last && first && first.x - last.x <= step;
  return { name, parts, provisional: isNext ? [last, ...unfinished] : unfinished };
}

function valuesOf({ points, gains, finished }: Repository, measure: Stars['measure']) {
  if (measure === 'total') {
    return points.map(({ day, value }) => ({ day, value, isProvisional: day > finished }));
  }
  return gains.flatMap(({ start, value, isProvisional }) =>
    value === null ? [] : [{ day: start, value, isProvisional }],
  );
}
