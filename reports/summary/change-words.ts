import { count, isolated, percent, plural } from '../words.ts';
import { type Calendar, ordinal, periodWord } from './calendar.ts';
import type { Change } from './changes.ts';
import { moveOf, type Usual } from './judge.ts';
import { measures } from './measures.ts';

/** Below this a percentage says less than the two numbers do, and so it does beyond a factor. */
const LEAST_PERCENT = 20;
const MOST_FACTOR = 4;

/**
 * `Downloads of marquez-python fell 31% to 4,210, the third week in a row, below the usual 5,800 to
 * 6,900.`
 */
export function changeSentence(change: Change, calendar: Calendar): string {
  const { streak, isAbove, usual } = change;
  const move = moveOfChange(change);
  const parts = [`${subjectOf(change)} ${verbOf(change, move, calendar)}`];
  if (move !== 0 && streak > 1)
    parts.push(`the ${ordinal(streak)} ${periodWord(calendar)} in a row`);
  if (usual) {
    const isOpposed = move !== 0 && move > 0 !== isAbove;
    const where = `${isAbove ? 'above' : 'below'} the usual ${usualText(usual)}`;
    parts.push(isOpposed ? `but stayed ${where}` : where);
  }
  return `${parts.join(', ')}.`;
}

/** `5,800 to 6,900`, or `60` where both are the same. */
export function usualText({ low, high }: Usual): string {
  const [from, to] = [count(low), count(high)];
  return from === to ? from : `${from} to ${to}`;
}

function subjectOf({ measure, name, members }: Change): string {
  const { title, subjects } = measures[measure];
  if (!subjects) return `${title} in Slack`;
  return name === undefined
    ? `${title} of ${plural(members, ...subjects)} together`
    : `${title} of ${isolated(name)}`;
}

/** Against the period before; months are compared at equal lengths. */
function moveOfChange({ value, before, change }: Change): -1 | 0 | 1 {
  return change === undefined ? moveOf(value, before) : moveOf(1 + change, 1);
}

function verbOf(change: Change, move: -1 | 0 | 1, calendar: Calendar): string {
  const { value, before, change: relative } = change;
  if (before === null) return `came to ${count(value)}`;
  if (move === 0) return `stayed at ${count(value)}`;
  const verb = move > 0 ? 'rose' : 'fell';
  const against = calendar.cadence === 'daily' ? ` against the ${periodWord(calendar)} before` : '';
  const isPercent =
    relative !== undefined &&
    before >= LEAST_PERCENT &&
    value >= before / MOST_FACTOR &&
    value <= before * MOST_FACTOR;
  return isPercent
    ? `${verb} ${percent(Math.abs(relative))} to ${count(value)}${against}`
    : `${verb} from ${count(before)} to ${count(value)}${against}`;
}
