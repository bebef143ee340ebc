import { changePart } from '../change.ts';
import { channelsPhrase } from '../channel-names.ts';
import { nothingBefore } from '../lacks.ts';
import { rangeName, TOO_SHORT } from '../ranges.ts';
import { laterNotes } from '../recorded.ts';
import { recordingGapNotes } from '../recording-gaps.ts';
import type { Words } from '../report.ts';
import { altText, count, isolated, listed, percent, plural } from '../words.ts';
import type { MessagesData } from './talk.ts';

const MOST_LINES = 10;

export function messagesWords(data: MessagesData): Words {
  const headline = messagesHeadline(data);
  if (data.talks.length === 0)
    return {
      headline,
      lines: [],
      notes: [...laterNotes(data.later), ...recordingGapNotes(data.unrecorded)],
      alt: headline,
    };
  const lines = linesOf(data);
  return { headline, lines, notes: notesOf(data), alt: altText([headline, ...lines]) };
}

/** Messages and people in the last whole week or month against the one before, where it was asked for. */
export function messagesHeadline(data: MessagesData): string {
  const { comparison, last, before, without, channels, areChosen } = data;
  const where = channelsPhrase(channels, areChosen);
  const when = rangeName(data.from, data.to, data.today);
  const total = totalOf(data);
  if (data.begins && data.to < data.begins) return nothingBefore(data.begins);
  if (total === 0) return `Nobody wrote a message ${when} ${where}, as far as you may see.`;
  if (!comparison || !last) return `${amountIn(data)} ${when} ${where}.`;
  const told = `${amount(last.messages, last.people)} ${comparison.when}`;
  const less = without.length > 0 ? `, without ${listed(without.map(isolated), 2)}` : '';
  if (!before) return `${told} ${where}${less}.`;
  const by = before.people === undefined ? '' : ` by ${count(before.people)}`;
  const rival = before.messages > 0 ? `${count(before.messages)}${by}` : 'none';
  const change = changePart({ value: last.messages, before: before.messages });
  // Of a week or a month, a line below says where.
  const place = comparison.of === 'range' ? ` ${where}` : '';
  return `${told}${place}${less}, ${rival} ${comparison.before.when}${change}.`;
}

/** Who wrote is known of each period, and not of several together. */
function amountIn(data: MessagesData): string {
  const people = data.split === 'none' ? data.talks[0]?.people : undefined;
  return amount(totalOf(data), people);
}

function totalOf({ talks, otherMessages }: MessagesData): number {
  return talks.reduce((sum, { messages }) => sum + messages, otherMessages);
}

function amount(messages: number, people: number | undefined): string {
  const by = people === undefined ? '' : ` by ${plural(people, 'person', 'people')}`;
  return `${plural(messages, 'message')}${by}`;
}

function linesOf(data: MessagesData): string[] {
  const { talks, others, split, channels, areChosen, from, to, today } = data;
  const total = totalOf(data);
  const where = channelsPhrase(channels, areChosen);
  const all = `In all ${plural(total, 'message')} ${rangeName(from, to, today)} ${where}.`;
  // Of a range without a whole week or month, the headline is the same.
  if (split === 'none') return data.last && data.comparison?.of !== 'range' ? [all] : [];
  const each = talks
    .slice(0, MOST_LINES)
    .map(
      ({ channel, messages }) =>
        `${isolated(channel)}: ${plural(messages, 'message')}, ${percent(messages / total)}.`,
    );
  const rest = talks.length + others - MOST_LINES;
  return [all, ...each, ...(rest > 0 ? [`${plural(rest, 'more channel')} with less.`] : [])];
}

function quietNote(others: number): string[] {
  if (others === 0) return [];
  const who = others === 1 ? 'quietest channel counts' : `${count(others)} quietest channels count`;
  return [`The ${who} in the sum only.`];
}

function notesOf({
  talks,
  others,
  unrecorded,
  begins,
  isCut,
  later,
  isDrawn,
}: MessagesData): string[] {
  // Of channels with a later record there are fewer.
  const { periods = [] } = talks.toSorted((a, b) => b.periods.length - a.periods.length)[0] ?? {};
  const isRunning = periods.length > 1 && periods.at(-1)?.isWhole === false;
  return [
    ...(isDrawn ? [] : [TOO_SHORT]),
    ...(begins ? [nothingBefore(begins)] : []),
    ...(isRunning ? ['The current period is not over, and is not compared.'] : []),
    ...(isCut && !begins && periods.length > 1
      ? ['The record begins in the middle of the first period.']
      : []),
    ...quietNote(others),
    ...laterNotes(later),
    ...recordingGapNotes(unrecorded),
    'Bots are left out.',
  ];
}
