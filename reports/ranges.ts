import { addDays, type Day, daysBetween, weekStart } from '../db/days.ts';
import { count, dayName } from './words.ts';

/** A range as it stands in a sentence: `in the last 30 days and today`, `from 1 Jan 2024 to 30 Jun 2024`. */
export function rangeName(from: Day, to: Day, today: Day): string {
  if (from === to) return to === today ? 'today' : `on ${dayName(to)}`;
  const days = daysBetween(from, to) + 1;
  if (to === today && days === 2) return 'yesterday and today';
  if (to === today && days <= 367) return `in the last ${count(days - 1)} days and today`;
  if (to === today) return `since ${dayName(from)}`;
  if (to === addDays(today, -1) && days <= 366) return `in the ${count(days)} days to yesterday`;
  return `from ${dayName(from)} to ${dayName(to)}`;
}

/** The last whole week, by its Monday: `last week`, or which one when the data ends earlier. */
export function weekName(week: Day | undefined, today: Day): string {
  if (!week || week === addDays(weekStart(today), -7)) return 'last week';
  return `in the week of ${dayName(week)}`;
}
