import { addDays, type Day, daysBetween, weekStart } from '../db/days.ts';
import { count, dayName } from './words.ts';

/** A range as it stands in a sentence: `in the last 30 days and today`, `from 1 Jan 2024 to 30 Jun 2024`. */
export function rangeName(from: Day, to: Day, today: Day): string {
  const yesterday = addDays(today, -1);
  if (from === to && to === today) return 'today';
  if (from === to) return to === yesterday ? 'yesterday' : `on ${dayName(to)}`;
  const days = daysBetween(from, to) + 1;
  if (to === today && days === 2) return 'yesterday and today';
  // A larger number of days tells nobody when that was.
  if (to === today && days <= 101) return `in the last ${count(days - 1)} days and today`;
  if (to === today) return `since ${dayName(from)}`;
  if (to === yesterday && days <= 101) return `in the ${count(days)} days to yesterday`;
  return `from ${dayName(from)} to ${dayName(to)}`;
}

/** The last whole week, by its Monday: `last week`, or which one when the data ends earlier. */
export function weekName(week: Day | undefined, today: Day): string {
  if (!week || week === addDays(weekStart(today), -7)) return 'last week';
  return `in the week of ${dayName(week)}`;
}
