import { addDays, dayMs } from '../../db/days.ts';
import { community, TODAY } from '../reports/community.ts';

/** An hour into the community's today, in milliseconds since the epoch. */
export const NOW = dayMs(TODAY) + 3_600_000;

/** A community in which Ada has written so many messages on each of the last days. */
export function talking(days: number, messages: (age: number) => number) {
  const made = community();
  for (let age = days; age > 0; age--) {
    const count = messages(age);
    if (count > 0) made.wrote('UADA', 'general', addDays(TODAY, -age), count);
  }
  return made;
}
