import { addDays } from '../../db/days.ts';
import type { Incident } from '../../db/incidents.ts';
import { capitalised, fallSentence, whatFell } from '../falls.ts';
import { moveSentence } from '../moves.ts';
import type { RankedItem, Words } from '../report.ts';
import { altText, count, dayName, isolated, listed, percent, plural } from '../words.ts';
import { type Alerts, LISTED_DAYS, type Look, type WatchedLine } from './read.ts';

/** More watched series than this are counted. */
const MOST_WATCHED = 25;
const MOST_PAST = 5;
const MOST_MOVES = 5;

export function headlineOf(alerts: Alerts): string {
  const { watched, open, past, shown, asked } = alerts;
  if (asked !== undefined) {
    return shown
      ? fallSentence(shown.incident, shown.course)
      : `There is no incident ${count(asked)}.`;
  }
  const [first, ...others] = open;
  if (first && shown && others.length === 0) return fallSentence(shown.incident, shown.course);
  if (first) {
    return `${count(open.length)} incidents are open: ${listed(open.map(whatFell))}.`;
  }
  if (watched.length === 0) {
    return 'Nothing is watched yet: track a package or an image, and its drops are told once it has eight weeks of days.';
  }
  const last = past[0];
  const before = last
    ? ` The last one, of ${whatFell(last)}, opened on ${dayName(last.openedDay)}.`
    : '';
  return `No incident is open in the ${plural(watched.length, 'series', 'series')} watched.${before}`;
}

export function alertsWords(alerts: Alerts): Words {
  const headline = headlineOf(alerts);
  const lines = [
    ...(alerts.shown ? aboutLook(alerts.shown) : []),
    ...(alerts.asked === undefined ? [...stateLines(alerts.open), ...pastLines(alerts.past)] : []),
    ...alerts.moves.slice(0, MOST_MOVES).map(moveSentence),
    ...(alerts.asked === undefined ? voteLines(alerts) : []),
  ];
  const ranking =
    alerts.asked === undefined
      ? worstFirst(alerts.watched).slice(0, MOST_WATCHED).map(watchedItem)
      : [];
  const rest = alerts.watched.length - ranking.length;
  return {
    headline,
    lines,
    notes:
      alerts.asked === undefined && rest > 0
        ? [`${plural(rest, 'more series', 'more series')} watched.`]
        : [],
    alt: altText([headline, ...lines]),
    ...(ranking.length > 0 && { ranking }),
  };
}

/** Why it moved, as far as the numbers tell. */
function aboutLook(look: Look): string[] {
  const { siblings, others, releases } = look;
  return [
    ...explanationLines(look),
    siblings.length > 0
      ? `${capitalised(listed(siblings.map(whatFell)))} dropped in the same days.`
      : others > 0
        ? `No incident opened in those days in the other ${count(others)} watched of its kind.`
        : '',
    ...releases.map(
      ({ repository, tag, day }) =>
        `${isolated(repository)} ${isolated(tag)} was released on ${dayName(day)}.`,
    ),
  ].filter(Boolean);
}

const DIMENSIONS: Readonly<Record<string, string>> = {
  version: 'version',
  python: 'Python',
  country: 'country',
  installer: 'installer',
  system: 'system',
  package: 'package',
  image: 'image',
};

function explanationLines({ incident, course, explanation }: Look): string[] {
  const { known, explained } = explanation;
  const isLost = course.lost !== null && course.lost > 0;
  const isSum = incident.others.length > 0;
  if ((incident.metric !== 'pypi.downloads' && !isSum) || !isLost) return [];
  const what = incident.metric === 'docker.pulls' ? 'pulls' : 'downloads';
  const names = known.map((dimension) => DIMENSIONS[dimension] ?? dimension);
  if (known.length === 0) {
    return ['What explains the drop is not known: these days were not told by version or country.'];
  }
  if (explained.length === 0) {
    return [`The drop is spread evenly: no ${orListed(names)} lost much more than its share.`];
  }
  return explained.slice(0, 2).map(({ dimension, member, share, before }) => {
    const name = `${capitalised(DIMENSIONS[dimension] ?? dimension)} ${isolated(member)}`;
    return share > 1
      ? `${name} alone lost more than the whole drop; before, it was ${percent(before)} of the ${what}.`
      : `${name} explains ${percent(share)} of the drop; before, it was ${percent(before)} of the ${what}.`;
  });
}

function orListed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** The open ones by number, so that they can be named. */
function stateLines(open: readonly Incident[]): string[] {
  return open.map((incident) => {
    const { id, openedDay, state, snoozedUntil } = incident;
    const how =
      state === 'snoozed' && snoozedUntil
        ? `snoozed until ${dayName(snoozedUntil)}`
        : state === 'acknowledged'
          ? 'acknowledged'
          : 'open';
    return `Incident ${id}: ${whatFell(incident)}, opened on ${dayName(openedDay)}, ${how}.`;
  });
}

function pastLines(past: readonly Incident[]): string[] {
  const lines = past.slice(0, MOST_PAST).map((incident) => {
    const { id, openedDay, closedDay, outcome } = incident;
    const over = outcome === 'new level' ? 'taken for the new level' : outcome;
    return `Incident ${id}: ${whatFell(incident)}, opened on ${dayName(openedDay)}, ${over} on ${dayName(closedDay ?? openedDay)}.`;
  });
  const rest = past.length - lines.length;
  return rest > 0
    ? [...lines, `${plural(rest, 'more incident')} of the last ${LISTED_DAYS} days.`]
    : lines;
}

function voteLines({ open, past }: Alerts): string[] {
  const all = [...open, ...past];
  const useful = all.reduce((sum, one) => sum + one.useful, 0);
  const votes = useful + all.reduce((sum, one) => sum + one.notUseful, 0);
  if (votes === 0) return [];
  return [
    `Of ${plural(votes, 'vote')} on the incidents of the last ${LISTED_DAYS} days, ${count(useful)} called them useful (${percent(useful / votes)}).`,
  ];
}

const STANDINGS: Readonly<Record<WatchedLine['standing'], string>> = {
  firing: 'below usual',
  hold: 'its source looks down: nothing is told of it',
  'no data': 'no data',
  learning: 'learning what is usual',
  small: 'too small to judge (under 50 a day)',
  resting: 'resting after an incident',
  normal: 'as usual',
};

const ORDER = Object.keys(STANDINGS);

function worstFirst(watched: readonly WatchedLine[]): WatchedLine[] {
  return watched.toSorted((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing));
}

function watchedItem(line: WatchedLine): RankedItem {
  const { standing, judgedThrough, incidents } = line;
  const through =
    standing === 'no data'
      ? ` since ${dayName(addDays(judgedThrough, 1))}`
      : `, judged through ${dayName(judgedThrough)}`;
  const told = incidents > 0 ? `; ${plural(incidents, 'incident')} in ${LISTED_DAYS} days` : '';
  return { name: capitalised(whatFell(line)), detail: `${STANDINGS[standing]}${through}${told}` };
}
