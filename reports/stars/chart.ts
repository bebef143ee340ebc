import type { TopLevelSpec } from 'vega-lite';
import { type Day, dayMs, daysBetween } from '../../db/days.ts';
import { columnPanel } from '../chart/column-panel.ts';
import { linePanel } from '../chart/line-panel.ts';
import { type Panel, page } from '../chart/page.ts';
import { A_PERIOD, DAY_MS, leftOut, MOST_COLUMNS, PERIOD_DAYS } from '../chart/periods.ts';
import {
  endLabel,
  hasDashes,
  type Line,
  lineOf,
  MOST_COLOURED,
  settled,
  shortNames,
  type Value,
} from '../chart/series.ts';
import type { Gain } from '../growth.ts';
import { type Look, type Theme, theme } from '../theme.ts';
import { count, plural } from '../words.ts';
import type { Repository, Stars } from './history.ts';
import { headlineOf } from './words.ts';

const HEIGHT = 300;
const FADED = 'The faded column is not over yet.';
const HOLES = 'Where a column is missing, the data has a hole.';

export function starsChart(data: Stars, name: Theme): TopLevelSpec | undefined {
  const look = theme(name);
  const panel = columns(data, look) ?? lines(data, look);
  return panel && page({ title: titleOf(data), headline: headlineOf(data), look, panels: [panel] });
}

function titleOf({ measure, align, granularity }: Stars): string {
  const what = measure === 'new' ? `New GitHub stars ${A_PERIOD[granularity]}` : 'GitHub stars';
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
    unit: PERIOD_DAYS[granularity],
    height: HEIGHT,
    smallPrint: [
      ...(shown.some(({ isProvisional }) => isProvisional) ? [FADED] : []),
      ...(hasHoles(only.gains) ? [HOLES] : []),
    ],
  });
}

/** A first period without a total before it is no hole. */
function hasHoles(gains: readonly Gain[]): boolean {
  const first = gains.findIndex(({ value }) => value !== null);
  return gains.slice(first).some(({ value }) => value === null);
}

function lines(data: Stars, look: Look): Panel | undefined {
  const names = shortNames(data.repositories.map(({ name }) => name));
  const isAlone = data.repositories.length === 1;
  const found = data.repositories.flatMap((repository, index) => {
    const line = starLine(repository, data, isAlone ? '' : (names[index] ?? ''));
    return line ? [line] : [];
  });
  const drawn = data.measure === 'new' ? settled(found) : found;
  if (drawn.length === 0) return undefined;
  const grey = drawn.length - MOST_COLOURED;
  const isCut = hasDashes(found) && !hasDashes(drawn);
  return linePanel(
    {
      look,
      lines: drawn,
      x: data.align === 'age' ? { kind: 'age', since: 'the first star' } : { kind: 'date' },
      scale: data.scale,
      height: HEIGHT,
      label: ({ name, labelled }) => endLabel(name, count(labelled.y)),
    },
    [
      ...(isCut ? [leftOut(data.granularity)] : []),
      ...(grey > 0
        ? [`In grey: ${plural(grey, 'repository', 'repositories')} with fewer stars.`]
        : []),
    ],
  );
}

function starLine(repository: Repository, data: Stars, name: string): Line | undefined {
  const { align, measure, granularity } = data;
  const origin = align === 'age' ? repository.firstStar : undefined;
  if (align === 'age' && !origin) return undefined;
  const at = (day: Day) => (origin ? daysBetween(origin, day) : dayMs(day));
  const values = valuesOf(repository, measure, at).filter(
    ({ x, y }) => (!origin || x >= 0) && (data.scale === 'linear' || y > 0),
  );
  return lineOf(name, values, {
    step: (measure === 'new' ? PERIOD_DAYS[granularity] : 1) * (origin ? 1 : DAY_MS),
    label: measure === 'new' ? 'finished' : 'newest',
    breaks: measure === 'total' ? repository.resets.map(({ day }) => at(day)) : [],
  });
}

function valuesOf(
  { points, gains, finished }: Repository,
  measure: Stars['measure'],
  at: (day: Day) => number,
): Value[] {
  if (measure === 'total') {
    return points.map(({ day, value }) => ({
      x: at(day),
      y: value,
      isProvisional: day > finished,
    }));
  }
  return gains.flatMap(({ start, value, isProvisional }) =>
    value === null ? [] : [{ x: at(start), y: value, isProvisional }],
  );
}
