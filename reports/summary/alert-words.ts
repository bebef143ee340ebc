import { stateOf, whatIncident } from '../incident-words.ts';
import { count, listed } from '../words.ts';
import { type Alert, isToldBy } from './alerts.ts';
import type { Change } from './changes.ts';

const MOST_LINES = 3;

/** A sentence an incident; of those that the changes cover already, only how they are. */
export function alertLines(alerts: readonly Alert[], told: readonly Change[]): string[] {
  const again = alerts.filter((one) => one.incident.closedDay === null && isToldBy(one, told));
  const others = alerts.filter((one) => !again.includes(one));
  const lines = [...(again.length > 0 ? [againSentence(again)] : []), ...others.map(withState)];
  const shown = lines.slice(0, MOST_LINES);
  const rest = lines.length - shown.length;
  return rest === 0
    ? shown
    : [...shown.slice(0, -1), `${shown.at(-1)} And ${count(rest)} more: /metrics alerts.`];
}

function againSentence(again: readonly Alert[]): string {
  const [first, ...others] = again.map(({ incident }) => stateOf(incident));
  const isAlike = others.every((state) => state === first);
  const what = again.map(
    ({ incident }) => `${whatIncident(incident)}${isAlike ? '' : ` (${stateOf(incident)})`}`,
  );
  const [alerts, are] = what.length > 1 ? ['alerts', 'are'] : ['alert', 'is'];
  const told = `The ${alerts} about ${listed(what)}`;
  return isAlike ? `${told}, told above, ${are} ${first}.` : `${told} ${are} told above.`;
}

/** That somebody is at it already. */
function withState({ incident, sentence }: Alert): string {
  const isHandled = incident.state === 'acknowledged' || incident.state === 'snoozed';
  return isHandled ? `${sentence} It is ${stateOf(incident)}.` : sentence;
}
