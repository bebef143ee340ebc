import { distance } from 'fastest-levenshtein';
import { InputError } from '../db/input-error.ts';
import { orList } from '../reports/words.ts';
import { shortened } from './shortened.ts';

/** Something that can be named: `label` is what people see, `value` what the report takes. */
export interface Candidate<T> {
  readonly label: string;
  readonly value: T;
}

/**
 * Finds what each of `names` means among `candidates`: the same name, the part behind or before
 * the slash, a beginning, or any part, the first of these that fits. A name may stand for several
 * (an owner for all of its repositories). Throws an InputError with the nearest names otherwise.
 *
 * @param what the kind of thing, for the error: `repository`
 */
export function resolveNames<T>(
  names: readonly string[],
  candidates: readonly Candidate<T>[],
  what: string,
): T[] {
  const found = new Set<T>();
  for (const name of names) {
    for (const { value } of matches(name, candidates, what)) found.add(value);
  }
  return [...found];
}

function matches<T>(
  name: string,
  candidates: readonly Candidate<T>[],
  what: string,
): readonly Candidate<T>[] {
  const hits = hitsOf(name, candidates);
  if (hits.length > 0) return hits;
  throw new InputError(unknown(name, candidates, what));
}

/** What `name` means among `candidates`, which may be nothing. */
export function matchingNames<T>(name: string, candidates: readonly Candidate<T>[]): T[] {
  return hitsOf(name, candidates).map(({ value }) => value);
}

function hitsOf<T>(name: string, candidates: readonly Candidate<T>[]): readonly Candidate<T>[] {
  const wanted = fold(name).replace(/\/\*$/, '');
  if (wanted !== '') {
    const tests: ((label: string) => boolean)[] = [
      (label) => label === wanted,
      (label) => label.split('/').includes(wanted),
      (label) => label.startsWith(wanted),
      (label) => label.includes(wanted),
    ];
    for (const test of tests) {
      const hits = candidates.filter(({ label }) => test(fold(label)));
      if (hits.length > 0) return hits;
    }
  }
  return [];
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/^#/, '');
}

function unknown<T>(typed: string, candidates: readonly Candidate<T>[], what: string): string {
  const channel = /^<#\w+(?:\|([^>]*))?>$/.exec(typed);
  if (channel) {
    const name = channel[1] ? `#${channel[1]}` : 'That';
    return `${name} is a channel and no ${what}: of channels, “messages” and “top-users” tell.`;
  }
  const name = shortened(typed);
  if (candidates.length === 0) return `There is no ${what} yet, so “${name}” is not one of them.`;
  const near = nearest(typed, candidates);
  if (near.length > 0) return `I know no ${what} “${name}”. Did you mean ${orList(near)}?`;
  const some = candidates.slice(0, 5).map(({ label }) => label);
  const rest = candidates.length - some.length;
  const list = rest > 0 ? `${some.join(', ')} and ${rest} more` : some.join(', ');
  return `I know no ${what} “${name}”. What I know: ${list}.`;
}

/** Up to three labels that are a few slips away from `name`, nearest first. */
export function nearest<T>(name: string, candidates: readonly Candidate<T>[]): string[] {
  const wanted = fold(name);
  return candidates
    .map(({ label }) => {
      const forms = [fold(label), ...fold(label).split('/')];
      return { label, slips: Math.min(...forms.map((form) => distance(form, wanted))) };
    })
    .filter(({ slips }) => slips <= Math.max(1, Math.floor(wanted.length / 3)))
    .toSorted((a, b) => a.slips - b.slips)
    .slice(0, 3)
    .map(({ label }) => label);
}
