import type { Day } from '../db/days.ts';
import type { Movement } from '../db/incident.ts';
import type { Back } from './course/ending.ts';
import type { Course } from './course.ts';
import { seriesInWords } from './incident-words.ts';
import { PULLS } from './totals/kind.ts';
import {
  average,
  capitalised,
  count,
  dayName,
  daysWithin,
  dayWithin,
  percent,
  plural,
  stretchName,
} from './words.ts';

/** What was behind a drop of a counter that has grown since by all that it missed. */
export const MADE_UP = 'the counter had stood still, and caught up';

/** In all, as much came in as usual when no more than this is lost. */
const NOTHING_LOST = 0.02;

/** A week that lost this much more than the days before it is told beside them. */
const LOWER = 0.1;

/** When this share of the days was far off, the stretch as a whole is called so. */
const MOST = 0.8;

/** `Downloads of some-package have been 60% below usual since 12 Nov 2026 (about 40 a day instead of 100).` */
export function movementSentence(incident: Movement, course: Course): string {
  const what = capitalised(seriesInWords(incident));
  const { lostInAll, isNothing, burst, isMadeUp, onset, now, usual } = course;
  if (isMadeUp) return `${what} seemed to be lost ${when(course)}: ${MADE_UP}.`;
  if (burst) {
    const { from, before } = burst;
    return `${what} ${backSince(incident, course)} at about what they had before ${dayWithin(from, onset)} (${rounded(now ?? before)} a day, ${rounded(before)} then)${lastWords(incident, course)}.`;
  }
  if (isNothing && now === 0 && usual !== null && incident.kind === 'drop') {
    return nothingSentence(incident, course, usual);
  }
  const isMixed = lostInAll !== null && lostInAll <= NOTHING_LOST;
  if (incident.kind === 'drop' && isMixed && incident.outcome !== 'new level') {
    return `${what} ${mixed(incident, course, lostInAll)}.`;
  }
  return `${what} ${course.isSlide ? slid(incident, course) : moved(incident, course)}.`;
}

/** Where in all as much as usual came in, the days that were low are counted. */
function mixed(incident: Movement, course: Course, lostInAll: number): string {
  const { knownDays, farDays, onset, end } = course;
  if (farDays === 0) {
    const stretch =
      incident.closedDay === null
        ? `have not been below usual since ${dayName(onset)}`
        : `were not below usual ${when(course)}`;
    return `${stretch}, by the numbers as they are now`;
  }
  const [were, stretch] = isOpen(incident, course)
    ? ['have been', `since ${dayName(onset)}`]
    : ['were', `from ${stretchName(onset, end)}`];
  const more = lostInAll < -NOTHING_LOST ? `${percent(-lostInAll)} more than` : 'as much as';
  return `${were} below usual on ${count(farDays)} of the ${plural(knownDays, 'day')} ${stretch}; in all, ${more} usual came in`;
}

function isOpen({ closedDay }: Movement, { back }: Course): boolean {
  return closedDay === null && back === null;
}

function moved(incident: Movement, course: Course): string {
  const { onset, isLately } = course;
  const [below, levels] = [farWords(incident, course), levelsWords(course)];
  const since = dayName(onset);
  if (incident.outcome === 'new level') {
    return `${incident.kind === 'rise' ? 'rose' : 'dropped'} on ${since} to ${below}${levels}${lastWords(incident, course)}`;
  }
  if (isOpen(incident, course)) {
    const side = incident.kind === 'rise' ? 'above usual' : 'below usual';
    return isLately
      ? `have been ${side} since ${since}, in the last week ${below}${levels}`
      : `have been ${below}${onSome(course)} since ${since}${levels}`;
  }
  return `were ${below}${onSome(course)} ${when(course)}${levels}${lastWords(incident, course)}`;
}

/** A share that is of some days only must not be taken for one of them all. */
function onSome({ farDays, knownDays }: Course): string {
  const isSome = farDays > 0 && farDays < MOST * knownDays;
  return isSome ? ` on ${count(farDays)} of the ${count(knownDays)} days` : '';
}

