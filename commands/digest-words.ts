import { InputError } from '../db/input-error.ts';
import type { Cadence } from '../db/subscriptions.ts';
import type { CommandDeps } from './command.ts';
import type { DigestDesk, WantedDigest } from './digest-desk.ts';
import { nearest, orList } from './names.ts';
import { tokenize } from './tokenize.ts';
import { parseZone } from './zones.ts';

const EVERY: Readonly<Record<string, Cadence['every']>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
};
const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
const QUIET: Readonly<Record<string, 'line' | 'nothing'>> = { quiet: 'nothing', always: 'line' };
const MONTHLY_DATE = 'A monthly digest comes on a day from 1 to 28, which every month has.';
/** Words that people write between the others. */
const FILLERS = ['every', 'at', 'on', 'the', 'each'];

type Draft = { -readonly [K in keyof WantedDigest]: WantedDigest[K] };

/**
 * Reads `weekly monday 9:00 in Europe/Berlin quiet`: any of its words, in any order. Throws an
 * InputError that says what is not understood.
 */
export function parseDigest(text: string): WantedDigest {
  const draft: Draft = {};
  const words = wordsOf(text);
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] !== 'in') {
      take(draft, words[at] as string);
      continue;
    }
    const behind = words.slice(at + 1);
    const next = behind.findIndex(isOwnWord);
    const zone = next < 0 ? behind : behind.slice(0, next);
    if (zone.length === 0) {
      throw new InputError('“in” needs a time zone behind it, as in “in Europe/Berlin”.');
    }
    set(draft, 'zone', parseZone(zone.join(' ')), zone.join(' '));
    at += zone.length;
  }
  if (draft.onDay !== undefined && draft.every === 'day') {
    throw new InputError('A daily digest comes every day: leave the day out, or make it weekly.');
  }
  return draft;
}

/** Lower case; `9 am` is one word. */
function wordsOf(text: string): string[] {
  const words = tokenize(text).map((token) => token.text.toLowerCase());
  const joined = words.join(' ').replace(/(\d) (am|pm)\b/g, '$1$2');
  return joined === '' ? [] : joined.split(' ');
}

/** What can't be a part of a zone's name. */
function isOwnWord(word: string): boolean {
  return (
    Object.hasOwn(EVERY, word) ||
    Object.hasOwn(QUIET, word) ||
    FILLERS.includes(word) ||
    weekdayOf(word) > 0 ||
    (!/^[+-]/.test(word) && minuteOf(word) !== undefined)
  );
}

function take(draft: Draft, word: string): void {
  if (FILLERS.includes(word)) return;
  const every = Object.hasOwn(EVERY, word) ? EVERY[word] : undefined;
  const quiet = Object.hasOwn(QUIET, word) ? QUIET[word] : undefined;
  const weekday = weekdayOf(word);
  const minute = minuteOf(word);
  const [, date] = /^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(word) ?? [];
  if (every) set(draft, 'every', every, word);
  else if (quiet) set(draft, 'whenQuiet', quiet, word);
  else if (weekday > 0) setWeekday(draft, weekday, word);
  else if (minute !== undefined) set(draft, 'minute', minute, word);
  else if (date !== undefined) set(draft, 'onDay', dateOf(date, draft), word);
  else throw new InputError(unknown(word));
}

function setWeekday(draft: Draft, weekday: number, word: string): void {
  draft.every ??= 'week';
  if (draft.every === 'month') throw new InputError(MONTHLY_DATE);
  set(draft, 'onDay', weekday, word);
}

/** 1 for `monday`, `mondays` or `mon`, and so on; 0 for any other word. */
function weekdayOf(word: string): number {
  const isIt = (name: string) => `${name}s` === word || (word.length > 2 && name.startsWith(word));
  return WEEKDAYS.findIndex(isIt) + 1;
}

function set<K extends keyof Draft>(draft: Draft, key: K, value: Draft[K], word: string): void {
  if (draft[key] !== undefined && draft[key] !== value) {
    throw new InputError(`“${word}” contradicts what stands before it: take one of them.`);
  }
  draft[key] = value;
}

function minuteOf(word: string): number | undefined {
  const [, hours, minutes = '0', half] = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm)?$/.exec(word) ?? [];
  if (hours === undefined || (!/[:.]/.test(word) && half === undefined)) return undefined;
  const hour = Number(hours);
  const isRight = half === undefined ? hour < 24 : hour >= 1 && hour <= 12;
  if (!isRight || Number(minutes) > 59) {
    throw new InputError(`“${word}” is not a time of day: write it as 9:00 or 17:30.`);
  }
  const base = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  return base * 60 + Number(minutes);
}

function dateOf(digits: string, { every }: Draft): number {
  const date = Number(digits);
  if (every === 'month' && date >= 1 && date <= 28) return date;
  throw new InputError(
    every === 'month'
      ? MONTHLY_DATE
      : `“${digits}” alone is not a time: write it as ${digits}:00, or “monthly ${digits}” for a day of the month.`,
  );
}

function unknown(word: string): string {
  const known = [...Object.keys(EVERY), ...WEEKDAYS, ...Object.keys(QUIET)];
  const near = nearest(
    word,
    known.map((label) => ({ label, value: label })),
  );
  return near.length > 0
    ? `I don’t know “${word}”. Did you mean ${orList(near)}?`
    : `I don’t know “${word}”: write it as “weekly monday 9:00 in Europe/Berlin”.`;
}

/** The one kind of digest that is named, if any. */
export function everyIn(text: string): Cadence['every'] | undefined {
  const word = text.trim().toLowerCase();
  if (word === '') return undefined;
  if (Object.hasOwn(EVERY, word)) return EVERY[word];
  throw new InputError(`“${text.trim()}” is no kind of digest: say daily, weekly or monthly.`);
}

/** The digests in the asker's hands. */
export function deskOf({ digests }: CommandDeps): DigestDesk {
  if (digests) return digests;
  throw new InputError('Digests are for channels: type this in Slack, in the channel itself.');
}
