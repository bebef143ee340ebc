import { partColours } from '../chart/part-colours.ts';
import { endLabel } from '../chart/series.ts';
import type { StackLayer } from '../chart/stack-panel.ts';
import { isWhole } from '../counts.ts';
import type { Look } from '../theme.ts';
import { shortPercent } from '../words.ts';
import type { Dimension, Split } from './history.ts';
import { partName } from './members.ts';

/** The parts as layers, the largest at the bottom, labelled with their share of the last column. */
export function splitLayers(
  by: Dimension,
  { parts, periods, others }: Split,
  shown: readonly number[],
  look: Look,
): StackLayer[] {
  const last = shown.findLast((at) => periods[at] && isWhole(periods[at])) ?? shown.at(-1) ?? 0;
  const whole = periods[last]?.sum ?? 0;
  return parts.map((part, rank) => ({
    ...partColours(part, rank, look),
    label: endLabel(
      partName(by, part, others),
      whole > 0 ? shortPercent((part.sums[last] ?? 0) / whole) : '',
    ),
    values: shown.map((at) => part.sums[at] ?? 0),
  }));
}
