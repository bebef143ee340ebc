import { incompleteOf } from '../counts.ts';
import { endNote, incompleteNote, nothingBefore } from '../lacks.ts';
import { choiceNote } from '../most-downloaded.ts';
import { WITHOUT_MIRRORS } from '../package-days.ts';
import { providerSentence } from '../provider-stretches.ts';
import { remedy } from '../untold.ts';
import { isolated, listed, plural } from '../words.ts';
import type { Versions } from './history.ts';

/** What the numbers are and what they lack, a sentence each. */
export function versionsNotes(data: Versions): string[] {
  const providers = providerSentence(data.stretches);
  return [
    ...(data.begins ? [nothingBefore(data.begins)] : []),
    ...choiceNote(data.others, (name) => `versions ${name}`),
    WITHOUT_MIRRORS,
    ...(providers ? [providers] : []),
    ...untoldNote(data),
    ...incompleteNotes(data),
    ...unreadNote(data),
    ...endNote(data.last, data),
  ];
}

function untoldNote({ untoldDays, toldDays, untold }: Versions): string[] {
  if (untoldDays === 0 || toldDays === 0) return [];
  const are = untoldDays === 1 ? 'is' : 'are';
  return [
    `${plural(untoldDays, 'day')} in this range ${are} not told by version and left out. ${remedy('version', untold)}`,
  ];
}

function incompleteNotes({ lines, granularity }: Versions): string[] {
  const incomplete = incompleteOf(lines.periods);
  if (granularity !== 'daily') return incompleteNote(incomplete, granularity);
  return incomplete.length > 0
    ? [`${plural(incomplete.length, 'day')} without data in between.`]
    : [];
}

function unreadNote({ unread: { versions, downloads } }: Versions): string[] {
  if (versions.length === 0) return [];
  const names = listed(versions.map((version) => `“${isolated(version)}”`));
  const are = versions.length === 1 ? 'is no version' : 'are no versions';
  return [`${names} ${are} by PEP 440 and in “other” (${plural(downloads, 'download')}).`];
}
