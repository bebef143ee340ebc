import type { Incident, Movement } from '../db/incident.ts';
import { PUBLIC_MESSAGES } from '../db/public-messages.ts';
import { DOWNLOADS } from '../db/pypi.ts';
import { PULLS, STARS } from './totals/kind.ts';
import { allOf, dayName, isolated, listed, momentName, zoneWords } from './words.ts';

const MEASURES: Readonly<Record<string, string>> = {
  [DOWNLOADS]: 'downloads',
  [PULLS.metric]: 'pulls',
  [STARS.metric]: 'new stars',
  [PUBLIC_MESSAGES]: 'messages',
};

/** `downloads`, `new stars`: what is counted of a metric each day. */
export function measured(metric: string): string {
  return MEASURES[metric] ?? metric;
}

/** What a series is of. */
interface SeriesNames extends Pick<Movement, 'metric' | 'subjectName'> {
  readonly others?: readonly { readonly name: string }[];
}

/** `downloads of some-package`, `downloads of new and old together`. */
export function seriesInWords({ metric, subjectName, others = [] }: SeriesNames): string {
  return measuredOf(metric, together([subjectName, ...others.map(({ name }) => name)]));
}

/** `downloads of a, b and 5 more; pulls of new and old together`. */
export function seriesTogether(series: readonly SeriesNames[], most: number): string {
  const groups = Map.groupBy(series, (one) =>
    one.others && one.others.length > 0 ? seriesInWords(one) : one.metric,
  );
  return [...groups]
    .map(([key, [first, ...more]]) => {
      if (first?.metric !== key) return key;
      const names = [first, ...more].map(({ subjectName }) => isolated(subjectName));
      return measuredOf(key, listed(names, most));
    })
    .join('; ');
}

function measuredOf(metric: string, whose: string): string {
  return `${measured(metric)} ${metric === PUBLIC_MESSAGES ? 'in the public channels of' : 'of'} ${whose}`;
}

/** What an incident is about: `downloads of some-package` for a drop of them, `GitHub`. */
export function whatIncident(incident: Incident): string {
  switch (incident.kind) {
    case 'drop':
      return seriesInWords(incident);
    case 'rise':
      return `a rise of ${seriesInWords(incident)}`;
    case 'vulnerable':
      return `vulnerable versions of ${isolated(incident.subjectName)}`;
    case 'failing':
      return incident.sourceTitle;
    case 'away':
      return 'the most active person';
  }
}

/**
 * How one is and who made it so: `open`, `acknowledged by Ada`, `over since 12 Nov 2026`. When a
 * snooze ends is told by the clocks that the incident has; where others may read it, with their name.
 */
export function stateOf(incident: Incident, isNamed = true): string {
  const { state, userId, userName, snoozedUntil, zone } = incident;
  const by = userName === null ? '' : ` by ${isolated(userName)}`;
  if (state === 'acknowledged') return `acknowledged${by}`;
  if (state === 'snoozed' && snoozedUntil) {
    const clocks = isNamed ? ` in ${zoneWords(zone)}` : '';
    return `snoozed${by} until ${momentName(snoozedUntil)}${clocks}`;
  }
  if (state === 'resolved') return endOf(incident);
  return userId === null ? 'open' : `reopened${by}`;
}

/** `; votes: 1 useful, 0 not useful`, or nothing without votes. */
export function votesOf({ useful, notUseful }: Pick<Incident, 'useful' | 'notUseful'>): string {
  return useful + notUseful > 0 ? `; votes: ${useful} useful, ${notUseful} not useful` : '';
}

/** How one ended that is over: `over since 12 Nov 2026`. */
function endOf({ kind, outcome, closedDay, openedDay }: Incident): string {
  const day = dayName(closedDay ?? openedDay);
  if (outcome === 'not watched') return `not watched since ${day}`;
  if (outcome === 'new level') return `taken for the new level on ${day}`;
  // A drop may be half as deep then, and other vulnerabilities may be there all the same.
  return kind === 'failing' || kind === 'away' ? `recovered on ${day}` : `over since ${day}`;
}

/** `new and old together`. */
export function together(names: readonly string[]): string {
  const all = allOf(names.map(isolated));
  return names.length > 1 ? `${all} together` : all;
}
