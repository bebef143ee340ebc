import type { TopLevelSpec } from 'vega-lite';
import { DAY_MS, dayMs } from '../../db/days.ts';
import { linearTicks, tickWidth } from '../chart/axes.ts';
import { columnPanel } from '../chart/column-panel.ts';
import { labelsWidth } from '../chart/line-layout.ts';
import { linePanel } from '../chart/line-panel.ts';
import { type Panel, page } from '../chart/page.ts';
import { A_PERIOD, leftOut, MOST_COLUMNS, PERIOD_DAYS } from '../chart/periods.ts';
import {
  endLabel,
  hasDashes,
  type Line,
  lineOf,
  MOST_COLOURED,
  type Point,
  settled,
  type Value,
} from '../chart/series.ts';
import { stackPanel } from '../chart/stack-panel.ts';
import { isDrawn, type PeriodCount } from '../counts.ts';
import { extentOf } from '../extent.ts';
import { type Look, type Theme, theme } from '../theme.ts';
import { count, plural } from '../words.ts';
import { basisOf } from './basis.ts';
import type { Downloads, Package } from './history.ts';
import { DIMENSION_NAMES } from './members.ts';
import { smallPrintOf } from './small-print.ts';
import { splitLayers } from './split-layers.ts';
import { downloadsHeadline } from './words.ts';

const HEIGHT = 300;
/** Of our own packages and of dependencies, where both are drawn. */
const HEIGHTS = { own: 220, dependency: 130 } as const;

export function downloadsChart(data: Downloads, name: Theme): TopLevelSpec | undefined {
  const look = theme(name);
  const panels = data.by ? splitPanels(data, look) : packagePanels(data, look);
  if (panels.length === 0 || !data.isDrawn) return undefined;
  return page({ title: titleOf(data), headline: downloadsHeadline(data), look, panels });
}

function titleOf({ granularity, by, mirrors }: Downloads): string {
  const what = `PyPI downloads ${A_PERIOD[granularity]}`;
  if (by) return `${what}, by ${DIMENSION_NAMES[by].by}`;
  return mirrors ? `${what}, with mirrors` : what;
}

function splitPanels(data: Downloads, look: Look): Panel[] {
  const { split, by, granularity } = data;
  if (!split || !by) return [];
  const shown = split.periods.flatMap((period, at) => (isDrawn(period) ? [at] : []));
  if (shown.length === 0 || split.parts.length === 0) return [];
  const periods = shown.map((at) => split.periods[at] as PeriodCount);
  const isFaded = periods.some(({ isProvisional }) => isProvisional);
  return [
    stackPanel({
      columns: periods.map(({ start, isProvisional }) => ({ x: dayMs(start), isProvisional })),
      layers: splitLayers(by, split, shown, basisOf(data, split), look),
      of: 'counts',
      unit: PERIOD_DAYS[granularity],
      height: HEIGHT,
      smallPrint: smallPrintOf(data, isFaded ? 'faded' : undefined),
    }),
  ];
}

/** Our own packages, and below them what we depend on: the two are never on one axis. */
function packagePanels(data: Downloads, look: Look): Panel[] {
  const groups = (['own', 'dependency'] as const)
    .map((role) => ({ role, packages: data.packages.filter((one) => one.role === role) }))
    .filter(({ packages }) => packages.some(({ periods }) => periods.some(isDrawn)));
  const isPair = groups.length === 2;
  const panels = groups.map(({ role, packages }, index): Group => {
    const heading = `Dependencies: downloads ${A_PERIOD[data.granularity]}`;
    return {
      packages,
      height: isPair ? HEIGHTS[role] : HEIGHT,
      isLast: index === groups.length - 1,
      color: index === 0 ? 0 : Math.min(groups[0]?.packages.length ?? 0, MOST_COLOURED - 1),
      ...(role === 'dependency' && { heading }),
    };
  });
  return asColumns(data, panels, look) ?? asLines(data, panels, look);
}