function slid(incident: Movement, course: Course): string {
  const { onset, end } = course;
  const to = `to ${farWords(incident, course)}${levelsWords(course)}`;
  if (isOpen(incident, course)) return `have been sliding since about ${dayName(onset)}, ${to}`;
  const stretch =
    incident.outcome === 'new level' ? `${dayName(onset)} on,` : `${stretchName(onset, end)},`;
  return `slid from about ${stretch} ${to}${lastWords(incident, course)}`;
}

/** Where nothing at all comes in, that says more than a share. */
function nothingSentence(incident: Movement, course: Course, usual: number): string {
  const what = seriesInWords(incident);
  const isOn = isOpen(incident, course) || incident.outcome === 'new level';
  const stretch = isOn ? `since ${dayName(course.onset)}` : when(course);
  const { back, again, end } = course;
  const last = back?.isUsual
    ? `; ${wereDays(back, end)} as usual again${again === null ? '' : `, and the week after was ${belowWords(again)}`}`
    : lastWords(incident, course);
  const rest = `${stretch} (usual: about ${rounded(usual)} a day)${last}.`;
  if (incident.metric === PULLS.metric) {
    return `The counter of ${what} ${isOn ? 'has not moved' : 'did not move'} ${rest}`;
  }
  return `There ${isOn ? 'have been' : 'were'} no ${what} at all ${rest}`;
}

function backSince({ closedDay, outcome }: Movement, { onset, end }: Course): string {
  if (closedDay === null) return `have been back since ${dayName(onset)}`;
  if (outcome === 'new level') return `were back on ${dayName(onset)}`;
  return `were back ${when({ onset, end })}`;
}

/** `60% below usual`, `11 times the usual`. */
function farWords({ kind }: Movement, { lost }: Pick<Course, 'lost'>): string {
  if (kind === 'drop') return lost === null || lost <= 0 ? 'below usual' : belowWords(lost);
  if (lost === null || lost >= 0) return 'above usual';
  const times = 1 - lost;
  if (times < 2) return `${percent(-lost)} above usual`;
  return `${times < 9.95 ? average(times) : count(times)} times the usual`;
}

function belowWords(lost: number): string {
  return `${percent(lost)} below usual`;
}

function levelsWords({ now, usual }: Course): string {
  if (now === null || usual === null) return '';
  return ` (about ${rounded(now)} a day instead of ${rounded(usual)})`;
}

/** To two digits: what is usual is not known better. */
function rounded(value: number): string {
  return value < 1 ? average(value) : count(Number(value.toPrecision(value < 10 ? 1 : 2)));
}

/** `on 5 Nov 2026`, `from 4 to 5 Nov 2026`. */
function when({ onset, end }: { readonly onset: Day; readonly end: Day }): string {
  return onset === end ? `on ${dayName(onset)}` : `from ${stretchName(onset, end)}`;
}

/** How it ended, or seems to. */
function lastWords(incident: Movement, course: Course): string {
  const { outcome, closedDay, kind } = incident;
  const { back, again, burst, end } = course;
  if (outcome === 'not watched') return ', and are no longer watched';
  if (outcome === 'new level') return burst ? ', and stayed there' : ', which is the new level now';
  if (!back) return closedDay === null ? '' : ', and the alert is over';
  if (burst) return closedDay === null ? '' : ', and rose again';
  if (closedDay === null) return `; ${wereDays(back, end)} as usual again`;
  if (!back.isUsual) {
    // Lower again than on those days.
    const after =
      again !== null && again > back.lost + LOWER
        ? `, and the week after was ${belowWords(again)}`
        : '';
    return `; ${wereDays(back, end)} ${nearer(incident, back.lost)}${after}`;
  }
  if (again !== null) {
    return `, recovered on ${daysWithin(back.from, back.to, end)}, and were ${belowWords(again)} in the week after`;
  }
  return kind === 'rise' ? ', and came back' : ', and recovered';
}

/** `28 and 29 Feb were`. */
function wereDays({ from, to }: Back, near: Day): string {
  return `${daysWithin(from, to, near)} ${from === to ? 'was' : 'were'}`;
}

/** `less low, but still 43% below usual`. */
function nearer(incident: Movement, lost: number): string {
  const side = incident.kind === 'rise' ? 'less high' : 'less low';
  return `${side}, but still ${farWords(incident, { lost })}`;
}
