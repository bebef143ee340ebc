import { addDays, type Day, daysBetween } from '../db/days.ts';
import type { Movement } from '../db/incident.ts';
import type { Again, Back } from './course/ending.ts';
import type { Course } from './course.ts';
import { seriesInWords } from './incident-words.ts';
import { PULLS } from './totals/kind.ts';
import {
  average,
  capitalised,
  count,
  dayName,
  daysWithin,
  percent,
  plural,
  stretchName,
} from './words.ts';

/** What was behind a drop of a counter that has grown since by all that it missed. */
export const MADE_UP = 'the counter had stood still, and caught up';

const NOT_WATCHED = ', and are no longer watched';

/** In all, as much came in as usual when no more than this is lost. */
const NOTHING_LOST = 0.02;

/** Days that had this much more than usual are above it. */
const ABOVE = 0.25;

/** Days that lost this much less are less low. */
const NEARER = 0.1;

/** Of so many days it is told what they lost in all. */
const WEEK = 7;

/** The share of all days is told beside that of the low ones when it is so much smaller. */
const OTHER = 0.07;

/** When this share of the days was far off, the stretch as a whole is called so. */
const MOST = 0.8;

/** `Downloads of some-package have been 60% below usual since 12 Nov 2026 (about 40 a day instead of 100).` */
export function movementSentence(incident: Movement, course: Course): string {
  const what = capitalised(seriesInWords(incident));
  const { lostInAll, isNothing, isMadeUp, now, usual } = course;
  if (isMadeUp) return `${what} seemed to be lost ${when(course)}: ${MADE_UP}.`;
  if (course.burst) return burstSentence(incident, course, course.burst);
  if (isNothing && now === 0 && usual !== null && incident.kind === 'drop') {
    return nothingSentence(incident, course, usual);
  }
  if (incident.kind === 'drop' && incident.outcome === 'new level') {
    // Its numbers have been corrected since.
    if (course.lost !== null && course.lost <= NOTHING_LOST) {
      return `${what} are as usual, by the numbers as they are now.`;
    }
  } else if (incident.kind === 'drop' && lostInAll !== null && lostInAll <= NOTHING_LOST) {
    const last = incident.outcome === 'not watched' ? NOT_WATCHED : lowAgain(course);
    return `${what} ${mixed(incident, course, lostInAll)}${last}.`;
  }
  return `${what} ${course.isSlide ? slid(incident, course) : moved(incident, course)}.`;
}

/** Where in all as much as usual came in, the days that were low are counted. */
function mixed(incident: Movement, course: Course, lostInAll: number): string {
  const { farDays, onset, end } = course;
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
  return `${were} below usual on ${someDays(course)} ${stretch}; in all, ${more} usual came in`;
}

function isOpen({ closedDay }: Movement, { back }: Course): boolean {
  return closedDay === null && back === null;
}

function moved(incident: Movement, course: Course): string {
  const [below, levels] = [farWords(incident, course), levelsWords(incident, course)];
  const since = dayName(course.onset);
  const last = lastWords(incident, course);
  if (incident.outcome === 'new level') {
    return `${incident.kind === 'rise' ? 'rose' : 'dropped'} on ${since} to ${below}${levels}${last}`;
  }
  const isNow = isOpen(incident, course);
  const [were, stretch] = isNow ? ['have been', `since ${since}`] : ['were', when(course)];
  if (!course.isLately) return `${were} ${below}${onSome(course)} ${stretch}${levels}${last}`;
  const side = incident.kind === 'rise' ? 'above usual' : 'below usual';
  const lately = isNow ? 'lately' : 'at last';
  return `${were} ${side}${onSome(course)} ${stretch}, ${lately} ${below}${levels}${last}`;
}

/** A share that is of some days only must not be taken for one of them all. */
function onSome(course: Course): string {
  return isOfSome(course) ? ` on ${someDays(course)}` : '';
}

function isOfSome({ farDays, knownDays }: Course): boolean {
  return farDays > 0 && farDays < MOST * knownDays;
}

/** `8 of the 11 days`, `8 of the 11 known days`. */
function someDays({ farDays, knownDays, onset, end }: Course): string {
  const days = knownDays <= daysBetween(onset, end) ? 'known day' : 'day';
  return `${count(farDays)} of the ${plural(knownDays, days)}`;
}

