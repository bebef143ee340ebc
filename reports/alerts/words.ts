import type { OpenToAll } from '../../db/incidents.ts';
import type { Course } from '../course.ts';
import { stateOf, votesOf, whatIncident } from '../incident-words.ts';
import { movementSentence } from '../movement-words.ts';
import { moveSentence } from '../moves.ts';
import type { RankedItem, Words } from '../report.ts';
import { stillVulnerableSentence, vulnerableSentence } from '../vulnerable.ts';
import { altText, count, dayName, isolated, listed, percent, plural } from '../words.ts';
import { detailLines } from './details.ts';
import { failingLines, failingSentence } from './failing-words.ts';
import { type Alerts, type IncidentView, LISTED_DAYS } from './read.ts';
import { aroundLines, movementReasons } from './reasons.ts';
import type { RuleRecord } from './rules.ts';
import { placeLines, settingLines } from './settings.ts';
import { standingItems } from './watched.ts';

const MOST_PAST = 5;
const MOST_MOVES = 5;

/** Whether the headline tells of the incident in the picture: it was asked for, or is the only one open. */
function tellsShown({ asked, open }: Alerts): boolean {
  return asked !== undefined || open.length === 1;
}

function headlineOf(alerts: Alerts): string {
  const { watched, open, past, shown, asked } = alerts;
  if (shown && tellsShown(alerts)) return sentenceOf(shown);
  if (asked !== undefined) return `There is no incident ${count(asked)}.`;
  if (open.length > 0) {
    return `${count(open.length)} incidents are open: ${listed(open.map(whatIncident))}.`;
  }
  if (watched.length === 0) {
    return 'Nothing is watched yet: track a package or an image, and its drops are told once it has eight weeks of days.';
  }
  const last = past[0];
  const before = last
    ? ` The last one (${whatIncident(last)}) opened on ${dayName(last.openedDay)}.`
    : '';
  return `No incident is open; ${plural(watched.length, 'series is', 'series are')} watched.${before}`;
}

/** What is wrong, or was, in a sentence. */
export function sentenceOf(view: IncidentView): string {
  if (view.kind === 'movement') return movementSentence(view.incident, view.course);
  const { closedDay, outcome } = view.incident;
  const isUnwatched = outcome === 'not watched';
  if (view.kind === 'failing') {
    const { sourceTitle } = view.incident;
    if (closedDay !== null && isUnwatched) {
      return `What failed of ${sourceTitle} has not been asked for since ${dayName(closedDay)}.`;
    }
    if (closedDay !== null) return `${sourceTitle} has worked again since ${dayName(closedDay)}.`;
    return failingSentence(sourceTitle, view.readings);
  }
  const { subjectName } = view.incident;
  if (closedDay !== null && isUnwatched) {
    return `Versions of ${isolated(subjectName)} have not been watched since ${dayName(closedDay)}.`;
  }
  if (closedDay !== null) {
    return `On ${dayName(closedDay)}, downloads of ${isolated(subjectName)} were no longer mostly of versions whose vulnerability was fixed 30 days before or earlier.`;
  }
  return vulnerableSentence(subjectName, view.share);
}

export function alertsWords(alerts: Alerts): Words {
  const headline = headlineOf(alerts);
  const about = aboutShown(alerts);
  const moves = alerts.moves.slice(0, MOST_MOVES).map(moveSentence);
  if (alerts.asked !== undefined) {
    const details = alerts.shown && alerts.details ? detailLines(alerts.shown) : [];
    const state = alerts.shown && alerts.details ? [stateLine(alerts.shown.incident)] : [];
    const lines = [...state, ...about, ...details, ...moves];
    const around = alerts.shown?.kind === 'movement' ? aroundLines(alerts.shown) : [];
    return { headline, lines, around, notes: [], alt: altText([headline, ...lines]) };
  }
  const { shown, open, past, watched, rules, settings, courses } = alerts;
  const sections = [
    {
      title: 'Incidents',
      items: [...open, ...past.slice(0, MOST_PAST)].map((one) => incidentItem(one, courses)),
      lines: [...pastLines(past), ...placeLines(settings)],
    },
    { title: `About incident ${shown?.incident.id}`, items: [], lines: about },
    {
      title: 'Watched',
      items: standingItems(watched),
      lines: [...moves, ...ruleLines(rules), ...settingLines(settings)],
    },
  ].filter(({ items, lines }) => items.length + lines.length > 0);
  const lines = sections.flatMap((section) => [
    ...section.items.map(({ name, detail }) => `${name}: ${detail}.`),
    ...section.lines,
  ]);
  return { headline, sections, lines, notes: [], alt: altText([headline, ...lines]) };
}

/** What the picture shows, where the headline does not tell it, and why. */
function aboutShown(alerts: Alerts): string[] {
  const { shown } = alerts;
  if (!shown) return [];
  return [...(tellsShown(alerts) ? [] : [sentenceOf(shown)]), ...reasons(shown)];
}

/** Why it moved, as far as the numbers tell. */
function reasons(view: IncidentView): string[] {
  if (view.kind === 'failing') return view.incident.closedDay ? [] : failingLines(view.readings);
  if (view.kind === 'vulnerable') {
    const { incident, share } = view;
    return [
      incident.closedDay !== null && share ? stillVulnerableSentence(share) : '',
      `/metrics versions ${incident.subjectName} shows which versions are still downloaded.`,
    ].filter(Boolean);
  }
  return movementReasons(view);
}

/** One by its number, which is what the command takes. */
function incidentItem(incident: OpenToAll, courses: Alerts['courses']): RankedItem {
  const { id, openedDay } = incident;
  const what = [whatIncident(incident), ...howFar(courses.get(id))].join(', ');
  return {
    name: `Incident ${id}`,
    detail: `${what}, opened on ${dayName(openedDay)}, ${stateOf(incident)}`,
  };
}

/** How far below usual a drop is, in short. */
function howFar(course: Course | undefined): string[] {
  if (!course || course.burst || course.lost === null || course.lost <= 0) return [];
  return [course.back ? 'back for now' : `${percent(course.lost)} below usual`];
}

function stateLine(incident: OpenToAll): string {
  const { id, openedDay } = incident;
  return `Incident ${id}, opened on ${dayName(openedDay)}: ${stateOf(incident)}${votesOf(incident)}.`;
}

function pastLines({ length }: readonly OpenToAll[]): string[] {
  const rest = length - MOST_PAST;
  return rest > 0 ? [`${plural(rest, 'more incident')} of the last ${LISTED_DAYS} days.`] : [];
}

/** What each rule reported, and how useful people called it. */
function ruleLines(rules: readonly RuleRecord[]): string[] {
  return rules
    .filter(({ incidents }) => incidents > 0)
    .map(({ name, incidents, ...votes }) => {
      return `${name}: ${plural(incidents, 'incident')} in ${LISTED_DAYS} days${votesOf(votes)}.`;
    });
}