interface Group {
  readonly packages: readonly Package[];
  readonly height: number;
  readonly isLast: boolean;
  /** Where its colours begin. */
  readonly color: number;
  readonly heading?: string;
}

/** Where each group is one package and the columns fit, and line up. */
function asColumns(data: Downloads, groups: readonly Group[], look: Look): Panel[] | undefined {
  const drawn = groups.map((group) => ({ ...group, values: valuesOf(group.packages[0]) }));
  const [first] = drawn;
  const fits = drawn.every(
    ({ packages, values }) =>
      packages.length === 1 &&
      values.length <= MOST_COLUMNS &&
      values[0]?.x === first?.values[0]?.x &&
      values.at(-1)?.x === first?.values.at(-1)?.x,
  );
  if (!fits) return undefined;
  const left = Math.max(...drawn.map(({ values }) => axisWidth(values)));
  const isFaded = drawn.some(({ values }) => values.some(({ isProvisional }) => isProvisional));
  return drawn.map(({ values, height, heading, color, isLast, packages }) =>
    columnPanel({
      look,
      columns: values,
      unit: PERIOD_DAYS[data.granularity],
      height,
      room: { left },
      color,
      keepsAxis: drawn.length > 1,
      ...(heading && drawn.length > 1 && { heading: `${packages[0]?.name}, a dependency` }),
      smallPrint: isLast ? smallPrintOf(data, isFaded ? 'faded' : undefined) : [],
    }),
  );
}

function asLines(data: Downloads, groups: readonly Group[], look: Look): Panel[] {
  const unit = PERIOD_DAYS[data.granularity];
  const isAlone = data.packages.length === 1;
  const found = groups.map((group) => {
    const lines = group.packages.flatMap((one) => {
      const options = { step: unit * DAY_MS, label: 'finished' } as const;
      return lineOf(isAlone ? '' : one.name, valuesOf(one), options) ?? [];
    });
    return { ...group, lines };
  });
  const isCut = found.some(({ lines }) => hasDashes(lines) && !hasDashes(settled(lines)));
  const drawn = found
    .map((group) => ({ ...group, lines: settled(group.lines) }))
    .filter(({ lines }) => lines.length > 0);
  const shown = drawn.flatMap(({ lines }) => lines);
  const points = shown.flatMap(pointsOf);
  const label = ({ name, labelled }: Line) => endLabel(name, count(labelled.y));
  const common = {
    scale: 'linear',
    label,
    ...(drawn.length > 1 && {
      room: {
        left: axisWidth(points),
        right: labelsWidth(drawn.flatMap(({ lines }) => lines.slice(0, MOST_COLOURED).map(label))),
      },
    }),
    x: {
      kind: 'date',
      unit,
      ...(drawn.length > 1 && { domain: extentOf(points.map(({ x }) => x)) }),
    },
  } as const;
  return drawn.map(({ lines, height, heading, color, isLast }) => {
    const grey = lines.length - MOST_COLOURED;
    const series = [...look.series.slice(color), ...look.series.slice(0, color)];
    return linePanel(
      { ...common, look: { ...look, series }, lines, height, ...(heading && { heading }) },
      [
        ...(grey > 0 ? [`In grey: ${plural(grey, 'package')} with fewer downloads.`] : []),
        ...(isLast && isCut ? [leftOut(data.granularity)] : []),
        ...(isLast ? smallPrintOf(data, hasDashes(shown) ? 'dashed' : undefined) : []),
      ],
    );
  });
}

function pointsOf({ parts, provisional }: Line) {
  return [...parts.flat(), ...provisional];
}

function axisWidth(points: readonly Point[]): number {
  const [, most] = extentOf(points.map(({ y }) => y));
  return tickWidth(linearTicks(0, most));
}

function valuesOf(one: Package | undefined): Value[] {
  return (one?.periods ?? [])
    .filter(isDrawn)
    .map(({ start, sum, isProvisional }) => ({ x: dayMs(start), y: sum, isProvisional }));
}
