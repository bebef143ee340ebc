import { daysBetween } from '../../db/days.ts';
import { PERIOD } from '../chart/periods.ts';
import { incompleteOf } from '../counts.ts';
import { earliest } from '../extent.ts';
import { choiceNote } from '../most-downloaded.ts';
import { toldSentence } from '../told.ts';
import { dayName, isolated, listed, plural } from '../words.ts';
import type { Versions } from './history.ts';

/** What the numbers are and what they lack, a sentence each. */
export function versionsNotes(data: Versions): string[] {
  const told = toldSentence(data.told);
  return [
    ...choiceNote(data.others, (name) => `versions ${name}`),
    'Without mirrors: what people and CI loaded.',
    ...(told ? [told] : []),
    ...untoldNote(data),
    ...incompleteNote(data),
    ...unreadNote(data),
    ...endNote(data),
  ];
}

function untoldNote({ untoldDays, toldDays }: Versions): string[] {
  if (untoldDays === 0 || toldDays === 0) return [];
  const are = untoldDays === 1 ? 'is' : 'are';
  return [
    `${plural(untoldDays, 'day')} in this range ${are} not told by version and left out: only BigQuery tells them, with BIGQUERY_PROJECT set.`,
  ];
}

function incompleteNote({ lines, granularity }: Versions): string[] {
  const incomplete = incompleteOf(lines.periods);
  const [first] = incomplete;
  if (!first) return [];
  const period = PERIOD[granularity];
  if (granularity === 'daily')
    return [`${plural(incomplete.length, 'day')} without data in between.`];
  const example = `${first.days} of ${first.of} days are known of the one that begins on ${dayName(first.start)}`;
  const are = incomplete.length === 1 ? 'is' : 'are';
  return [`${plural(incomplete.length, period)} with missing days ${are} left out: ${example}.`];
}

function unreadNote({ unread: { versions, downloads } }: Versions): string[] {
  if (versions.length === 0) return [];
  const names = listed(versions.map((version) => `“${isolated(version)}”`));
  const are = versions.length === 1 ? 'is no version' : 'are no versions';
  return [`${names} ${are} by PEP 440 and in “other” (${plural(downloads, 'download')}).`];
}

function endNote({ latest, to, today }: Versions): string[] {
  const until = earliest([to, today]) ?? to;
  return daysBetween(latest, until) > 2 ? [`The data ends on ${dayName(latest)}.`] : [];
}
