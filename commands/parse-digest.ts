import { InputError } from '../db/input-error.ts';
import type { Cadence } from '../db/subscriptions.ts';
import { orList } from '../reports/words.ts';
import type { WantedDigest } from './digest-desk.ts';
import { nearest } from './names.ts';
import { tokenize } from './tokenize.ts';
import { WEEKDAY_WORDS, weekdayOf } from './weekdays.ts';
import { isShortName, parseZone } from './zones.ts';

const EVERY: Readonly<Record<string, Cadence['every']>> = {
  daily: 'day',
  day: 'day',
  weekly: 'week',
  week: 'week',
  monthly: 'month',
  month: 'month',
};
const QUIET: Readonly<Record<string, 'line' | 'nothing'>> = { quiet: 'nothing', always: 'line' };
/** Words that people write between the others. */
const FILLERS = ['every', 'each', 'at', 'on', 'the', 'of'];
/** A zone that needs no “in” before it: `europe/berlin`, `utc+2`, `+02:00`. */
const ZONE = /^(?:[a-z]+\/|(?:utc|gmt)(?![a-z])|[+−-]\d)/;

/** What was named, in whatever order: which day is meant only shows once all of it is read. */
type Named = { -readonly [K in keyof Omit<WantedDigest, 'onDay'>]: WantedDigest[K] } & {
  weekday?: number;
  date?: number;
};

/**
 * Reads `weekly monday 9:00 in Europe/Berlin quiet`: any of its words, in any order. Throws an
 * InputError that says what is not understood.
 */
export function parseDigest(text: string): WantedDigest {
  const named: Named = {};
  const words = wordsOf(text);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    if (word !== 'in' && !ZONE.test(word) && !isShortName(word)) {
      take(named, word);
      continue;
    }
    const begin = word === 'in' ? at + 1 : at;
    const length = words.slice(begin).findIndex(isOwnWord);
    const zone = words.slice(begin, length < 0 ? undefined : begin + length);
    // In the middle it is a part of the name: Port of Spain.
    while (zone.at(-1) === 'of') zone.pop();
    if (zone.length === 0) {
      throw new InputError('“in” needs a time zone behind it, as in “in Europe/Berlin”.');
    }
    set(named, 'zone', parseZone(zone.join(' ')), zone.join(' '));
    at = begin + zone.length - 1;
  }
  return wantedOf(named);
}

/** Lower case; `9 a.m.` is one word. */
function wordsOf(text: string): string[] {
  const words = tokenize(text).map((token) => token.text.toLowerCase());
  const joined = words.join(' ').replace(/(\d) ?([ap])\.? ?m\b\.?/g, '$1$2m');
  return joined.split(' ').filter((word) => word !== '');
}

/** What can't be a part of a zone's name. */
function isOwnWord(word: string): boolean {
  if (word === 'of') return false;
  return (
    Object.hasOwn(EVERY, word) ||
    Object.hasOwn(QUIET, word) ||
    FILLERS.includes(word) ||
    weekdayOf(word) > 0 ||
    /^\d/.test(word)
  );
}

function take(named: Named, word: string): void {
  if (FILLERS.includes(word)) return;
  const every = Object.hasOwn(EVERY, word) ? EVERY[word] : undefined;
  const quiet = Object.hasOwn(QUIET, word) ? QUIET[word] : undefined;
  const weekday = weekdayOf(word);
  const minute = minuteOf(word);
  const [, date] = /^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(word) ?? [];
  if (every) set(named, 'every', every, word);
  else if (quiet) set(named, 'whenQuiet', quiet, word);
  else if (weekday > 0) set(named, 'weekday', weekday, word);
  else if (minute !== undefined) set(named, 'minute', minute, word);
  else if (date !== undefined) set(named, 'date', Number(date), word);
  else throw new InputError(unknown(word));
}

/** Holds the day against the kind of digest; a weekday alone is that of a weekly one. */
function wantedOf({ weekday, date, ...wanted }: Named): WantedDigest {
  const every = wanted.every ?? (weekday === undefined ? undefined : 'week');
  if (date !== undefined && every !== 'month') {
    throw new InputError(
      `“${date}” alone is not a time: write it as ${date}:00, or “monthly ${date}” for a day of the month.`,
    );
  }
  const onDay = weekday ?? date;
  if (every === undefined || onDay === undefined) return wanted;
  if (every === 'day') {
    throw new InputError('A daily digest comes every day: leave the day out, or make it weekly.');
  }
  if (every === 'month' && (weekday !== undefined || onDay < 1 || onDay > 28)) {
    throw new InputError('A monthly digest comes on a day from 1 to 28, which every month has.');
  }
  return { ...wanted, every, onDay };
}

function set<K extends keyof Named>(named: Named, key: K, value: Named[K], word: string): void {
  if (named[key] !== undefined && named[key] !== value) {
    throw new InputError(`“${word}” contradicts what stands before it: take one of them.`);
  }
  named[key] = value;
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

function unknown(word: string): string {
  const known = [...Object.keys(EVERY), ...WEEKDAY_WORDS, ...Object.keys(QUIET)];
  const near = nearest(
    word,
    known.map((label) => ({ label, value: label })),
  );
  return near.length > 0
    ? `I don’t know “${word}”. Did you mean ${orList(near)}?`
    : `I don’t know “${word}”: write it as “weekly monday 9:00 in Europe/Berlin”. When there is nothing to say, “quiet” posts nothing, and “always” a line.`;
}

/** The one kind of digest that is named, if any. */
export function everyIn(text: string): Cadence['every'] | undefined {
  const word = text.trim().toLowerCase();
  if (word === '') return undefined;
  if (Object.hasOwn(EVERY, word)) return EVERY[word];
  throw new InputError(`“${text.trim()}” is no kind of digest: say daily, weekly or monthly.`);
}
