import type { Day, Granularity } from '../db/days.ts';
import { InputError } from '../db/input-error.ts';
import type { Theme } from '../reports/theme.ts';
import { isDayInWords, MOST_WORDS, parseRange, type Range } from './range.ts';
import { shortened } from './shortened.ts';
import { type Token, tokenize } from './tokenize.ts';

/** What a person asked for behind a subcommand. Whatever is absent is the report's to choose. */
export interface Options {
  readonly range?: Range;
  readonly granularity?: Granularity;
  readonly by?: string;
  readonly theme: Theme;
  /** True when the answer is for the whole channel. */
  readonly isPublic: boolean;
  /** How many rows of a ranking; read for commands that know the word `top`. */
  readonly top?: number;
  /** The command's own words, as far as they were typed. */
  readonly words: ReadonlySet<string>;
  /** All the rest: names of repositories, channels and so on, still to be matched. */
  readonly names: readonly string[];
}

type Draft = { -readonly [K in keyof Options]?: Options[K] } & {
  words: Set<string>;
  names: string[];
};

const GRANULARITIES: Readonly<Record<string, Granularity>> = {
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
};

const NO_GRANULARITIES = ['hourly', 'quarterly', 'yearly', 'annually'];

/**
 * Reads the option grammar that all reports share. Never throws anything but an InputError.
 *
 * @param words the words that only this command knows
 */
export function parseOptions(text: string, words: readonly string[], today: Day): Options {
  const draft: Draft = { words: new Set(), names: [] };
  const tokens = tokenize(text);
  for (let at = 0; at < tokens.length; ) {
    at += take(draft, tokens.slice(at), words, today);
  }
  const { theme = 'light', isPublic = false, ...rest } = draft;
  return { theme, isPublic, ...rest };
}

/** This channel, as one of the names; a phone writes it `Here`. */
const HERE = 'here';

/** Reads one option from the front of `tokens` and returns how many of them it used. */
function take(
  draft: Draft,
  tokens: readonly Token[],
  words: readonly string[],
  today: Day,
): number {
  const [first, second] = tokens;
  if (!first) return 1;
  if (first.isQuoted) {
    draft.names.push(first.text);
    return 1;
  }
  const word = first.text.replace(/^--?(?=[a-z])/i, '');
  const lower = word.toLowerCase();
  const next = second?.isQuoted ? undefined : second?.text;
  if (next !== undefined && isDayInWords(word, next)) {
    throw new InputError(`A day is written in figures, as in ${today} or since ${today}.`);
  }
  const length = setRange(draft, [word, ...unquoted(tokens.slice(1, MOST_WORDS))], today);
  if (length > 0) return length;

  if (lower === 'by') {
    if (!second) throw new InputError('“by” needs a word behind it, as in “by channel”.');
    set(draft, 'by', second.text.toLowerCase());
    return 2;
  }
  if (lower === 'top' && words.includes('top') && next !== undefined && /^\d+$/.test(next)) {
    const top = Number(next);
    if (top < 1 || top > 25) throw new InputError('“top” takes a number from 1 to 25.');
    draft.top = top;
    return 2;
  }
  if (lower === 'since') {
    throw new InputError(
      `“since” needs a day or a range behind it, as in “since 2024-01-31” or “since last month”.`,
    );
  }
  if ((lower === 'this' || lower === 'last') && next !== undefined) {
    // Quoted, it is a name.
    throw new InputError(
      `“${lower} ${shortened(next)}” is not a range I know: take ${lower} week, month, quarter or year, a month such as november, or a length such as 30d.`,
    );
  }
  if (NO_GRANULARITIES.includes(lower)) {
    throw new InputError(`“${lower}” is not told of: say daily, weekly or monthly.`);
  }
  if (Object.hasOwn(GRANULARITIES, lower)) {
    set(draft, 'granularity', GRANULARITIES[lower] as Granularity);
  } else if (lower === 'dark' || lower === 'light') {
    set(draft, 'theme', lower);
  } else if (lower === 'public') {
    draft.isPublic = true;
  } else if (words.includes(lower)) {
    draft.words.add(lower);
  } else {
    draft.names.push(lower === HERE ? HERE : word);
  }
  return 1;
}

/** The words up to the first quoted one, which is a name. */
function unquoted(tokens: readonly Token[]): string[] {
  const end = tokens.findIndex(({ isQuoted }) => isQuoted);
  return tokens.slice(0, end < 0 ? undefined : end).map(({ text }) => text);
}

/** Takes the longest range that `words` begin with, and answers how many of them it is. */
function setRange(draft: Draft, words: readonly string[], today: Day): number {
  for (let length = words.length; length > 0; length -= 1) {
    const text = words.slice(0, length).join(' ');
    const range = parseRange(text, today);
    if (!range) continue;
    if (draft.range)
      throw new InputError(`One range is enough, and “${shortened(text)}” is the second one.`);
    draft.range = range;
    return length;
  }
  return 0;
}

function set<K extends 'granularity' | 'theme' | 'by'>(
  draft: Draft,
  key: K,
  value: NonNullable<Options[K]>,
): void {
  const before = draft[key];
  if (before !== undefined && before !== value) {
    const [one, other] = [before, value].map((word) => (key === 'by' ? `by ${word}` : word));
    throw new InputError(
      `“${one}” and “${shortened(other ?? '')}” exclude each other: take one of them.`,
    );
  }
  draft[key] = value as Draft[K];
}
