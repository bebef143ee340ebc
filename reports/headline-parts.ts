import type { Comparison } from './comparison.ts';
import { type Move, moveSentence } from './moves.ts';
import type { OpenMovement } from './open-movements.ts';
import { type Pace, paceSentence } from './pace.ts';
import type { Direction } from './trend.ts';

/** More subjects than this have no line of their own. */
export const MOST_LINES = 10;
const MOST_MOVES = 3;
const MOST_MOVEMENTS = 3;

interface Told {
  readonly comparison: Comparison | undefined;
  readonly openMovements: readonly OpenMovement[];
}

/**
 * How a headline ends: with the open alert that matters most, which says more than the pace does. The
 * pace is told beside weeks alone.
 */
export function headlineEnd(
  { openMovements: [open], comparison }: Told,
  pace: Pace,
  words: Readonly<Record<Direction, string>>,
): string {
  if (open) return open.sentence;
  return comparison?.of === 'week' ? paceSentence(pace, words) : '';
}

export function movementLines(open: readonly OpenMovement[]): string[] {
  return open.slice(0, MOST_MOVEMENTS).map(({ sentence }) => sentence);
}

export function moveLines(moves: readonly Move[]): string[] {
  return moves.slice(0, MOST_MOVES).map(moveSentence);
}
