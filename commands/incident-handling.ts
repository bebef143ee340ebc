import { addDays, daysBetween } from '../db/days.ts';
import { incidentById } from '../db/incidents.ts';
import { InputError } from '../db/input-error.ts';
import { mayHear } from '../db/viewer.ts';
import { dayName } from '../reports/words.ts';
import type { CommandDeps } from './command.ts';
import type { Range } from './range.ts';

const HANDLINGS = ['acknowledge', 'snooze', 'useful', 'not-useful'] as const;

type Handling = (typeof HANDLINGS)[number];

export function isHandling(word: string): word is Handling {
  return HANDLINGS.some((known) => known === word);
}

const SNOOZE_DAYS = 7;
const MOST_SNOOZE_DAYS = 30;

/** What is thrown for a number that is no incident's, or not one that is for whoever asks. */
export function noIncident(id: number): InputError {
  return new InputError(`There is no incident ${id}: “alerts” lists those there are.`);
}

/** Does what somebody wants done with an incident, and says so in a sentence. */
export function handleIncident(
  what: Handling,
  words: readonly string[],
  range: Range | undefined,
  { db, viewer, today, alertDesk }: CommandDeps,
): string {
  const [number = '', ...others] = words;
  if (!/^\d{1,9}$/.test(number) || others.length > 0) {
    throw new InputError(`Say which incident by its number, as in “alerts ${what} 1”.`);
  }
  if (!alertDesk) throw new InputError('Incidents are handled in Slack.');
  if (range && what !== 'snooze') throw new InputError(`“alerts ${what}” takes a number only.`);
  const id = Number(number);
  const incident = incidentById(db, id);
  // Who is away is told to admins alone, who have the buttons of its message.
  if (!incident || incident.kind === 'away' || !mayHear(viewer, incident)) throw noIncident(id);
  if (what === 'useful' || what === 'not-useful') {
    alertDesk.vote(id, what === 'useful');
    return `Noted: incident ${id} was ${what === 'useful' ? 'useful' : 'not useful'} to you.`;
  }
  if (what === 'acknowledge') {
    alertDesk.acknowledge(id);
    return `Incident ${id} is acknowledged: it stays so until it is over.`;
  }
  const days = range ? daysBetween(range.from ?? today, range.to) : SNOOZE_DAYS;
  if (days < 1 || days > MOST_SNOOZE_DAYS || (range && range.to !== today)) {
    throw new InputError(
      `An incident is snoozed for 1 to ${MOST_SNOOZE_DAYS} days, as in “alerts snooze ${id} 7d”.`,
    );
  }
  alertDesk.snooze(id, days);
  return `Incident ${id} is snoozed until ${dayName(addDays(today, days))}.`;
}
