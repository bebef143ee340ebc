import type { Incident } from '../db/incidents.ts';
import type { Course } from './fall-course.ts';
import { dayName, isolated, listed, percent } from './words.ts';

const MEASURES: Readonly<Record<string, string>> = {
  'pypi.downloads': 'downloads',
  'docker.pulls': 'pulls',
  'github.stars': 'new stars',
};

/** What a series is of. */
export interface Fallen extends Pick<Incident, 'metric' | 'subjectName'> {
  readonly others?: readonly { readonly name: string }[];
}

/** `downloads of some-package`, `downloads of new and old together`. */
export function whatFell({ metric, subjectName, others = [] }: Fallen): string {
  const whose = together([subjectName, ...others.map(({ name }) => name)]);
  return `${MEASURES[metric] ?? metric} of ${whose}`;
}

/** `new and old together`. */
export function together(names: readonly string[]): string {
  const all = listed(names.map(isolated), names.length);
  return names.length > 1 ? `${all} together` : all;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `Downloads of some-package have been 60% below usual since 12 Nov 2026.` */
export function fallSentence(incident: Incident, { lost, onset, end }: Course): string {
  const what = capitalised(whatFell(incident));
  const since = dayName(onset);
  const below = lost !== null && lost > 0 ? `${percent(lost)} below usual` : 'below usual';
  if (incident.closedDay === null) return `${what} have been ${below} since ${since}.`;
  if (incident.outcome === 'new level') {
    return `${what} dropped on ${since} to ${below}, which is taken for the new level now.`;
  }
  if (incident.outcome === 'not watched')
    return `${what} were ${below} from ${since} on, and are not watched any more.`;
  return onset === end
    ? `${what} were ${below} on ${since}, and recovered.`
    : `${what} were ${below} from ${since} to ${dayName(end)}, and recovered.`;
}
