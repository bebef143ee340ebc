import {
  DAY_MS,
  type Day,
  dayMs,
  daysBetween,
  type Granularity,
  nextPeriod,
} from '../../db/days.ts';
import { type Column, columnPanel } from '../chart/column-panel.ts';
import type { LineChart } from '../chart/line-layout.ts';
import { linePanel } from '../chart/line-panel.ts';
import type { Panel } from '../chart/page.ts';
import { A_PERIOD, leftOut, MOST_COLUMNS, PERIOD_DAYS } from '../chart/periods.ts';
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
import { isTooShort } from '../ranges.ts';
import type { Look } from '../theme.ts';
import { count, plural, signed } from '../words.ts';
import { frameOf } from './frame.ts';
import type { Kind } from './kind.ts';
import { gainMarksOf, marksOf, marksSmallPrint } from './marks.ts';
import type { Total, Totals } from './read.ts';

const HEIGHT = 300;
const FADED = 'The faded column is not over yet.';
const FRAMED = 'A framed column is an average: its days were not told one by one.';
const LEVEL = 'Over days that were not told one by one, a line shows their average.';

/** How a chart of totals is drawn beside what its data says. */
export interface TotalsView {
  readonly x: LineChart['x'];
  /** With an axis of age: the day it is counted from; undefined: the total is left out. */
  readonly originOf?: (total: Total) => Day | undefined;
}

const BY_DATE: TotalsView = { x: { kind: 'date' } };

export function titleOf(data: Totals, { title }: Kind, { x }: TotalsView = BY_DATE): string {
  if (data.measure === 'new') return `New ${title} ${A_PERIOD[data.granularity]}`;
  return frameOf(data, x.kind).isChange ? `Change in ${title}` : title;
}

/** False where so few days were asked for that a picture of them says nothing. */
export function isDrawn({ measure, granularity, ...range }: Totals): boolean {
  return !isTooShort(range) || (measure === 'new' && granularity !== 'daily');
}

/** Columns for what came in at one subject, lines for everything else. */
export function totalsPanel(
  data: Totals,
  kind: Kind,
  look: Look,
  view: TotalsView = BY_DATE,
): Panel | undefined {
  if (!isDrawn(data)) return undefined;
  return columns(data, look, view) ?? lines(data, kind, look, view);
}

function columns(data: Totals, look: Look, { x }: TotalsView): Panel | undefined {
  const { totals, measure, scale, granularity } = data;
  const [only, ...others] = totals;
  const isPlain = measure === 'new' && x.kind === 'date' && scale === 'linear';
  if (!only || others.length > 0 || !isPlain) return undefined;
  const single = only.gains.flatMap(({ start, value, isProvisional }): Column[] =>
    value === null ? [] : [{ x: dayMs(start), y: value, isProvisional }],
  );
  const wide = only.spreads.map(({ start, end, periods, value }): Column => {
    return { x: dayMs(start), until: dayMs(end), y: value / periods, isProvisional: false };
  });
  const shown = [...single, ...wide];
  if (shown.length === 0 || only.gains.length > MOST_COLUMNS) return undefined;
  return columnPanel({
    look,
    columns: shown.toSorted((a, b) => a.x - b.x),
    unit: PERIOD_DAYS[granularity],
    last: dayMs(only.gains.at(-1)?.start ?? data.to),
    height: HEIGHT,
    smallPrint: [
      ...(single.some(({ isProvisional }) => isProvisional) ? [FADED] : []),
      ...(wide.length > 0 ? [FRAMED] : []),
      ...holes(only, granularity),
    ],
  });
}

/** What stands under columns some of which are missing; before the first there is nothing to miss. */
function holes({ gains, spreads, resets, stills }: Total, granularity: Granularity): string[] {
  const first = gains.findIndex(({ value }) => value !== null);
  const reasons = new Set<string>();
  for (const { value, start } of gains.slice(first)) {
    if (value !== null || spreads.some((one) => one.start <= start && start < one.end)) continue;
    const end = nextPeriod(start, granularity);
    if (resets.some(({ day }) => start <= day && day < end)) reasons.add('the counter began anew');
    else if (stills.some(({ from, to }) => from < end && start <= to)) {
      reasons.add('the counter stood still');
    } else reasons.add('the data has a hole');
  }
  if (reasons.size === 0) return [];
  return [`Where a column is missing, ${[...reasons].join(', or ')}.`];
}

