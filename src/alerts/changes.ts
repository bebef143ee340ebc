import type { Note } from '../../db/alert-posts.ts';
import { type Incident, isMovement } from '../../db/incident.ts';
import { whatIncident } from '../../reports/incident-words.ts';
import { capitalised, dayName, isolated, listed, momentName } from '../../reports/words.ts';
import { type SaidIncident, type ShownIncident, shownOf } from './shown.ts';

/**
 * The incident as it is shown at night: the end of a snooze waits for the morning, and is no news
 * when the incident is over by then.
 */
export function atNight(before: readonly ShownIncident[], incident: Incident): Incident {
  const was = before.find(({ id }) => id === incident.id);
  const isAwake = was?.state === 'snoozed' && isAwakeAgain(incident);
  if (!isAwake) return incident;
  const { state, snoozedUntil, snoozeEnds = null } = was;
  return { ...incident, state, snoozedUntil, snoozeEnds };
}

/** Firing by itself: nobody has reopened it. */
function isAwakeAgain({ state, userId }: Incident): boolean {
  return state === 'firing' && userId === null;
}

/** Up to this many that join a message at once get a note each; more share one. */
const MOST_APART = 2;

/** What has become of the incidents since a message showed them; votes are no news. */
export function changesOf(
  before: readonly ShownIncident[],
  incidents: readonly SaidIncident[],
): Note[] {
  const known = new Map(before.map((shown) => [shown.id, shown]));
  const changed = incidents.flatMap((one) => {
    const was = known.get(one.incident.id);
    return was ? changeSince(was, one) : [];
  });
  const { news, ofKnown } = newcomers(known, incidents);
  const apart = ofKnown.map(({ words }): Note => ({ text: words.headline, isBroadcast: false }));
  return [...changed, ...broadcasts(news), ...apart];
}

/**
 * Incidents that join a message. The channel hears of the first of each subject; of a subject that the
 * message is about already, only the thread does.
 */
function newcomers(known: ReadonlyMap<number, unknown>, incidents: readonly SaidIncident[]) {
  const { old = [], young = [] } = Object.groupBy(incidents, ({ incident }) =>
    known.has(incident.id) ? 'old' : 'young',
  );
  const subjects = new Set(old.map(({ incident }) => subjectOf(incident)));
  const { news = [], ofKnown = [] } = Object.groupBy(young, ({ incident }) => {
    const isKnown = subjects.has(subjectOf(incident));
    subjects.add(subjectOf(incident));
    return isKnown ? 'ofKnown' : 'news';
  });
  return { news, ofKnown };
}

function broadcasts(news: readonly SaidIncident[]): Note[] {
  if (news.length <= MOST_APART) {
    return news.map(({ words }) => ({ text: words.headline, isBroadcast: true }));
  }
  const names = news.map(({ incident }) => whatIncident(incident));
  return [{ text: `${news.length} more incidents: ${listed(names)}.`, isBroadcast: true }];
}

function changeSince(was: ShownIncident, one: SaidIncident): Note[] {
  const { incident } = one;
  const isSnooze = incident.state !== 'snoozed' || isSameSnooze(was, incident);
  const isSame = was.state === incident.state && isSnooze;
  if (!isSame) return [noteOf(was, one)];
  if (incident.outcome !== null && was.lost === null && typeof one.lost === 'number') {
    const text = `After the end of incident ${incident.id}, it was low again. ${one.words.headline}`;
    return [{ text, isBroadcast: false }];
  }
  const { said } = shownOf(incident, () => one);
  return said === was.said || said === undefined ? [] : [{ text: said, isBroadcast: false }];
}

/** By the instant: with another zone of the channel, the same one is shown by other clocks. */
function isSameSnooze(was: ShownIncident, { snoozedUntil, snoozeEnds }: Incident): boolean {
  if (was.snoozeEnds !== undefined) return was.snoozeEnds === snoozeEnds;
  // An older version kept the UTC day alone, or the minute as it was shown.
  const before = was.snoozedUntil ?? '';
  return (snoozedUntil ?? '').startsWith(before) || (snoozeEnds ?? '').startsWith(before);
}

function subjectOf(incident: Incident): string {
  const subjectId =
    isMovement(incident) || incident.kind === 'vulnerable' ? incident.subjectId : '';
  return `${incident.source} ${subjectId}`;
}

function noteOf(was: ShownIncident, one: SaidIncident): Note {
  const text = changeOf(one);
  if (was.state !== 'snoozed' || !isAwakeAgain(one.incident)) return { text, isBroadcast: false };
  // A snooze is there to be reminded, and nobody looks into the thread for that.
  return { text: `${text} Its snooze has ended. ${one.words.headline}`, isBroadcast: true };
}

function changeOf({ incident, words }: SaidIncident): string {
  const { id, state, userId, userName, snoozedUntil, closedDay, outcome } = incident;
  const about = `incident ${id} (${whatIncident(incident)})`;
  const what = capitalised(about);
  const who = userName === null ? 'Somebody' : isolated(userName);
  if (state === 'acknowledged') return `${who} acknowledged ${about}.`;
  if (state === 'snoozed' && snoozedUntil) {
    return `${who} snoozed ${about} until ${momentName(snoozedUntil)}.`;
  }
  if (state === 'firing' && userId !== null) return `${who} reopened ${about}.`;
  if (state === 'firing' || !closedDay) return `${what} is open again.`;
  // Its own sentence tells how a drop or a rise ended.
  if (isMovement(incident)) return `Incident ${id} is over. ${words.headline}`;
  const day = dayName(closedDay);
  if (incident.kind === 'failing' && outcome === 'recovered') {
    return `${capitalised(whatIncident(incident))} works again: incident ${id} is over.`;
  }
  if (incident.kind === 'failing') {
    return `What failed of ${whatIncident(incident)} is not asked for any more: incident ${id} is over.`;
  }
  if (incident.kind === 'vulnerable' && outcome === 'recovered') {
    return `${what} is over. ${words.headline}`;
  }
  if (outcome === 'recovered') return `${what} is over: back on ${day}.`;
  return `${what} is over: not watched since ${day}.`;
}
