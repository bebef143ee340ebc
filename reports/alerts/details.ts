import type { Course, CourseDay } from '../course.ts';
import { measured } from '../incident-words.ts';
import { memberName } from '../member-names.ts';
import { count, dayName, isolated, listed, percent } from '../words.ts';
import { dimensionName } from './dimensions.ts';
import type { Explained } from './explain.ts';
import type { IncidentView, MovementView } from './read.ts';

const LAST_DAYS = 7;
const MOST_MEMBERS = 3;

/** More about an incident, for whoever asks for it. */
export function detailLines(view: IncidentView): string[] {
  return view.kind === 'movement' ? movementLines(view) : [];
}

function movementLines({ incident, course, explanation }: MovementView): string[] {
  const { openedDay, sensitivity, kind, metric } = incident;
  const days =
    course.onset === openedDay
      ? dayName(openedDay)
      : `${dayName(course.onset)} to ${dayName(openedDay)}`;
  return [
    `Noticed from the numbers of ${days}, at the sensitivity “${sensitivity}”.`,
    ...(kind === 'drop' ? lossLines(course, metric) : []),
    ...explanation.losses.map(membersLine),
    ...course.days.slice(-LAST_DAYS).map(dayLine),
  ];
}

/** How much less it was in all, to two digits: what is usual is not known better. */
function lossLines({ missing, onset, end }: Course, metric: string): string[] {
  if (missing === null || missing <= 0) return [];
  const about = count(Number(missing.toPrecision(2)));
  return [
    `About ${about} ${measured(metric)} were lost from ${dayName(onset)} to ${dayName(end)}.`,
  ];
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

function dayLine({ day, value, low, high }: CourseDay): string {
  const usual =
    low === null || high === null
      ? 'usual is not known'
      : `usual is ${count(low)} to ${count(high)}`;
  return `${dayName(day)}: ${value === null ? 'no data' : count(value)}; ${usual}.`;
}
