import type { TopLevelSpec } from 'vega-lite';
import { DAY_MS, dayMs, periodStart } from '../../db/days.ts';
import { linearTicks, tickWidth } from '../chart/axes.ts';
import { type LineMark, labelsWidth } from '../chart/line-layout.ts';
import { linePanel } from '../chart/line-panel.ts';
import { type Panel, page } from '../chart/page.ts';
import { partColours } from '../chart/part-colours.ts';
import { A_PERIOD, PERIOD_DAYS } from '../chart/periods.ts';
import { endLabel, hasDashes, type Line, lineOf, MOST_COLOURED, settled } from '../chart/series.ts';
import { type StackColumn, type StackLayer, stackPanel, stackRight } from '../chart/stack-panel.ts';
import { shorten, textWidth, wrap } from '../chart/text.ts';
import { incompleteOf, isDrawn, type PeriodCount } from '../counts.ts';
import type { Part } from '../parts.ts';
import { providerSentence } from '../provider-stretches.ts';
import { sharesPrint } from '../ranges.ts';
import { lineOf as versionLine } from '../releases.ts';
import { type Look, SIZE, type Theme, theme } from '../theme.ts';
import { count, shortPercent } from '../words.ts';
import { basisOf } from './basis.ts';
import type { Exposed } from './exposure.ts';
import { areThere, type Versions, type VersionsData } from './history.ts';
import { versionsHeadline } from './words.ts';

const HEIGHT = 300;
/** Of the shares and of the vulnerable versions, where both are drawn. */
const SHARES = 250;
const VULNERABLE = 120;
const LABEL_HEIGHT = 22;
/** A title is bold, and wider than a label of its size. */
const BOLD = 1.06;
const UNFINISHED = 'The faded column is not complete yet';
/**
 * The lines below mean something else than the layers above, so they take the colours that are
 * seldom used there; the seventh is too near to the ink.
 */
const COLOURS = [4, 5, 7, 3, 2, 6, 1, 0];

export function versionsChart(data: VersionsData, name: Theme): TopLevelSpec | undefined {
  if (!areThere(data) || shownIn(data.lines.periods).length === 0) return undefined;
  const look = theme(name);
  const layers = layersOf(data, look);
  const lines = exposureLines(data);
  const room = {
    left: Math.max(textWidth('100%', SIZE.label), axisWidth(lines)),
    right: Math.max(
      stackRight(layers.map(({ label }) => label)),
      labelsWidth(lines.slice(0, MOST_COLOURED).map(labelOf)),
    ),
  };
  const isAlone = lines.length === 0;
  const share = isAlone ? `, share ${A_PERIOD[data.granularity]}` : '';
  const title = `Versions of ${data.name}${share}`;
  const shares = sharesPanel(data, layers, room, isAlone);
  return page({
    title: shorten(title, SIZE.title * BOLD, SIZE.width),
    headline: versionsHeadline(data),
    look,
    panels: isAlone ? [shares] : [shares, exposurePanel(data, lines, room, look)],
  });
}

type Room = { readonly left: number; readonly right: number };

/** Periods with nothing in them have no shares. */
function shownIn(periods: readonly PeriodCount[]): number[] {
  return periods.flatMap((period, at) => (isDrawn(period) && period.sum > 0 ? [at] : []));
}

function columnsOf({ lines }: Versions): StackColumn[] {
  return shownIn(lines.periods).map((at) => {
    const { start, isProvisional } = lines.periods[at] as PeriodCount;
    return { x: dayMs(start), isProvisional };
  });
}

/**
 * The newest line at the bottom: each edge is the share of that line or a newer one. The newest
 * release has the strongest colour, however young it is, and the others by their size.
 */
function layersOf(data: Versions, look: Look): StackLayer[] {
  const { parts, periods, others } = data.lines;
  const shown = shownIn(periods);
  const { of, whole } = basisOf(data);
  const newest = data.newest && versionLine(data.newest.version, data.grouping);
  const ranks = parts
    .filter(({ kind }) => kind === 'member')
    .toSorted((a, b) => Number(b.name === newest) - Number(a.name === newest) || b.total - a.total);
  return parts.map((part) => ({
    ...partColours(part, ranks.indexOf(part), look),
    label: endLabel(nameOf(part, others), whole > 0 ? shortPercent(of(part) / whole) : ''),
    values: shown.map((at) => part.sums[at] ?? 0),
  }));
}

function nameOf({ name, kind }: Part, others: number): string {
  return kind === 'other' && others > 0 ? `${name} (${count(others)})` : name;
}

