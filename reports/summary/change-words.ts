import { LEAST_PERCENT, MOST_FACTOR } from '../change.ts';
import { moveOf, squeezed } from '../judge.ts';
import { usualText } from '../pace.ts';
import { count, isolated, listed, percent, plural, signedPercent } from '../words.ts';
import { type Calendar, ordinal, periodPhrase, periodWord } from './calendar.ts';
import type { Change } from './changes.ts';
import { measures } from './measures.ts';
import { isBehind } from './panels.ts';

/** A larger step than this, as a share, is what is told first of what goes on being unusual. */
const STEP = 0.2;
/** So many of what is alike are told with their numbers. */
const MOST_ALIKE = 3;

/**
 * `Downloads of marquez-python fell 31% to 4,210, below the usual 5,800 to 6,900.` What goes on being
 * unusual is measured against what was usual before: `Downloads of marquez-python came to 4,180, 28%
 * below the usual 5,800 to 6,900, for the second week in a row.`
 */
export function changeSentence(change: Change, told: Calendar): string {
  const { calendar } = change;
  const when = isBehind(change, told) ? ` ${periodPhrase(calendar)}` : '';
  if (change.name !== undefined && change.alike.length > 0) return alikeSentence(change, when);
  const move = moveOfChange(change);
  const isStep = isPercent(change) ? Math.abs(change.change ?? 0) > STEP : move !== 0;
  // A small step in what goes on would hide how far off it is.
  const isLasting = change.outside > 1 && !isStep;
  const what = isLasting
    ? `${subjectOf(change)} came to ${count(change.value)}${when}`
    : verbPart(change, move, when);
  const where = whereParts(change, isLasting ? 0 : move);
  return `${[what, ...where].join(', ')}${whoPart(change)}.`;
}

/** `: unusual in 4 of them, mostly in a (1,735)`; empty where nobody stands out. */
function whoPart({ mover, alike, members }: Change): string {
  const many = alike.length < members ? `${count(alike.length)} of them` : 'all of them';
  const parts = [
    ...(alike.length > 0 ? [`unusual in ${many}`] : []),
    ...(mover ? [`mostly in ${isolated(mover.name)} (${count(mover.value)})`] : []),
  ];
  return parts.length > 0 ? `: ${parts.join(', ')}` : '';
}

/** Where it lies now, and what it has done before. */
function whereParts(change: Change, move: -1 | 0 | 1): string[] {
  const { streak, isAbove, usual, calendar, outside, value } = change;
  const isOpposed = move !== 0 && move > 0 !== isAbove;
  const stayed = isOpposed ? 'but stayed ' : '';
  if (outside > 1) {
    const since = `for the ${ordinal(outside)} ${periodWord(calendar)} in a row`;
    return [`${stayed}${farText(change)}`, since];
  }
  const far = `${isFar(change) ? 'far ' : ''}${isAbove ? 'above' : 'below'}`;
  return [
    // Of what was lost, the one before is told already.
    ...(move !== 0 && streak > 1 && value >= 0
      ? [`the ${ordinal(streak)} ${move > 0 ? 'rise' : 'fall'} in a row`]
      : []),
    `${stayed}${far} the usual ${usualText(usual, value)}`,
  ];
}

/** `Downloads of 4 packages were below what is usual: a 1,735 (43% below), b 210 (38% below) and 2 more.` */
function alikeSentence(first: Change, when: string): string {
  const { measure, isAbove } = first;
  const { title, subjects = ['', ''] } = measures[measure];
  const side = isAbove ? 'above' : 'below';
  const all = alikeOf(first);
  const names = all.map((one) => {
    const far = shareBeyond(one) || (isFar(one) ? `far ${side}` : '');
    return `${isolated(one.name ?? '')} ${count(one.value)}${far && ` (${far})`}`;
  });
  const whose = plural(all.length, ...subjects);
  return `${title} of ${whose} were ${side} what is usual${when}: ${listed(names, MOST_ALIKE)}.`;
}

/** Those whose numbers the sentence of a change tells. */
export function namedIn(change: Change): readonly Change[] {
  const isSum = change.name === undefined;
  return isSum || change.alike.length === 0 ? [change] : alikeOf(change).slice(0, MOST_ALIKE);
}

/** The furthest outside first. */
function alikeOf(first: Change): Change[] {
  return [first, ...first.alike].toSorted((a, b) => beyond(b) - beyond(a));
}

/** How far outside of what is usual it is, in logs. */
function beyond({ value, usual, isAbove }: Change): number {
  return Math.abs(squeezed(value) - squeezed(isAbove ? usual.high : usual.low));
}

/** `28% below the usual 5,800 to 6,900`, in words alone where a share would say less. */
function farText(change: Change): string {
  const side = change.isAbove ? 'above' : 'below';
  const far = shareBeyond(change) || (isFar(change) ? `far ${side}` : side);
  return `${far} the usual ${usualText(change.usual, change.value)}`;
}

/** `28% below`: beyond the nearer edge of what is usual; empty where a share would say little. */
function shareBeyond(change: Change): string {
  const { value, isAbove, usual } = change;
  const edge = isAbove ? usual.high : usual.low;
  if (Math.min(edge, value) < LEAST_PERCENT || isFar(change)) return '';
  return `${percent(Math.abs(value / edge - 1))} ${isAbove ? 'above' : 'below'}`;
}

function isFar({ value, isAbove, usual: { low, high } }: Change): boolean {
  return isAbove ? value > high * MOST_FACTOR : value >= 0 && value < low / MOST_FACTOR;
}

function subjectOf(change: Change): string {
  const { title, subjects } = measures[change.measure];
  if (!subjects) return `${title} in Slack`;
  return `${title} of ${change.name === undefined ? holdersOf(change) : isolated(change.name)}`;
}

/** `3 repositories together` */
function holdersOf({ measure, members }: Change): string {
  return `${plural(members, ...(measures[measure].subjects ?? ['', '']))} together`;
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

/** `Downloads of a fell 31% to 4,210 last week`; `a lost 5 stars, after 103 new ones`. */
function verbPart(change: Change, move: -1 | 0 | 1, when: string): string {
  const { value, before, change: relative = 0, measure, calendar } = change;
  if (measure === 'stars' && value < 0) {
    const whose = change.name === undefined ? holdersOf(change) : isolated(change.name);
    const after =
      before !== null && before > 0
        ? `, after ${count(before)} new ones the ${periodWord(calendar)} before`
        : '';
    return `${whose} lost ${plural(-value, 'star')}${when}${after}`;
  }
  const subject = subjectOf(change);
  if (before === null) return `${subject} came to ${count(value)}${when}`;
  if (move === 0) {
    const about = value === before ? '' : 'about the same ';
    return `${subject} stayed ${about}at ${count(value)}${when}`;
  }
  const { cadence } = calendar;
  const against = cadence === 'daily' ? ` against the ${periodWord(calendar)} before` : '';
  const verb = move > 0 ? 'rose' : 'fell';
  if (!isPercent(change)) {
    return `${subject} ${verb} from ${count(before)} to ${count(value)}${when}${against}`;
  }
  return cadence === 'monthly'
    ? `${subject} ${verb} to ${count(value)}${when} (${signedPercent(relative)} a day)`
    : `${subject} ${verb} ${percent(Math.abs(relative))} to ${count(value)}${when}${against}`;
}
