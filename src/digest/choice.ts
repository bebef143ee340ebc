import type { WantedDigest } from '../../commands/digest-desk.ts';
import { dayOf, type Granularity, periodStart } from '../../db/days.ts';
import type { Cadence, Subscription } from '../../db/subscriptions.ts';
import { wallTime } from '../../db/wall-time.ts';
import { dueTimes } from './due.ts';
import { kindWords, timeWords } from './words.ts';

const USUAL_HOUR = 9;
/** Nowhere is midnight UTC later than this. */
const LAST_HOUR = 14;
const HALF_A_YEAR_MS = 182 * 24 * 3600 * 1000;

/** Which of a channel's digests is meant when nobody says: the only one, or the weekly. */
export function everyOf(
  wanted: Cadence['every'] | undefined,
  current: readonly Subscription[],
): Cadence['every'] {
  const [only, ...more] = current;
  return wanted ?? (only && more.length === 0 ? only.every : 'week');
}

/** The cadence that is wanted; what is not said stays as it was, or is as usual. */
export function cadenceOf(
  every: Cadence['every'],
  wanted: WantedDigest,
  existing: Cadence | undefined,
  zone: string,
  now: number,
): Cadence {
  const onDay = wanted.onDay ?? existing?.onDay ?? 1;
  const minute = wanted.minute ?? existing?.minute;
  if (minute !== undefined) return { every, onDay, minute, zone };
  // Where Monday begins long before it does in UTC, the week is not over at nine.
  for (let hour = USUAL_HOUR; hour < LAST_HOUR; hour += 1) {
    const cadence = { every, onDay, minute: hour * 60, zone };
    if (!isEarly(cadence, now) && !isEarly(cadence, now + HALF_A_YEAR_MS)) return cadence;
  }
  return { every, onDay, minute: LAST_HOUR * 60, zone };
}

/** A sentence for someone whose digest comes before its day, week or month is over in UTC. */
export function earlyWords(cadence: Cadence, now: number): string | undefined {
  if (!isEarly(cadence, now)) return undefined;
  const noun = cadence.every;
  const over = wallTime(cadence.zone, Date.parse(`${dayOf(dueTimes(cadence, now).next)}T24:00Z`));
  const time = timeWords(new Date(over).getUTCHours() * 60 + new Date(over).getUTCMinutes());
  return `A ${noun} ends at midnight UTC, which is ${time} there: a digest that comes earlier tells of the ${noun} before the last one.`;
}

/** Whether UTC is still in the period before the one that the clocks of the zone are in. */
function isEarly(cadence: Cadence, now: number): boolean {
  const { next } = dueTimes(cadence, now);
  const granularity: Granularity = kindWords(cadence.every);
  const there = dayOf(wallTime(cadence.zone, next));
  return periodStart(dayOf(next), granularity) < periodStart(there, granularity);
}
