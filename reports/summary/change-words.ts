import { LEAST_PERCENT, MOST_FACTOR } from '../change.ts';
import { moveOf, type Usual } from '../judge.ts';
import { usualText } from '../pace.ts';
import { average, count, isolated, percent, plural } from '../words.ts';
import { type Calendar, ordinal, periodPhrase, periodWord } from './calendar.ts';
import type { Change } from './changes.ts';
import { measures } from './measures.ts';
import { isBehind } from './panels.ts';

/**
 * `Downloads of marquez-python fell 31% to 4,210, below the usual 5,800 to 6,900.` What goes on being
 * unusual is measured against what was usual before: `Downloads of marquez-python came to 4,180, 34%
 * below what is usual (5,800 to 6,900), for the second week in a row.`
 */
export function changeSentence(change: Change, told: Calendar): string {
  const { streak, isAbove, usual, calendar, outside, value } = change;
  const when = isBehind(change, told) ? ` ${periodPhrase(calendar)}` : '';
  if (usual && outside > 1) {
    const far = `${farText(value, usual)} (${usualText(usual, value)})`;
    const since = `for the ${ordinal(outside)} ${periodWord(calendar)} in a row`;
    return `${subjectOf(change)} came to ${count(value)}${when}, ${far}, ${since}.`;
  }
  const move = moveOfChange(change);
  const parts = [`${subjectOf(change)} ${verbOf(change, move, calendar)}${when}`];
  if (move !== 0 && streak > 1)
    parts.push(`the ${ordinal(streak)} ${periodWord(calendar)} in a row`);
  if (usual) {
    const isOpposed = move !== 0 && move > 0 !== isAbove;
    const where = `${isAbove ? 'above' : 'below'} the usual ${usualText(usual, value)}`;
    parts.push(isOpposed ? `but stayed ${where}` : where);
  }
  return `${parts.join(', ')}.`;
}

/** `34% below what is usual`, `5.9 times what is usual`; in words alone where numbers are small. */
function farText(value: number, { middle }: Usual): string {
  const side = `${value > middle ? 'above' : 'below'} what is usual`;
  if (middle < LEAST_PERCENT) return side;
  const factor = value / middle;
  if (factor > MOST_FACTOR) return `${average(factor)} times what is usual`;
  return factor < 0 ? side : `${percent(Math.abs(factor - 1))} ${side}`;
}

function subjectOf({ measure, name, members }: Change): string {
  const { title, subjects } = measures[measure];
  if (!subjects) return `${title} in Slack`;
  return name === undefined
    ? `${title} of ${plural(members, ...subjects)} together`
    : `${title} of ${isolated(name)}`;
}

/** Against the period before. Where a percentage is given, months are compared at equal lengths. */
function moveOfChange(change: Change): -1 | 0 | 1 {
  const { value, before } = change;
  return isPercent(change) ? moveOf(1 + (change.change ?? 0), 1) : moveOf(value, before);
}

function isPercent({ value, before, change }: Change): boolean {
  return (
    change !== undefined &&
    before !== null &&
    before >= LEAST_PERCENT &&
    value >= before / MOST_FACTOR &&
    value <= before * MOST_FACTOR
  );
}

function verbOf(change: Change, move: -1 | 0 | 1, { cadence, span }: Calendar): string {
  const { value, before, change: relative = 0 } = change;
  if (before === null) return `came to ${count(value)}`;
  if (move === 0) return `stayed ${value === before ? '' : 'about the same '}at ${count(value)}`;
  const verb = move > 0 ? 'rose' : 'fell';
  const against = cadence === 'daily' ? ` against the ${periodWord({ cadence, span })} before` : '';
  const share = `${percent(Math.abs(relative))}${cadence === 'monthly' ? ' a day' : ''}`;
  return isPercent(change)
    ? `${verb} ${share} to ${count(value)}${against}`
    : `${verb} from ${count(before)} to ${count(value)}${against}`;
}
