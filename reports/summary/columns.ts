import type { PanelLayer } from '../chart/page.ts';
import { boxesAt, textsAt } from '../chart/pixels.ts';
import { LEAST_EARLIER } from '../judge.ts';
import { type Look, SIZE } from '../theme.ts';
import type { Calendar } from './calendar.ts';
import { isBehind, type Panel, valuesOn } from './panels.ts';

/** Where the columns are, in pixels. */
export const PLOT = { left: 250, right: SIZE.width, height: 96 } as const;

/** How much of its place a column fills, and what is left of one of nothing. */
const FILLED = 0.68;
const NOTHING = 4;
export const BAND = 0.24;

/** The periods of a measure as columns: the last in colour, the one before it in a darker grey. */
export function columnsOf(panel: Panel, calendar: Calendar, top: number, look: Look): PanelLayer[] {
  const values = valuesOn(panel, calendar);
  const usual = panel.verdict?.usual;
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, usual?.low ?? 0, ...known);
  // Where all is zero, it lies at the bottom.
  const high = Math.max(0, usual?.high ?? 0, ...known) || (low < 0 ? 0 : 1);
  const y = (value: number) => top + (PLOT.height * (high - value)) / (high - low);
  const slot = (PLOT.right - PLOT.left) / Math.max(1, values.length);
  const isEarlier = isBehind(panel, calendar) && calendar.cadence !== 'daily';
  const last = values.length - (isEarlier ? 2 : 1);
  const middle = (at: number) => PLOT.left + (at + 0.5) * slot;
  const boxes = (isWanted: (at: number) => boolean, color: string) =>
    boxesAt(
      values.flatMap((value, at) => {
        if (value === null || !isWanted(at)) return [];
        const half = (slot * FILLED) / 2;
        const ends = [y(value), y(0)].toSorted((a, b) => a - b) as [number, number];
        const isFlat = ends[1] - ends[0] < NOTHING;
        const [from, to] = isFlat ? [ends[1] - NOTHING, ends[1]] : ends;
        return [{ x: middle(at) - half, x2: middle(at) + half, y: from, y2: to }];
      }),
      // The rim parts a column from the range behind it.
      { color, stroke: look.background, strokeWidth: 1.5 },
    );
  const color = look.series[0] ?? look.ink;
  return [
    ...(usual
      ? boxesAt([{ x: PLOT.left, x2: PLOT.right, y: y(usual.high), y2: y(usual.low) }], {
          color,
          opacity: BAND,
        })
      : []),
    ...boxes((at) => at < last - 1, look.backdrop),
    ...boxes((at) => at === last - 1, look.muted),
    ...boxes((at) => at === last, color),
    ...textsAt(
      unknownPeriods(panel, calendar).map((at) => ({ x: middle(at), y: y(0) - 9, text: '?' })),
      { align: 'center', fontWeight: 400, color: look.muted },
    ),
  ];
}

/**
 * Which periods of a sum are not known, by their places among those of `calendar`; before the first
 * that is known of any that is in it there is nothing to know.
 */
export function unknownPeriods(panel: Panel, calendar: Calendar = panel.calendar): number[] {
  const values = valuesOn(panel, calendar);
  const { histories, sum } = panel;
  const left = new Set([...sum.young, ...sum.unknown]);
  const begins = histories
    .filter(({ name }) => !left.has(name))
    .map((one) => one.values.findIndex((value) => value !== null))
    .filter((at) => at >= 0);
  const begin = begins.length > 0 ? Math.min(...begins) : values.length - 1;
  const behind = panel.calendar.spans[begin]?.start;
  const from =
    calendar.cadence === 'daily'
      ? begin
      : calendar.spans.findIndex(({ start }) => start === behind);
  return values.flatMap((value, at) => (value === null && at >= from ? [at] : []));
}

/** Whether there is nothing usual because periods are missing, and not because the record is young. */
export function isHoled(panel: Panel): boolean {
  const { histories, sum, verdict } = panel;
  if (!verdict) return false;
  const last = sum.values.length - 1;
  const known = sum.values.slice(0, last).filter((value) => value !== null).length;
  const unknown = unknownPeriods(panel).filter((at) => at < last).length;
  // The channels of Slack are added up as soon as there are any.
  const hasOld = histories.some(({ subjectId, isNew }) => subjectId !== undefined && !isNew);
  const isOld = hasOld || known + unknown >= LEAST_EARLIER;
  return known < LEAST_EARLIER && isOld;
}
