import { wrap } from '../chart/text.ts';
import { incompleteOf } from '../counts.ts';
import { providerSentence } from '../provider-stretches.ts';
import { sharesPrint } from '../ranges.ts';
import { SIZE } from '../theme.ts';
import { basisOf } from './basis.ts';
import type { Downloads } from './history.ts';
import { mirrorsNote } from './notes.ts';

const PROVISIONAL = {
  faded: 'The faded column is not complete yet.',
  dashed: 'What is dashed is not complete yet.',
} as const;
const HOLES = 'What is missing in between is not known.';

/** It begins where the plot does. */
const WIDTH = SIZE.width - 50;

/**
 * What must be known to read the chart: whose downloads, from which provider, and what is not
 * whole.
 */
export function smallPrintOf(
  data: Downloads,
  unfinished: 'faded' | 'dashed' | undefined,
): string[] {
  const { packages, split } = data;
  const sentences = new Set(packages.map((one) => providerSentence(one.stretches)));
  const [only] = sentences;
  const hasHoles = (split ? [split] : packages).some(
    ({ periods }) => incompleteOf(periods).length > 0,
  );
  const basis = split && basisOf(data, split);
  const shares = basis && basis.whole > 0 && sharesPrint(basis.when);
  return [
    [mirrorsNote(data), sentences.size === 1 ? only : undefined].filter(Boolean).join(' '),
    [shares, unfinished && PROVISIONAL[unfinished], hasHoles && HOLES].filter(Boolean).join(' '),
  ].flatMap((text) => (text === '' ? [] : wrap(text, SIZE.label, WIDTH, 2)));
}