function sharesPanel(
  data: Versions,
  layers: readonly StackLayer[],
  room: Room,
  isAlone: boolean,
): Panel {
  const { granularity } = data;
  return stackPanel({
    columns: columnsOf(data),
    layers,
    of: 'shares',
    unit: PERIOD_DAYS[granularity],
    height: isAlone ? HEIGHT : SHARES,
    room,
    ...(!isAlone && { heading: `Share of downloads ${A_PERIOD[granularity]}` }),
    smallPrint: isAlone ? smallPrintOf(data, []) : [],
  });
}

function smallPrintOf(data: Versions, exposed: readonly Line[]): string[] {
  const { lines, stretches } = data;
  const basis = basisOf(data);
  const isFaded = lines.periods.some((period) => period.isProvisional && isDrawn(period));
  const areCut = exposed.length > 0 && !hasDashes(exposed);
  const texts = [
    ['Without mirrors: what people and CI loaded.', providerSentence(stretches)],
    [
      basis.whole > 0 && sharesPrint(basis.when),
      isFaded && `${UNFINISHED}${areCut ? ', and the lines end before it' : ''}.`,
      incompleteOf(lines.periods).length > 0 && 'What is missing in between is not known.',
    ],
  ];
  return texts.flatMap((sentences) => {
    const text = sentences.filter(Boolean).join(' ');
    return text === '' ? [] : wrap(text, SIZE.label, SIZE.width - 50, 2);
  });
}

/** A line for all vulnerable versions, where there are several advisories, and one for each. */
function exposureLines({ exposure, lines, granularity }: Versions): Line[] {
  const { advisories, any } = exposure;
  const step = PERIOD_DAYS[granularity] * DAY_MS;
  const all = advisories.length > 1 && any ? [{ name: 'any of them', part: any }] : [];
  const each = advisories
    .slice(0, MOST_COLOURED - all.length)
    .map(({ name, downloads }) => ({ name, part: downloads }));
  const found = [...all, ...each].flatMap(({ name, part }) => {
    const values = shownIn(lines.periods).map((at) => {
      const { start, isProvisional } = lines.periods[at] as PeriodCount;
      return { x: dayMs(start), y: part.sums[at] ?? 0, isProvisional };
    });
    return lineOf(name, values, { step, label: 'finished' }) ?? [];
  });
  return settled(found);
}

function exposurePanel(data: Versions, lines: readonly Line[], room: Room, look: Look): Panel {
  const columns = columnsOf(data);
  const [first, last] = [columns[0], columns.at(-1)];
  const unit = PERIOD_DAYS[data.granularity];
  const marks = fixMarks(data, lines);
  const series = [look.ink, ...COLOURS.map((at) => look.series[at] ?? look.ink)];
  return linePanel(
    {
      look: { ...look, series },
      lines,
      x: { kind: 'date', unit, isRoomy: true, domain: [first?.x ?? 0, last?.x ?? 0] },
      scale: 'linear',
      height: Math.max(VULNERABLE, LABEL_HEIGHT * lines.length),
      label: labelOf,
      room,
      heading: `Downloads ${A_PERIOD[data.granularity]} of versions with a known vulnerability`,
      ...(marks.length > 0 && { marks }),
    },
    [
      ...(marks.length > 0
        ? ['Diamond: the fixed release was downloaded for the first time.']
        : []),
      ...smallPrintOf(data, lines),
    ],
  );
}

/** Where the fix of a vulnerability came, on its line. */
function fixMarks({ exposure, granularity }: Versions, lines: readonly Line[]): LineMark[] {
  return exposure.advisories.flatMap((exposed: Exposed) => {
    const line = lines.findIndex(({ name }) => name === exposed.name);
    return exposed.fixes.flatMap(({ day }): LineMark[] => {
      const x = day && dayMs(periodStart(day, granularity));
      const point = lines[line]?.parts.flat().find((one) => one.x === x);
      return point ? [{ line, shape: 'diamond', x: point.x, y: point.y }] : [];
    });
  });
}

function labelOf({ name, labelled }: Line): string {
  return endLabel(name, count(labelled.y));
}

function axisWidth(lines: readonly Line[]): number {
  const ys = lines.flatMap(({ parts, provisional }) =>
    [...parts.flat(), ...provisional].map(({ y }) => y),
  );
  return ys.length === 0 ? 0 : tickWidth(linearTicks(0, Math.max(...ys), 2));
}
