import { partColours } from '../chart/part-colours.ts';
import { endLabel } from '../chart/series.ts';
import type { StackLayer } from '../chart/stack-panel.ts';
import type { Look } from '../theme.ts';
import { shortPercent } from '../words.ts';
import type { Basis } from './basis.ts';
import type { Split } from './history.ts';
import { partName } from './members.ts';
import type { Dimension } from './params.ts';

/**
 * The parts as layers, the largest at the bottom, labelled with their share. What is large by that
 * has the strongest colours.
 */
export function splitLayers(
  by: Dimension,
  { parts, others }: Split,
  shown: readonly number[],
  { of, whole }: Basis,
  look: Look,
): StackLayer[] {
  const ranks = parts.toSorted((a, b) => of(b) - of(a)).filter(({ kind }) => kind === 'member');
  return parts.map((part) => ({
    ...partColours(part, ranks.indexOf(part), look),
    label: endLabel(partName(by, part, others), whole > 0 ? shortPercent(of(part) / whole) : ''),
    values: shown.map((at) => part.sums[at] ?? 0),
  }));
}
