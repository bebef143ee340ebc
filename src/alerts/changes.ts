import type { Incident } from '../../db/incidents.ts';
import { whatFell } from '../../reports/falls.ts';
import { dayName } from '../../reports/words.ts';

/** An incident as a message shows it. */
export type ShownIncident = Pick<
  Incident,
  'id' | 'state' | 'snoozedUntil' | 'outcome' | 'useful' | 'notUseful'
>;

export function shownOf(incident: Incident): ShownIncident {
  const { id, state, snoozedUntil, outcome, useful, notUseful } = incident;
  return { id, state, snoozedUntil, outcome, useful, notUseful };
}

/** What has become of the incidents since a message showed them, a sentence each; votes are none. */
export function changesOf(
  before: readonly ShownIncident[],
  incidents: readonly Incident[],
): string[] {
  return incidents.flatMap((incident) => {
    const known = before.find(({ id }) => id === incident.id);
    const isSame = known?.state === incident.state && known.snoozedUntil === incident.snoozedUntil;
    return isSame ? [] : [changeOf(incident)];
  });
}

function changeOf(incident: Incident): string {
  const { id, state, snoozedUntil, closedDay, outcome } = incident;
  const what = `Incident ${id} (${whatFell(incident)})`;
  if (state === 'acknowledged') return `${what} is acknowledged.`;
  if (state === 'snoozed' && snoozedUntil)
    return `${what} is snoozed until ${dayName(snoozedUntil)}.`;
  if (state === 'firing' || !closedDay) return `${what} is open again.`;
  const day = dayName(closedDay);
  if (outcome === 'recovered') return `${what} is over: back on ${day}.`;
  if (outcome === 'new level') return `${what} is over: taken for the new level on ${day}.`;
  return `${what} is over: not watched from ${day} on.`;
}