function slid(incident: Movement, course: Course): string {
  const { onset, end } = course;
  const to = `to ${farWords(incident, course)}${levelsWords(incident, course)}`;
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
  const { back, end } = course;
  const last =
    back?.isUsual && incident.outcome === 'recovered'
      ? `; ${wereDays(back, end)} as usual again${lowAgain(course)}`
      : lastWords(incident, course);
  const rest = `${stretch} (usual: about ${rounded(usual)} a day)${last}.`;
  if (incident.metric === PULLS.metric) {
    return `The counter of ${what} ${isOn ? 'has not moved' : 'did not move'} ${rest}`;
  }
  return `There ${isOn ? 'have been' : 'were'} no ${what} at all ${rest}`;
}

/** The end of a burst is no loss. */
function burstSentence(
  incident: Movement,
  course: Course,
  { from, before }: NonNullable<Course['burst']>,
): string {
  const { onset, now } = course;
  const what = `A burst of ${seriesInWords(incident)} (${stretchName(from, addDays(onset, -1))})`;
  const [after, then] = [rounded(now ?? before), rounded(before)];
  const { closedDay, outcome } = incident;
  if (closedDay === null || outcome === 'new level') {
    const end = outcome === null ? '' : ', and it stayed so';
    return `${what} is over: about ${after} a day since, ${then} before it${end}.`;
  }
  const end = outcome === 'recovered' ? 'it rose again' : 'it is no longer watched';
  return `${what} was over ${when(course)}: about ${after} a day, ${then} before it, and ${end}.`;
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

function levelsWords({ outcome }: Movement, course: Course): string {
  const { now, usual, lost, lostInAll, knownDays, isSlide, isLately } = course;
  if (now === null || usual === null) return '';
  const all = lostInAll ?? 0;
  const isOther = isOfSome(course) || (!isLately && (lost ?? all) - all >= OTHER);
  const isLong = knownDays >= WEEK && !isSlide && outcome !== 'new level';
  const isTold = isLong && isOther && all > NOTHING_LOST;
  const inAll = isTold ? `; ${belowWords(all)} in all` : '';
  return ` (about ${rounded(now)} a day instead of ${rounded(usual)}${inAll})`;
}

/** To two digits: what is usual is not known better. */
function rounded(value: number): string {
  return value < 1 ? average(value) : count(Number(value.toPrecision(value < 10 ? 1 : 2)));
}

/** When an incident was: `on 5 Nov 2026`, `from 4 to 5 Nov 2026`. */
export function when({ onset, end }: { readonly onset: Day; readonly end: Day }): string {
  return onset === end ? `on ${dayName(onset)}` : `from ${stretchName(onset, end)}`;
}

/** How it ended, or seems to. */
function lastWords(incident: Movement, course: Course): string {
  const { outcome, closedDay, kind } = incident;
  const { back, again, end, lost } = course;
  if (outcome === 'not watched') return NOT_WATCHED;
  if (outcome === 'new level') return ', which is the new level now';
  if (closedDay === null) {
    if (!back) return '';
    const how = kind === 'drop' && back.lost < -ABOVE ? 'above' : 'as';
    return `; ${wereDays(back, end)} ${how} usual, which may not last`;
  }
  if (!back) return `, and the alert is over${lowAgain(course)}`;
  const days = wereDays(back, end);
  const still = farWords(incident, back);
  if (!back.isUsual) {
    const isNearer = Math.abs((lost ?? 0) - back.lost) >= NEARER;
    return isNearer
      ? `; ${days} less ${kind === 'rise' ? 'high' : 'low'}, but still ${still}${lowAgain(course)}`
      : `, and the alert is over, though ${days} still ${still}${lowAgain(course)}`;
  }
  if (again) {
    return `, recovered on ${daysWithin(back.from, back.to, end)}, and were ${belowWords(again.lost)} in ${daysAfter(again)}`;
  }
  return kind === 'rise' ? ', and came back' : ', and recovered';
}

/** What became of it in the week after it was over. */
function lowAgain({ again }: Course): string {
  if (!again) return '';
  return `, and ${daysAfter(again)} ${again.days < WEEK ? 'were' : 'was'} ${belowWords(again.lost)}`;
}

function daysAfter({ days }: Again): string {
  return days < WEEK ? `the ${plural(days, 'day')} after` : 'the week after';
}

/** `28 and 29 Feb were`. */
function wereDays({ from, to }: Back, near: Day): string {
  return `${daysWithin(from, to, near)} ${from === to ? 'was' : 'were'}`;
}
