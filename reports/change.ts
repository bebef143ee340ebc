import { sum } from '../db/statistics.ts';
import { signed, signedPercent } from './words.ts';

/** Below this a percentage says less than the two numbers do, and so it does beyond a factor. */
export const LEAST_PERCENT = 20;
export const MOST_FACTOR = 4;

/** A number, and the one that it is compared with. */
interface Compared {
  readonly value: number;
  readonly before: number;
}

/** Whether no percentage would show a difference. */
function isAsBefore({ value, before }: Compared): boolean {
  return Math.abs(value - before) <= 0.005 * Math.abs(before);
}

/** `−12%`; empty where they are as good as the same, or too small to bear a percentage. */
function percentChange(compared: Compared): string {
  const { value, before } = compared;
  const isSmall = Math.min(value, before) < LEAST_PERCENT || value > before * MOST_FACTOR;
  return isSmall || isAsBefore(compared) ? '' : signedPercent(value / before - 1);
}

/** The one that made more than half of the rise of all, or of their fall. */
export function moverOf<T extends Compared>(members: readonly T[]): T | undefined {
  const moves = members.map(({ value, before }) => value - before);
  const way = Math.sign(sum(moves));
  const moved = sum(moves.map((move) => Math.max(0, way * move)));
  return members[moves.findIndex((move) => way * move > moved / 2)];
}

/** ` (−12%)`; of several with the one that made it, ` (−12%: one −60%)`; empty where hardly anything changed. */
export function changePart(
  all: Compared,
  members: readonly (Compared & { readonly name: string })[] = [],
): string {
  if (isAsBefore(all)) return '';
  const mover = members.length > 1 ? moverOf(members) : undefined;
  const who =
    mover && `${mover.name} ${percentChange(mover) || signed(mover.value - mover.before)}`;
  const parts = [percentChange(all), who].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(': ')})` : '';
}
