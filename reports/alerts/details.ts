import type { Course, CourseDay } from '../fall-course.ts';
import { count, dayName, isolated, listed, percent } from '../words.ts';
import { dimensionName } from './dimensions.ts';
import type { Explained } from './explain.ts';
import type { Look, MovementLook } from './read.ts';

const LAST_DAYS = 7;
const MOST_MEMBERS = 3;

/** What is told of an incident to whoever wants to know more. */
export function detailLines(look: Look): string[] {
  return look.kind === 'movement' ? movementLines(look) : [];
}

function movementLines({ incident, course, explanation }: MovementLook): string[] {
  const { days, openedDay, sensitivity, kind } = incident;
  return [
    `It was told by ${days === 1 ? 'the day' : `the ${count(days)} days up to`} ${dayName(openedDay)}, at the setting “${sensitivity}”.`,
    ...(kind === 'drop' ? lossLines(course) : []),
    ...explanation.losses.map(membersLine),
    ...course.days.slice(-LAST_DAYS).map(dayLine),
  ];
}

/** How much was lost in all. */
function lossLines({ missing, onset, end }: Course): string[] {
  if (missing === null || missing <= 0) return [];
  return [
    `From ${dayName(onset)} to ${dayName(end)} about ${count(Math.round(missing))} were lost.`,
  ];
}

function membersLine([first, ...others]: readonly [Explained, ...Explained[]]): string {
  const named = [first, ...others].slice(0, MOST_MEMBERS);
  const shares = named.map(({ member, share }) => `${isolated(member)} ${lostText(share)}`);
  return `Of what was lost by ${dimensionName(first.dimension)}: ${listed(shares, MOST_MEMBERS)}.`;
}

/** Where others won, one can lose more than the whole did. */
function lostText(share: number): string {
  return share > 1.005 ? 'more than all' : percent(share);
}

function dayLine({ day, value, low, high }: CourseDay): string {
  const usual =
    low === null || high === null
      ? 'usual is not known'
      : `usual is ${count(low)} to ${count(high)}`;
  return `${dayName(day)}: ${value === null ? 'no data' : count(value)}; ${usual}.`;
}
