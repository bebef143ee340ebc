import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { Movement } from '../../db/incident.ts';
import type { Course, CourseDay } from '../course.ts';
import { measured } from '../incident-words.ts';
import { memberName } from '../member-names.ts';
import { when } from '../movement-words.ts';
import { count, dayName, isolated, listed, percent, stretchName } from '../words.ts';
import { dimensionName } from './dimensions.ts';
import type { Explained } from './explain.ts';
import type { IncidentView, MovementView } from './read.ts';

/** Of what is open, so many of the newest days; of what is over, so many on each side of its ends. */
const LAST_DAYS = 7;
const AROUND_DAYS = 2;
const MOST_MEMBERS = 3;

/** More about an incident, for whoever asks for it. */
export function detailLines(view: IncidentView): string[] {
  return view.kind === 'movement' ? movementLines(view) : [];
}

function movementLines({ incident, course, explanation }: MovementView): string[] {
  const { openedDay, days, sensitivity, kind, metric } = incident;
  return [
    `Noticed from the numbers of ${stretchName(addDays(openedDay, 1 - days), openedDay)}, at the sensitivity “${sensitivity}”.`,
    ...(kind === 'drop' ? lossLines(course, metric) : []),
    ...explanation.losses.map(membersLine),
    ...dayLines(daysToTell(incident, course)),
  ];
}

/** Its beginning and its end, where it is over: what came later may be of another one. */
function daysToTell({ closedDay }: Movement, { days, onset, end }: Course): CourseDay[] {
  if (closedDay === null) return days.slice(-LAST_DAYS);
  const isNear = (day: Day, to: Day) => Math.abs(daysBetween(day, to)) <= AROUND_DAYS;
  return days.filter(({ day }) => isNear(day, onset) || isNear(day, end));
}

/** How much less it was in all, to two digits: what is usual is not known better. */
function lossLines(course: Course, metric: string): string[] {
  const { missing } = course;
  if (missing === null || missing <= 0) return [];
  const about = count(Number(missing.toPrecision(2)));
  return [`About ${about} ${measured(metric)} were lost ${when(course)}.`];
}

/** What each lost beside what it had, so that the largest does not look like the culprit. */
function membersLine([first, ...others]: readonly [Explained, ...Explained[]]): string {
  const named = [first, ...others].slice(0, MOST_MEMBERS);
  const shares = named.map(({ dimension, member, share, before }, at) => {
    const [of, had] = at === 0 ? [' of the loss', 'it had '] : ['', ''];
    return `${isolated(memberName(dimension, member))} ${lostText(share)}${of} (${had}${percent(before)}${at === 0 ? ' before' : ''})`;
  });
  return `By ${dimensionName(first.dimension)}: ${listed(shares, MOST_MEMBERS)}.`;
}

/** Where others won, one can lose more than the whole did. */
function lostText(share: number): string {
  return share > 1.005 ? 'more than all' : percent(share);
}

/** A line a day, and one for days that are left out. */
function dayLines(days: readonly CourseDay[]): string[] {
  return days.flatMap((one, at) => {
    const before = days[at - 1]?.day ?? addDays(one.day, -1);
    return daysBetween(before, one.day) > 1 ? ['…', dayLine(one)] : [dayLine(one)];
  });
}

function dayLine({ day, value, low, high }: CourseDay): string {
  const usual =
    low === null || high === null
      ? 'usual is not known'
      : `usually between ${count(low)} and ${count(high)}`;
  return `${dayName(day)}: ${value === null ? 'no data' : count(value)}; ${usual}.`;
}
