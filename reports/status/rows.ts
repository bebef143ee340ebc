import type { QualityCheck } from '../../db/quality.ts';
import { sum } from '../../db/statistics.ts';
import { count, plural } from '../words.ts';
import type { State } from './judge.ts';
import { shortly } from './phrases.ts';
import type { Status } from './read.ts';
import { recordingDays, recordingShortly, recordingState } from './slack.ts';
import type { DayMark, SourceStanding } from './standings.ts';

/** A line of the board. */
export type BoardRow =
  | { readonly kind: 'group'; readonly name: string; readonly detail: string }
  | {
      readonly kind: 'item';
      readonly name: string;
      readonly detail: string;
      readonly state: State;
      readonly days: readonly (DayMark | undefined)[];
    }
  | { readonly kind: 'more'; readonly detail: string };

/** More items than this are no longer read in ten seconds. */
const MOST_ITEMS = 14;
const LEAST_ITEMS = 2;

/** What each state is called beside its shape. */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  good: 'fresh',
  late: 'late',
  bad: 'failing or old',
  loading: 'first load',
  off: 'not polled',
};

export const CHECK_WORDS = { ...STATE_WORDS, good: 'holds', bad: 'does not hold' } as const;

/** The board: Slack first, then a group a source, the worst of each on top. */
export function boardRows(status: Status): BoardRow[] {
  if (status.view === 'checks') return checkRows(status);
  const shares = sharesOf(status.sources);
  return [
    ...slackRows(status),
    ...status.sources.flatMap((source, index) => sourceRows(source, shares[index] ?? 0, status)),
  ];
}

/** How many items each source shows: what troubles comes first, the rest is shared out evenly. */
function sharesOf(sources: readonly SourceStanding[]): number[] {
  const shares = sources.map(({ standings }) => Math.min(standings.length, LEAST_ITEMS));
  const room = () => MOST_ITEMS - sum(shares);
  const grow = (wanted: (source: SourceStanding) => number) => {
    for (let grew = true; grew && room() > 0; ) {
      grew = false;
      for (const [index, source] of sources.entries()) {
        const share = shares[index] ?? 0;
        if (room() <= 0 || share >= wanted(source)) continue;
        shares[index] = share + 1;
        grew = true;
      }
    }
  };
  grow(({ standings }) => standings.filter(isTrouble).length);
  grow(({ standings }) => standings.length);
  return shares;
}

function isTrouble({ state }: { readonly state: State }): boolean {
  return state === 'bad' || state === 'late';
}

function slackRows(status: Status): BoardRow[] {
  const { recording } = status;
  if (!recording) return [];
  return [
    { kind: 'group', name: 'Slack', detail: '' },
    {
      kind: 'item',
      name: recording.name,
      detail: recordingShortly(status),
      state: recordingState(status),
      days: recordingDays(status),
    },
  ];
}

function sourceRows(
  { title, standings }: SourceStanding,
  share: number,
  { now }: Status,
): BoardRow[] {
  const rest = standings.slice(share);
  return [
    { kind: 'group', name: title, detail: summary(standings.map(({ state }) => state)) },
    ...standings.slice(0, share).map((standing): BoardRow => {
      const { name, state, days } = standing;
      return { kind: 'item', name, state, days, detail: shortly(standing, now) };
    }),
    ...(rest.length > 0
      ? [
          {
            kind: 'more',
            detail: `and ${rest.length} more: ${summary(rest.map(({ state }) => state))}`,
          } as const,
        ]
      : []),
  ];
}

/** `2 late, 29 fresh`; `all fresh`. */
function summary(states: readonly State[]): string {
  const counts = (['bad', 'late', 'loading', 'good', 'off'] as const).flatMap((state) => {
    const found = states.filter((one) => one === state).length;
    return found > 0 ? [{ found, word: STATE_WORDS[state] }] : [];
  });
  const [only, ...others] = counts;
  if (only && others.length === 0) return states.length > 1 ? `all ${only.word}` : only.word;
  return counts.map(({ found, word }) => `${found} ${word}`).join(', ');
}

function checkRows({ checks }: Status): BoardRow[] {
  return failedFirst(checks).map(({ title, ok, failed, failures, noted }) => {
    const [first] = failures;
    const bad = `${count(failed)} found: ${first?.subject ?? ''} ${first?.detail ?? ''}`;
    const good = noted > 0 ? `holds; ${plural(noted, 'thing')} for information` : 'holds';
    return {
      kind: 'item',
      name: title,
      detail: ok ? good : bad,
      state: ok ? 'good' : 'bad',
      days: [],
    };
  });
}

export function failedFirst(checks: readonly QualityCheck[]): QualityCheck[] {
  return checks.toSorted((a, b) => Number(a.ok) - Number(b.ok));
}
