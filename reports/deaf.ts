import { type Day, daysBetween } from '../db/days.ts';
import { count, dayName } from './words.ts';

/** `I was off from 17 to 21 Nov 2026`, of the days on which the bot did not hear all; `name` writes one. */
export function wasOff(days: readonly Day[], name: (day: Day) => string = dayName): string {
  const [day = '', last = day] = [days[0], days.at(-1)];
  if (last === day) return `I was off for hours on ${name(day)}`;
  const isAll = daysBetween(day, last) + 1 === days.length;
  const some = isAll ? '' : `on ${count(days.length)} days `;
  return `I was off ${some}from ${startOf(name(day), name(last))} to ${name(last)}`;
}

/** What a count of messages lacks, where it lacks anything. */
export function deafNotes(days: readonly Day[]): string[] {
  return days.length > 0 ? [`${wasOff(days)}, and did not hear all that was written.`] : [];
}

/** `17`, `17 Nov`: without the month and the year that the end names as well. */
function startOf(first: string, last: string): string {
  const words = first.split(' ');
  const end = last.split(' ');
  while (words.length > 1 && words.at(-1) === end[words.length - 1]) words.pop();
  return words.join(' ');
}
