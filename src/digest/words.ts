import { WEEKDAYS } from '../../commands/weekdays.ts';
import { findChannel } from '../../db/channels.ts';
import type { Db } from '../../db/open.ts';
import type { Cadence, Subscription } from '../../db/subscriptions.ts';
import { zoneWords } from '../../reports/words.ts';
import { dueTimes } from './due.ts';

/** `Every Monday at 9:00 in Europe/Berlin`, without a full stop. */
export function everyWords(cadence: Cadence): string {
  return `${daysWords(cadence)} at ${timeWords(cadence.minute)} in ${zoneWords(cadence.zone)}`;
}

/** `Every Monday at 9:00 in Europe/Berlin, next on Monday, 30 November at 9:00`. */
export function scheduleWords(cadence: Cadence, now: number): string {
  const { next } = dueTimes(cadence, now);
  return `${everyWords(cadence)}, next on ${momentWords(next, cadence.zone)}`;
}

/** Where it is posted: `#general`. */
export function placeWords(
  db: Db,
  { workspaceId, channelId }: Pick<Subscription, 'workspaceId' | 'channelId'>,
): string {
  const name = findChannel(db, workspaceId, channelId)?.name;
  return name ? `#${name}` : 'the channel you chose';
}

/** `weekly`, as people write it. */
export function kindWords(every: Cadence['every']): 'daily' | 'weekly' | 'monthly' {
  return ({ day: 'daily', week: 'weekly', month: 'monthly' } as const)[every];
}

/** `weekly monday 9:00 in Europe/Berlin`, as people type it. */
export function typedWords(cadence: Cadence): string {
  const { every, onDay, minute, zone } = cadence;
  const day = { day: '', week: `${WEEKDAYS[onDay - 1]?.toLowerCase()} `, month: `${onDay} ` }[
    every
  ];
  return `${kindWords(every)} ${day}${timeWords(minute)} in ${zoneWords(zone)}`;
}

function daysWords({ every, onDay }: Cadence): string {
  if (every === 'day') return 'Every day';
  if (every === 'week') return `Every ${WEEKDAYS[onDay - 1]}`;
  return `On the ${ordinal(onDay)} of every month`;
}

function ordinal(day: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][day > 3 && day < 21 ? 0 : day % 10] ?? 'th';
  return `${day}${ending}`;
}

export function timeWords(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

/** `Monday, 30 November at 9:00`, on the clocks of `zone`. */
export function momentWords(instant: number, zone: string): string {
  const shown = new Map(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const time = `${Number(shown.get('hour'))}:${shown.get('minute')}`;
  return `${shown.get('weekday')}, ${shown.get('day')} ${shown.get('month')} at ${time}`;
}
