import type { TopLevelSpec } from 'vega-lite';
import { DAY_MS, dayMs, type Granularity } from '../../db/days.ts';
import { linearTicks, tickWidth } from '../chart/axes.ts';
import { columnPanel } from '../chart/column-panel.ts';
import { type LineChart, labelsWidth } from '../chart/line-layout.ts';
import { linePanel } from '../chart/line-panel.ts';
import { type Panel, page } from '../chart/page.ts';
import { A_PERIOD, leftOut, MOST_COLUMNS, PERIOD_DAYS } from '../chart/periods.ts';
import {
  endLabel,
  hasDashes,
  type Line,
  type LineOptions,
  lineOf,
  MOST_COLOURED,
  settled,
} from '../chart/series.ts';
import { type Look, type Theme, theme } from '../theme.ts';
import { count, plural } from '../words.ts';
import type { MessagesData, TalkPeriod } from './talk.ts';
import { messagesHeadline } from './words.ts';

const HEIGHT = 300;

export function messagesChart(data: MessagesData, name: Theme): TopLevelSpec | undefined {
  const { talks, granularity, split, isDrawn } = data;
  const [all] = talks;
  if (!isDrawn || !all || talks.every(({ periods }) => periods.length === 0)) return undefined;
  const look = theme(name);
  const head = { headline: messagesHeadline(data), look };
  if (split === 'channel') {
    const title = `Messages ${A_PERIOD[granularity]}, by channel`;
    return page({ ...head, title, panels: [byChannel(data, look)] });
  }
  const panels = stacked(all.periods, look, granularity);
  return page({ ...head, title: `Messages ${A_PERIOD[granularity]}`, panels });
}

/** Messages above, the people who wrote them below, over the same days. */
function stacked(periods: readonly TalkPeriod[], look: Look, granularity: Granularity): Panel[] {
  const measures = [
    { of: ({ messages }: TalkPeriod) => messages, height: 210 },
    {
      of: ({ people }: TalkPeriod) => people,
      height: 90,
      color: 1,
      heading: `Active people ${A_PERIOD[granularity]}`,
    },
  ];
  const series = measures.map((measure) => ({ ...measure, values: valuesOf(periods, measure.of) }));
  const most = Math.max(...series.flatMap(({ values }) => values.map(({ y }) => y)));
  const left = tickWidth(linearTicks(0, most));
  if (periods.length <= MOST_COLUMNS) {
    return series.map(({ values, height, heading, color }) =>
      columnPanel({
        look,
        columns: values,
        unit: PERIOD_DAYS[granularity],
        height,
        room: { left },
        ...(color && { color }),
        ...(heading && { heading }),
      }),
    );
  }
  const room = { left, right: labelsWidth([count(most)]) };
  return series.flatMap(({ values, height, heading, color }) => {
    const line = lineOf('', values, lineOptions(granularity));
    if (!line) return [];
    const lines = settled([line]);
    const shown = { ...look, series: look.series.slice(color ?? 0) };
    return [
      linePanel(
        { ...lineChart(shown, lines, granularity), height, room, ...(heading && { heading }) },
        cutPrint([line], lines, granularity),
      ),
    ];
  });
}

function byChannel({ talks, granularity }: MessagesData, look: Look): Panel {
  const found = talks.flatMap(({ channel, periods }) => {
    const values = valuesOf(periods, ({ messages }) => messages);
    return lineOf(channel, values, lineOptions(granularity)) ?? [];
  });
  const lines = settled(found);
  const grey = lines.length - MOST_COLOURED;
  return linePanel(lineChart(look, lines, granularity), [
    ...cutPrint(found, lines, granularity),
    ...(grey > 0 ? [`In grey: ${plural(grey, 'channel')} with fewer messages.`] : []),
  ]);
}

function cutPrint(found: readonly Line[], shown: readonly Line[], granularity: Granularity) {
  return hasDashes(found) && !hasDashes(shown) ? [leftOut(granularity)] : [];
}

function lineChart(look: Look, lines: readonly Line[], granularity: Granularity): LineChart {
  return {
    look,
    lines,
    x: { kind: 'date', unit: PERIOD_DAYS[granularity] },
    scale: 'linear',
    height: HEIGHT,
    label: ({ name, labelled }) => endLabel(name, count(labelled.y)),
  };
}

function lineOptions(granularity: Granularity): LineOptions {
  return { step: PERIOD_DAYS[granularity] * DAY_MS, label: 'finished' };
}

function valuesOf(periods: readonly TalkPeriod[], measure: (period: TalkPeriod) => number) {
  return periods.map((period) => ({
    x: dayMs(period.start),
    y: measure(period),
    isProvisional: !period.isWhole,
  }));
}
