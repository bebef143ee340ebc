import { type Day, daysBetween } from '../db/days.ts';
import { count, dayName, stretchName } from './words.ts';

/** `I was off from 17 to 21 Nov 2026`, of the days on which the bot did not hear all. */
export function wasOff(days: readonly Day[]): string {
  const some = isOneStretch(days) ? '' : `on ${count(days.length)} days `;
  return `I was off ${some}${stretchOf(days, dayName)}`;
}

/** The same where there is little room: `off from 17 to 21 Nov`, `off on 3 days`. */
export function offInShort(days: readonly Day[], name: (day: Day) => string): string {
  return `off ${isOneStretch(days) ? stretchOf(days, name) : `on ${count(days.length)} days`}`;
}

/** What a count of messages lacks, where it lacks anything. */
export function recordingGapNotes(days: readonly Day[]): string[] {
  return days.length > 0 ? [`${wasOff(days)}, and did not hear all that was written.`] : [];
}

function endsOf(days: readonly Day[]): [Day, Day] {
  const [day = '', last = day] = [days[0], days.at(-1)];
  return [day, last];
}

export function isOneStretch(days: readonly Day[]): boolean {
  return daysBetween(...endsOf(days)) + 1 === days.length;
}

function stretchOf(days: readonly Day[], name: (day: Day) => string): string {
  return `${days.length > 1 ? 'from' : 'for hours on'} ${fromTo(days, name)}`;
}

/** `17 to 21 Nov 2026`, or one day alone. */
export function fromTo(days: readonly Day[], name: (day: Day) => string): string {
  return stretchName(...endsOf(days), name);
}
