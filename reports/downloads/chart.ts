import type { TopLevelSpec } from 'vega-lite';
import { dayMs } from '../../db/days.ts';
import { linearTicks, tickWidth } from '../chart/axes.ts';
import { columnPanel } from '../chart/column-panel.ts';
import { labelsWidth } from '../chart/line-layout.ts';
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
  type Value,
} from '../chart/series.ts';
import { stackPanel } from '../chart/stack-panel.ts';
import { isDrawn, type PeriodCount } from '../counts.ts';
import { type Look, type Theme, theme } from '../theme.ts';
import { count, plural } from '../words.ts';
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
  if (panels.length === 0) return undefined;
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
      layers: splitLayers(by, split, shown, look),
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

/** Where each group is one package and the columns fit. */
function asColumns(data: Downloads, groups: readonly Group[], look: Look): Panel[] | undefined {
  const drawn = groups.map((group) => ({ ...group, values: valuesOf(group.packages[0]) }));
  const fits = groups.every(({ packages }) => packages.length === 1);
  if (!fits || drawn.some(({ values }) => values.length > MOST_COLUMNS)) return undefined;
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
      ...(heading && {
        heading: groups.length > 1 ? `${packages[0]?.name}, a dependency` : heading,
      }),
      smallPrint: isLast ? smallPrintOf(data, isFaded ? 'faded' : undefined) : [],
    }),
  );
}

function asLines(data: Downloads, groups: readonly Group[], look: Look): Panel[] {
  const isAlone = data.packages.length === 1;
  const drawn = groups.map((group) => {
    const found = group.packages.flatMap((one) => {
      const step = PERIOD_DAYS[data.granularity] * DAY_MS;
      return lineOf(isAlone ? '' : one.name, valuesOf(one), { step, label: 'finished' }) ?? [];
    });
    const lines = settled(found);
    return { ...group, lines, isCut: hasDashes(found) && !hasDashes(lines) };
  });
  const filled = drawn.filter(({ lines }) => lines.length > 0);
  const label = ({ name, labelled }: Line) => endLabel(name, count(labelled.y));
  const room = {
    left: Math.max(...filled.map(({ lines }) => axisWidth(lines.flatMap(pointsOf)))),
    right: labelsWidth(filled.flatMap(({ lines }) => lines.slice(0, MOST_COLOURED).map(label))),
  };
  return filled.map(({ lines, height, heading, color, isLast, isCut }) => {
    const grey = lines.length - MOST_COLOURED;
    const series = [...look.series.slice(color), ...look.series.slice(0, color)];
    return linePanel(
      {
        look: { ...look, series },
        lines,
        x: { kind: 'date' },
        scale: 'linear',
        height,
        label,
        room,
        ...(heading && { heading }),
      },
      [
        ...(isCut ? [leftOut(data.granularity)] : []),
        ...(grey > 0 ? [`In grey: ${plural(grey, 'package')} with fewer downloads.`] : []),
        ...(isLast ? smallPrintOf(data, hasDashes(lines) ? 'dashed' : undefined) : []),
      ],
    );
  });
}

function pointsOf({ parts, provisional }: Line) {
  return [...parts.flat(), ...provisional];
}

function axisWidth(points: readonly { readonly y: number }[]): number {
  return tickWidth(linearTicks(0, Math.max(0, ...points.map(({ y }) => y))));
}

function valuesOf(one: Package | undefined): Value[] {
  return (one?.periods ?? [])
    .filter(isDrawn)
    .map(({ start, sum, isProvisional }) => ({ x: dayMs(start), y: sum, isProvisional }));
}