function lines(data: Totals, kind: Kind, look: Look, view: TotalsView): Panel | undefined {
  const { measure, scale, granularity } = data;
  const { totals, isChange, ticks, smallPrint } = frameOf(data, view.x.kind);
  const names = shortNames(totals.map(({ name }) => name));
  const isAlone = totals.length === 1;
  const found = totals.flatMap((total, index) => {
    const line = totalLine(total, data, isAlone ? '' : (names[index] ?? ''), view);
    return line ? [{ line, total }] : [];
  });
  const every = found.map(({ line }) => line);
  const drawn = measure === 'new' ? settled(every) : every;
  if (drawn.length === 0) return undefined;
  const marks = marksFor(found, data, kind, view);
  const latest = new Map(found.map(({ line, total }) => [line, total.latest.value]));
  const grey = drawn.length - MOST_COLOURED;
  const isByPeriod = measure === 'new' && view.x.kind === 'date';
  const isCut = hasDashes(every) && !hasDashes(drawn);
  return linePanel(
    {
      look,
      lines: drawn,
      x: isByPeriod ? { ...view.x, unit: PERIOD_DAYS[granularity] } : view.x,
      scale,
      ...(ticks && { ticks }),
      isChange,
      height: HEIGHT,
      label: (line) => {
        const total = count(latest.get(line) ?? 0);
        const { name, labelled } = line;
        return endLabel(name, isChange ? `${total} (${signed(labelled.y)})` : count(labelled.y));
      },
      ...(marks.length > 0 && { marks }),
    },
    [
      ...smallPrint,
      ...(isCut ? [leftOut(granularity)] : []),
      ...(grey > 0
        ? [`In grey: ${plural(grey, kind.subject, kind.subjects)} with fewer ${kind.many}.`]
        : []),
      ...(totals.some(({ spreads }) => spreads.length > 0) ? [LEVEL] : []),
      ...marksSmallPrint(marks),
    ],
  );
}

function marksFor(
  found: readonly { readonly line: Line; readonly total: Total }[],
  { measure }: Totals,
  { nature }: Kind,
  { x }: TotalsView,
) {
  if (measure === 'new') return gainMarksOf(found, x.kind);
  return nature === 'counter' ? marksOf(found, x.kind) : [];
}

function totalLine(
  total: Total,
  data: Totals,
  name: string,
  { originOf }: TotalsView,
): Line | undefined {
  const { measure, granularity } = data;
  const origin = originOf?.(total);
  if (originOf && !origin) return undefined;
  const at = (day: Day) => (origin ? daysBetween(origin, day) : dayMs(day));
  const values = valuesOf(total, measure, at).filter(
    ({ x, y }) => (!origin || x >= 0) && (data.scale === 'linear' || y > 0),
  );
  return lineOf(name, values, {
    step: (measure === 'new' ? PERIOD_DAYS[granularity] : 1) * (origin ? 1 : DAY_MS),
    label: measure === 'new' ? 'finished' : 'newest',
    breaks: measure === 'total' ? total.resets.map(({ day }) => at(day)) : [],
  });
}

function valuesOf(
  { points, gains, spreads, finished }: Total,
  measure: Totals['measure'],
  at: (day: Day) => number,
): Value[] {
  if (measure === 'total') {
    return points.map(({ day, value }) => ({
      x: at(day),
      y: value,
      isProvisional: day > finished,
    }));
  }
  return gains.flatMap(({ start, value, isProvisional }) => {
    const spread = spreads.find((wide) => wide.start <= start && start < wide.end);
    const y = value ?? (spread && spread.value / spread.periods);
    return y === undefined ? [] : [{ x: at(start), y, isProvisional }];
  });
}
