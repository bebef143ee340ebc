import { channelsPhrase } from '../channel-names.ts';
import { oneLine } from '../chart/text.ts';
import { nothingBefore } from '../lacks.ts';
import { rangeName } from '../ranges.ts';
import { laterNotes } from '../recorded.ts';
import { recordingGapNotes } from '../recording-gaps.ts';
import type { RankedItem, Words } from '../report.ts';
import { altText, count, isolated, percent, plural } from '../words.ts';
import type { Person, TopUsers } from './ranking.ts';

export function topUsersWords(data: TopUsers): Words {
  const headline = headlineOf(data);
  if (data.top.length === 0)
    return {
      headline,
      lines: [],
      notes: [...laterNotes(data.later), ...recordingGapNotes(data.unrecorded)],
      alt: headline,
    };
  const lines = linesOf(data);
  const notes = notesOf(data);
  const ranking = data.top.map(itemOf);
  const spoken = ranking.map(({ name, detail }, index) => `${index + 1}. ${name}: ${detail}.`);
  return { headline, lines, notes, ranking, alt: altText([headline, ...lines, ...spoken]) };
}

/** How much of the talk hangs on the first one and on the first five. */
export function headlineOf({
  top,
  messages,
  people,
  topShare,
  topFiveShare,
  ...rest
}: TopUsers): string {
  const when = rangeName(rest.from, rest.to, rest.today);
  const where = channelsPhrase(rest.channels, rest.areChosen);
  const [first] = top;
  if (rest.begins && rest.to < rest.begins) return nothingBefore(rest.begins);
  if (!first) return `Nobody wrote a message ${when} ${where}, as far as you may see.`;
  const name = personName(first);
  if (people === 1) {
    const all = messages === 1 ? 'the only message' : `all ${count(messages)} messages`;
    return `${name} wrote ${all} ${when} ${where}.`;
  }
  const five = people > 5 ? `, the top five together ${percent(topFiveShare)}` : '';
  return `${name} wrote ${percent(topShare)} of the ${plural(messages, 'message')} ${when}${five}.`;
}

function linesOf({ top, people, topShare, topFiveShare, channels, areChosen }: TopUsers): string[] {
  const [first] = top;
  if (!first) return [];
  const five = people > 5 ? `; if the top five do, ${percent(topFiveShare)}` : '';
  return [
    `${plural(people, 'person', 'people')} wrote ${channelsPhrase(channels, areChosen)}.`,
    ...(people > 1
      ? [
          `If ${personName(first)} goes on holiday, ${percent(topShare)} of the talk goes quiet${five}.`,
        ]
      : []),
  ];
}

function notesOf({
  today,
  to,
  begins,
  comparedDays,
  top,
  people,
  later,
  unrecorded,
}: TopUsers): string[] {
  const isRunning = to >= today;
  const days = comparedDays && plural(comparedDays, 'whole day');
  const where = later.length > 0 ? ', in the channels that were recorded then' : '';
  return [
    ...(begins ? [nothingBefore(begins)] : []),
    ...(days
      ? [
          `Changes of rank compare the ${days}${isRunning ? ' to yesterday' : ''} with as many before${where}.`,
        ]
      : ['There is no earlier period of the same length to compare ranks with.']),
    ...(isRunning ? ['Today counts in the list, although it is not over.'] : []),
    ...(people > top.length ? [`The list shows the first ${count(top.length)}.`] : []),
    ...laterNotes(later),
    ...recordingGapNotes(unrecorded),
    'Bots are left out.',
  ];
}

function itemOf(person: Person): RankedItem {
  const change = changeText(person.change);
  const detail = [plural(person.messages, 'message'), percent(person.share)];
  return {
    name: oneLine(person.name),
    detail: [...detail, ...(change ? [change] : [])].join(', '),
  };
}

/** `↑2`, `↓1`, `=`, `new`; empty when there is nothing to compare with. */
export function changeText(change: Person['change']): string {
  if (change === undefined) return '';
  if (change === 'new' || change === 0) return change === 0 ? '=' : 'new';
  return change > 0 ? `↑${count(change)}` : `↓${count(-change)}`;
}

function personName({ name }: Person): string {
  return isolated(oneLine(name));
}
