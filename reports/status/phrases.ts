import { dayOf } from '../../db/days.ts';
import { count, dayName, plural, shortDay } from '../words.ts';
import type { PartStanding } from './judge.ts';
import type { Standing } from './standings.ts';

const MINUTE_MS = 60_000;

/** `12 minutes ago`, `3 hours ago`, `2 days ago`. */
export function ago(at: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / MINUTE_MS));
  if (minutes < 1) return 'just now';
  if (minutes < 90) return `${plural(minutes, 'minute')} ago`;
  if (minutes < 48 * 60) return `${plural(Math.round(minutes / 60), 'hour')} ago`;
  return `${plural(Math.round(minutes / 60 / 24), 'day')} ago`;
}

/** `14:10 UTC` of today, `20 Nov 2026, 14:10 UTC` of another day. */
export function instant(at: string, now: number): string {
  const day = at.slice(0, 10);
  const time = `${at.slice(11, 16)} UTC`;
  return day === dayOf(now) ? time : `${dayName(day)}, ${time}`;
}

/** `1,200 of 40,000 issues`. */
export function progressText({ progress }: PartStanding): string {
  if (!progress) return '';
  const { done, of, unit } = progress;
  return of === undefined ? `${count(done)} ${unit}` : `${count(done)} of ${count(of)} ${unit}`;
}

/** The part that is to blame for how a subject stands. */
function culprit({ parts, state }: Standing): PartStanding | undefined {
  return parts.find((part) => part.state === state);
}

/** How a subject stands, in a few words for the board, the most important first. */
export function shortly(standing: Standing, now: number): string {
  const { state, parts, through, lastDay, areDaysLate, name } = standing;
  const part = culprit(standing);
  const what = part && part.part !== '' && part.title !== name ? `: ${part.title}` : '';
  if (state === 'off') return lastDay ? `not polled, data to ${shortDay(lastDay)}` : 'not polled';
  if (part && part.failures > 0) return `${failing(part)}${what}`;
  if (part && state === 'loading') {
    const progress = progressText(part);
    return progress === '' ? `waits for its first load${what}` : `first load: ${progress}`;
  }
  if (part && state !== 'good') return `${readAt(part, now)}${what}`;
  if (areDaysLate) return through ? `complete only to ${shortDay(through)}` : 'no complete day';
  const read = parts[0]?.doneAt ? ago(parts[0].doneAt, now) : 'read';
  return through ? `${read}, complete to ${shortDay(through)}` : read;
}

function failing({ failures, since }: PartStanding): string {
  if (failures === 1) return 'failed once';
  return since ? `failing since ${shortDay(since.slice(0, 10))}` : `failed ${failures} times`;
}

/** `last read 2 days ago`, `never read`. */
export function readAt({ doneAt }: PartStanding, now: number): string {
  return doneAt ? `last read ${ago(doneAt, now)}` : 'never read';
}

/** `acme/rocket (GitHub)`. */
export function whose({ name, sourceTitle }: Standing): string {
  return `${name} (${sourceTitle})`;
}
