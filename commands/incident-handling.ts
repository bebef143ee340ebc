import { addDays, DAY_MS, type Day, dayMs, daysBetween, isDay, weekStart } from '../db/days.ts';
import { incidentById, type OpenToAll } from '../db/incidents.ts';
import { InputError } from '../db/input-error.ts';
import { mayHear } from '../db/viewer.ts';
import { dayIn, instantOf, minuteIn } from '../db/wall-time.ts';
import { momentName, zoneWords } from '../reports/words.ts';
import type { CommandDeps } from './command.ts';
import { tokenize } from './tokenize.ts';
import { weekdayOf } from './weekdays.ts';

const HANDLINGS = ['acknowledge', 'snooze', 'reopen', 'useful', 'not-useful'] as const;

interface Handling {
  readonly what: (typeof HANDLINGS)[number];
  /** What stands behind it, in lower case. */
  readonly words: readonly string[];
  /** Whether everyone is to read the answer. */
  readonly isPublic: boolean;
}

const PUBLIC = /^-{0,2}public$/;

/** What `text` wants done with an incident; undefined when it wants something else. */
export function handlingIn(text: string): Handling | undefined {
  // The button says “Not useful”, and so do people.
  const typed = tokenize(text.replace(/^not\s+useful\b/i, 'not-useful')).map((token) =>
    token.text.toLowerCase(),
  );
  const [verb, ...words] = typed.filter((word) => !PUBLIC.test(word));
  const what = HANDLINGS.find((known) => known === verb);
  return what && { what, words, isPublic: typed.some((word) => PUBLIC.test(word)) };
}

const SNOOZE_DAYS = 7;
const MOST_SNOOZE_DAYS = 30;

/** What is thrown for a number that is no incident's, or not one that is for whoever asks. */
export function noIncident(id: number | string): InputError {
  return new InputError(`There is no incident ${id}: “alerts” lists them all.`);
}

/** The incident of that number. Throws an InputError where there is none that the viewer may see. */
export function heardIncident({ db, viewer }: CommandDeps, number: string): OpenToAll {
  const id = /^\d{1,9}$/.test(number) ? Number(number) : 0;
  const incident = incidentById(db, id, viewer.workspaceId);
  // Who is away is shown to admins alone, who have the buttons of its message.
  if (!incident || incident.kind === 'away' || !mayHear(viewer, incident)) throw noIncident(number);
  return incident;
}

/** Does what somebody wants done with an incident, and says so in a sentence. */
export async function handleIncident(
  { what, words, isPublic }: Handling,
  deps: CommandDeps,
): Promise<string> {
  const { now, alertDesk } = deps;
  const [number = '', ...length] = words;
  if (!/^\d{1,9}$/.test(number)) {
    throw new InputError(`Say which incident by its number, as in “alerts ${what} 1”.`);
  }
  if (!alertDesk) throw new InputError('Incidents are handled in Slack.');
  if (length.length > 0 && what !== 'snooze') {
    throw new InputError(`“alerts ${what}” takes a number only.`);
  }
  if (isPublic) {
    throw new InputError(
      `What is done with an incident is answered to you alone: leave “public” out, as in “alerts ${what} ${words.join(' ')}”.`,
    );
  }
  const { id, kind } = heardIncident(deps, number);
  if (what === 'useful' || what === 'not-useful') {
    alertDesk.vote(id, what === 'useful');
    return `Noted: incident ${id} was ${what === 'useful' ? 'useful' : 'not useful'} to you.`;
  }
  if (what === 'acknowledge') {
    alertDesk.acknowledge(id);
    return `Incident ${id} is acknowledged: it stays so until it is over, or somebody reopens it.`;
  }
  if (what === 'reopen') {
    alertDesk.reopen(id);
    return `Incident ${id} is open again: neither acknowledged nor snoozed.`;
  }
  const zone = await alertDesk.zoneOf(kind);
  const until = untilOf(length.join(' ') || `${SNOOZE_DAYS}d`, zone, now);
  if (until === undefined) {
    const day = addDays(dayIn(zone, now), SNOOZE_DAYS);
    throw new InputError(
      `An incident is snoozed for 1 to ${MOST_SNOOZE_DAYS} days, as in “alerts snooze ${id} 7d”, “alerts snooze ${id} 2w” or “alerts snooze ${id} until ${day}”.`,
    );
  }
  alertDesk.snooze(id, until);
  return `Incident ${id} is snoozed until ${momentName(minuteIn(zone, until))} in ${zoneWords(zone)}.`;
}

/** Until a day is until the people of the zone are at work on it. */
const MORNING_MS = 9 * 3_600_000;

/**
 * The instant at which `7`, `7d` or `2w` from now are over, or the morning of a date, of `tomorrow` or
 * of the next `friday` comes; undefined for what is not in 1 to 30 days.
 */
function untilOf(text: string, zone: string, now: number): number | undefined {
  const typed = text.replace(/^(?:for|until) /, '');
  const today = dayIn(zone, now);
  const day = dayNamed(typed, today);
  const days = day === undefined ? daysIn(typed) : daysBetween(today, day);
  if (days === undefined || days < 1 || days > MOST_SNOOZE_DAYS) return undefined;
  return day === undefined ? now + days * DAY_MS : instantOf(zone, dayMs(day) + MORNING_MS);
}

function dayNamed(typed: string, today: Day): Day | undefined {
  if (isDay(typed)) return typed;
  if (typed === 'tomorrow') return addDays(today, 1);
  const weekday = weekdayOf(typed);
  if (weekday === 0) return undefined;
  return addDays(today, ((weekday + 5 - daysBetween(weekStart(today), today)) % 7) + 1);
}

function daysIn(typed: string): number | undefined {
  const [, count, unit = 'd'] = /^(\d{1,3}) ?(d|days?|w|weeks?)?$/.exec(typed) ?? [];
  return count === undefined ? undefined : Number(count) * (unit.startsWith('w') ? 7 : 1);
}
