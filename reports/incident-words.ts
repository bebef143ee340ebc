import type { Incident, Movement } from '../db/incident.ts';
import { PUBLIC_MESSAGES } from '../db/public-messages.ts';
import { DOWNLOADS } from '../db/pypi.ts';
import type { Course } from './course.ts';
import { PULLS, STARS } from './totals/kind.ts';
import {
  allOf,
  capitalised,
  dayName,
  isolated,
  listed,
  momentName,
  percent,
  zoneWords,
} from './words.ts';

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
 * How one is and who made it so: `open`, `acknowledged by Ada`, `recovered on 12 Nov 2026`. When a
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
export function votesOf({ useful, notUseful }: Incident): string {
  return useful + notUseful > 0 ? `; votes: ${useful} useful, ${notUseful} not useful` : '';
}

/** How one ended that is over: `recovered on 12 Nov 2026`. */
function endOf({ kind, outcome, closedDay, openedDay }: Incident): string {
  const day = dayName(closedDay ?? openedDay);
  if (outcome === 'not watched') return `not watched since ${day}`;
  // Others of their vulnerabilities may be there all the same.
  if (kind === 'vulnerable') return `over on ${day}`;
  return outcome === 'new level' ? `taken for the new level on ${day}` : `recovered on ${day}`;
}

/** `new and old together`. */
export function together(names: readonly string[]): string {
  const all = allOf(names.map(isolated));
  return names.length > 1 ? `${all} together` : all;
}

/** What was behind a drop of a counter that has grown since by all that it missed. */
export const MADE_UP = 'the counter had stood still, and caught up';

/** `Downloads of some-package have been 60% below usual since 12 Nov 2026.` */
export function movementSentence(
  incident: Movement,
  { lost, onset, end, isMadeUp }: Course,
): string {
  const what = capitalised(seriesInWords(incident));
  const since = dayName(onset);
  const isRise = incident.kind === 'rise';
  const side = isRise ? 'above usual' : 'below usual';
  const far = lost === null ? 0 : isRise ? -lost : lost;
  const below = far > 0 ? `${percent(far)} ${side}` : side;
  if (incident.closedDay === null) return `${what} have been ${below} since ${since}.`;
  if (incident.outcome === 'new level') {
    return `${what} ${isRise ? 'rose' : 'dropped'} on ${since} to ${below}, which is taken for the new level now.`;
  }
  if (incident.outcome === 'not watched')
    return `${what} were ${below} from ${since} on, and are no longer watched.`;
  const when = onset === end ? `on ${since}` : `from ${since} to ${dayName(end)}`;
  if (isMadeUp) return `${what} were ${below} ${when}: ${MADE_UP}.`;
  return `${what} were ${below} ${when}, and ${isRise ? 'came back' : 'recovered'}.`;
}
