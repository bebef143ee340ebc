import { DAY_MS, type Day, dayMs } from '../../db/days.ts';
import type { Movement } from '../../db/incident.ts';
import { labelTable, linearTicks, ticksFor, tickWidth, timeX } from '../chart/axes.ts';
import { timeTicks } from '../chart/calendar.ts';
import { LABEL_OFFSET, labelsWidth } from '../chart/line-layout.ts';
import type { Panel, PanelLayer } from '../chart/page.ts';
import { type Point, partsOf } from '../chart/series.ts';
import type { Course, CourseDay } from '../course.ts';
import { type Look, SIZE } from '../theme.ts';
import { count, dayName, stretchName } from '../words.ts';
import { ceilingOf, cutLayers, cutNote, spikesOver } from './ceiling.ts';
import type { MovementView } from './read.ts';

const HEIGHT = 300;
const BAND = 0.6;
const SUSPECT = 0.16;
const CLIP = { clip: true } as const;

/** A line for the days, red on those of the incident, and a band for what was usual. */
export function coursePanel(
  { incident, course, releases, suspect }: MovementView,
  look: Look,
): Panel | undefined {
  const points = course.days.flatMap(({ day, value }): Point[] =>
    value === null ? [] : [{ x: dayMs(day), y: value }],
  );
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return undefined;
  const tops = course.days.map(({ value, high }) => Math.max(value ?? 0, high ?? 0));
  const moved = points.filter(({ x }) => dayMs(course.onset) <= x && x <= dayMs(course.end));
  const kept = incident.kind === 'rise' ? [...moved, last] : [last];
  const ceiling = ceilingOf(
    points.map(({ y }) => y),
    tops,
    kept.map(({ y }) => y),
  );
  const ticks = linearTicks(0, ceiling ?? Math.max(1, ...tops), ticksFor(HEIGHT));
  const isCut = ceiling !== undefined;
  const spikes = isCut ? spikesOver(points, ticks.at(-1) ?? ceiling) : [];
  const left = tickWidth(ticks);
  const label = count(last.y);
  const width = Math.round(SIZE.width - left - labelsWidth([label]));
  const domain = [first.x, Math.max(last.x, first.x + DAY_MS)] as const;
  const axis = timeTicks(domain[0], domain[1], width);
  const released = releases
    .map(({ publishedAt }) => dayMs(publishedAt.slice(0, 10)))
    .filter((x) => x >= domain[0] && x <= last.x);
  const print = [
    'Shaded: where most days of the weeks before lay, by weekday.',
    ...(moved.length > 0
      ? [`Red, from the diamond on: ${redName(incident, course)}, ${stretch(incident, course)}.`]
      : []),
    ...(released.length > 0 ? ['Dashed: a release.'] : []),
    ...(suspect.length > 0
      ? ['Tinted background: days on which most of the source was very low.']
      : []),
    ...(isCut ? [cutNote(spikes)] : []),
  ];
  return {
    width,
    height: HEIGHT,
    encoding: {
      x: timeX(domain, axis, print),
      y: {
        field: 'y',
        type: 'quantitative',
        scale: { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], nice: false },
        axis: { values: ticks, labelExpr: labelTable(ticks), minExtent: left, maxExtent: left },
      },
    },
    layer: [
      ...bandLayers(course.days, isCut, look),
      ...suspectLayers(suspect, look),
      ...releaseLayers(released, look),
      ...dayLayers(points, isCut, colourOf(look)),
      ...dayLayers(moved, isCut, look.states.bad),
      ...cutLayers(spikes, (domain[0] + domain[1]) / 2, colourOf(look)),
      ...onsetLayers(moved.slice(0, 1), look),
      {
        data: { values: [{ ...last, label }] },
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'middle',
          dx: LABEL_OFFSET,
          fontSize: SIZE.label,
          color: moved.includes(last) ? look.states.bad : colourOf(look),
        },
        encoding: { text: { field: 'label' } },
      },
    ],
  };
}

function redName({ kind }: Movement, { burst }: Course): string {
  return burst ? 'after the burst' : `the ${kind}`;
}

function stretch({ closedDay }: Movement, { onset, end, back }: Course): string {
  return closedDay === null && back === null ? `since ${dayName(onset)}` : stretchName(onset, end);
}

function colourOf({ series, ink }: Look): string {
  return series[0] ?? ink;
}

function bandLayers(days: readonly CourseDay[], isCut: boolean, look: Look): PanelLayer[] {
  const values = days.flatMap(({ day, low, high }) =>
    low === null || high === null ? [] : [{ x: dayMs(day), y: low, y2: high }],
  );
  return partsOf(values, DAY_MS)
    .filter((part) => part.length > 1)
    .map((part) => ({
      data: { values: part },
      mark: { type: 'area', color: look.backdrop, opacity: BAND, ...(isCut && CLIP) },
      encoding: { y2: { field: 'y2' } },
    }));
}

function releaseLayers(released: readonly number[], look: Look): PanelLayer[] {
  if (released.length === 0) return [];
  return [
    {
      data: { values: released.map((x) => ({ x })) },
      mark: { type: 'rule', color: look.muted, strokeDash: [4, 4] },
      encoding: { y: { value: 0 }, y2: { value: HEIGHT } },
    },
  ];
}

/** Half a day to each side of a day on which the source is not to be trusted. */
function suspectLayers(suspect: readonly Day[], look: Look): PanelLayer[] {
  if (suspect.length === 0) return [];
  const values = suspect.map((day) => ({
    x: dayMs(day) - DAY_MS / 2,
    x2: dayMs(day) + DAY_MS / 2,
  }));
  return [
    {
      data: { values },
      mark: { type: 'rect', color: look.states.bad, opacity: SUSPECT, clip: true },
      encoding: { x2: { field: 'x2' }, y: { value: 0 }, y2: { value: HEIGHT } },
    },
  ];
}

function dayLayers(points: readonly Point[], isCut: boolean, color: string): PanelLayer[] {
  return partsOf(points, DAY_MS).map(
    (part): PanelLayer => ({
      data: { values: part.map((point) => ({ ...point })) },
      mark:
        part.length > 1
          ? { type: 'line', color, ...(isCut && CLIP) }
          : { type: 'point', filled: true, opacity: 1, size: 26, color, ...(isCut && CLIP) },
    }),
  );
}

/** The first day of the incident, for those who do not see red. */
function onsetLayers(onset: readonly Point[], look: Look): PanelLayer[] {
  if (onset.length === 0) return [];
  return [
    {
      data: { values: onset.map((point) => ({ ...point })) },
      mark: {
        type: 'point',
        shape: 'diamond',
        filled: false,
        fill: look.background,
        stroke: look.states.bad,
        strokeWidth: 2,
        opacity: 1,
        size: 110,
      },
    },
  ];
}
