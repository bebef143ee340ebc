import { addDays, DAY_MS, type Day, dayMs } from '../../db/days.ts';
import type { Movement } from '../../db/incident.ts';
import { DOWNLOADS } from '../../db/pypi.ts';
import { yearEndFall } from '../../db/year-end.ts';
import { measured, seriesTogether } from '../incident-words.ts';
import { memberName } from '../member-names.ts';
import {
  allOf,
  capitalised,
  count,
  dayName,
  isolated,
  orList,
  percent,
  stretchName,
} from '../words.ts';
import { dimensionName } from './dimensions.ts';
import type { MovementView } from './read.ts';

/** Why it moved, as far as the numbers tell. */
export function movementReasons(view: MovementView): string[] {
  return [
    ...beforeLines(view),
    ...explanationLines(view),
    ...aroundLines(view),
    ...view.releases.map(
      ({ subjectName, tag, publishedAt }) =>
        `${isolated(subjectName)} ${isolated(tag)} was released on ${dayName(publishedAt.slice(0, 10))}.`,
    ),
  ];
}

function beforeLines({ before }: MovementView): string[] {
  if (!before?.closedDay) return [];
  return [
    `The drop before it, incident ${before.id}, had been over since ${dayName(before.closedDay)}.`,
  ];
}

const MOST_SIBLINGS = 4;
const MOST_SUSPECT = 4;

/** How the others of its source went, and the source itself. */
export function aroundLines(view: MovementView): string[] {
  const { incident, siblings } = view;
  const noticed = incident.kind === 'rise' ? 'Rises' : 'Drops';
  const names = seriesTogether(siblings, MOST_SIBLINGS);
  return [
    siblings.length > 0 ? `${noticed} of ${names} were noticed in the same days.` : '',
    ...sourceLines(view),
  ].filter(Boolean);
}

function sourceLines({ incident, peers }: MovementView): string[] {
  const { sourceTitle, closedDay } = incident;
  const { suspect, isCorrected, onHold, judged } = peers;
  if (suspect.length === 0) return [peersLine(incident, peers)];
  const days = stretchesWords(suspect);
  if (isCorrected) {
    const corrected = `${sourceTitle} looked wrong on ${days}, and has corrected its numbers since.`;
    return [corrected, peersLine(incident, peers)];
  }
  const why = isYearEnd(incident) ? 'it was the turn of the year' : 'its numbers may be wrong';
  const waits =
    closedDay === null && onHold > 0
      ? ` Nothing is decided on ${onHold === 1 ? 'one other' : `${count(onHold)} others`} until they look right.`
      : '';
  return [
    `Most of ${sourceTitle} was very low on ${days}: ${why}.${waits}`,
    judged > 0 ? peersLine(incident, peers) : '',
  ];
}

/** `3 to 5 and 17 Nov 2026`: days that follow each other as one, month and year with the last of each. */
function stretchesWords(oldestFirst: readonly Day[]): string {
  const found: { from: Day; to: Day }[] = [];
  for (const day of oldestFirst) {
    const before = found.at(-1);
    if (before && addDays(before.to, 1) === day) before.to = day;
    else found.push({ from: day, to: day });
  }
  const [first = '', last = ''] = [oldestFirst[0], oldestFirst.at(-1)];
  if (found.length > MOST_SUSPECT) {
    return `${count(oldestFirst.length)} of the days from ${stretchName(first, last)}`;
  }
  return allOf(
    found.map(({ from, to }, at) => {
      const next = found[at + 1]?.from ?? '';
      const name = stretchName(from, to);
      if (next.slice(0, 4) !== to.slice(0, 4)) return name;
      const kept = next.slice(0, 7) === to.slice(0, 7) ? -2 : -1;
      return name.split(' ').slice(0, kept).join(' ');
    }),
  );
}

/** A change of the middle one by less is as usual. */
const AS_USUAL = 0.15;

/** A part of the others that is worth a word: of many, some always move. */
const SOME = 0.25;

function peersLine(incident: Movement, peers: MovementView['peers']): string {
  const { judged, lost, low, high, isPart } = peers;
  const isRise = incident.kind === 'rise';
  const isYear = !isRise && isYearEnd(incident);
  if (judged === 0) return isYear ? 'It was the turn of the year, when most is used less.' : '';
  const others = `the other ${judged === 1 ? 'one' : count(judged)} that can be judged`;
  const were = judged === 1 ? 'was' : 'were';
  const along = isRise ? -lost : lost;
  const [with_, against] = isRise ? ['higher', 'lower'] : ['lower', 'higher'];
  const some = isRise ? high : low;
  const said = () => {
    if (along >= AS_USUAL) {
      const year = isYear ? ' (turn of the year)' : '';
      return `${others} ${were} ${percent(along)} ${with_} as well${year}.`;
    }
    if (some >= SOME * judged) {
      return `of ${others}, ${count(some)} ${some === 1 ? 'was' : 'were'} much ${with_} as well.`;
    }
    if (along <= -AS_USUAL) return `${others} ${were} ${percent(-along)} ${against}.`;
    return `${others} moved as usual.`;
  };
  return isPart ? `Apart from these days, ${said()}` : capitalised(said());
}

/** True when the rule expects less on one of the days it looked at. */
function isYearEnd({ openedDay, days }: Movement): boolean {
  return yearEndFall(dayMs(openedDay) / DAY_MS, days) < 0;
}

function explanationLines({ incident, course, explanation }: MovementView): string[] {
  const { known, explained } = explanation;
  const isLost = course.lost !== null && course.lost > 0;
  const isSum = incident.others.length > 0;
  if (incident.kind === 'rise' || !isLost || known.length === 0) return [];
  if (incident.metric !== DOWNLOADS && !isSum) return [];
  const what = measured(incident.metric);
  const names = known.map((dimension) =>
    dimension === 'python' ? 'Python version' : dimensionName(dimension),
  );
  if (explained.length === 0) {
    return [`The drop is spread evenly: no ${orList(names)} lost much more than its share.`];
  }
  return explained.slice(0, 2).map(({ dimension, member, share, before }) => {
    const called = isolated(memberName(dimension, member));
    // A country is called by its name alone.
    const name =
      dimension === 'country' ? called : `${capitalised(dimensionName(dimension))} ${called}`;
    return share > 1
      ? `${name} alone lost more than the whole drop; before, it had ${percent(before)} of the ${what}.`
      : `${name} accounts for ${percent(share)} of the drop; before, it had ${percent(before)} of the ${what}.`;
  });
}
