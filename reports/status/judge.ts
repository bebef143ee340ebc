import { type Collection, MANY_FAILURES, type SourcePart } from '../../db/collections.ts';
import { addDays, type Day } from '../../db/days.ts';
import { LAG_DAYS } from '../lacks.ts';

/** `loading`: under way for the first time. `off`: not collected, by somebody's wish. */
export type State = 'bad' | 'late' | 'loading' | 'good' | 'off';

/** The worst first. */
export const STATES: readonly State[] = ['bad', 'late', 'loading', 'good', 'off'];

const HOUR_MS = 3_600_000;

/** The longest time between two polls, in hours. */
const POLL_HOURS = 6;
const SLOW_POLLS: Readonly<Record<string, number>> = { pypi: 12 };

/** The same for sources that take longer to finish a day. */
const SLOW_DAYS: Readonly<Record<string, number>> = { pypi: 3 };

/** Multiples of the interval: up to the first all is well, beyond the second it is not. */
const LATE = 1.5;
const BAD = 3;

/** What the colours mean, for people. */
export const THRESHOLDS = [
  `Green: read within ${LATE} times its interval (every ${POLL_HOURS} hours, packages ${SLOW_POLLS.pypi}, or as seldom as the part is read), and complete through ${LAG_DAYS} days ago (packages ${SLOW_DAYS.pypi}).`,
  `Amber: up to ${BAD} times that. Red: older, or failing ${MANY_FAILURES} times in a row.`,
];

export function worst(states: readonly State[]): State {
  return STATES.find((state) => states.includes(state)) ?? 'off';
}

/** How a part of one subject stands. All instants are ISO. */
export interface PartStanding {
  /** `''` for the headline numbers. */
  readonly part: string;
  readonly title: string;
  readonly state: State;
  readonly doneAt: string | null;
  readonly triedAt: string | null;
  readonly failures: number;
  /** When the failures began; undefined when it does not fail. */
  readonly since: string | undefined;
  readonly error: string | null;
  readonly retryAt: string | null;
  readonly note: string | null;
  readonly progress: Collection['progress'];
  /** Hours from one reading to the next, at most. */
  readonly everyHours: number;
}

interface Judged {
  readonly part: Pick<SourcePart, 'source' | 'part' | 'partTitle' | 'everyHours'>;
  /** Undefined before the first try. */
  readonly collection: Collection | undefined;
  /** When it was read, where the collection does not say. */
  readonly polledAt?: string | null;
  /**
   * Since when its first reading is due; null where nobody knows, because a part may have been
   * switched on just now.
   */
  readonly dueSince: string | null;
  readonly since: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function judgePart(judged: Judged): PartStanding {
  const { part, collection, polledAt = null, dueSince, since, now } = judged;
  const everyHours = Math.max(part.everyHours, SLOW_POLLS[part.source] ?? POLL_HOURS);
  const failures = collection?.failures ?? 0;
  const doneAt = collection?.doneAt ?? polledAt;
  const begun = doneAt ?? (collection?.progress ? null : dueSince);
  const hours = begun === null ? 0 : (now - Date.parse(begun)) / HOUR_MS;
  return {
    part: part.part,
    title: part.partTitle,
    state: stateOf(failures, doneAt, hours / everyHours),
    doneAt,
    triedAt: collection?.triedAt ?? null,
    failures,
    since: failures > 0 ? since : undefined,
    error: collection?.error ?? null,
    retryAt: collection?.retryAt ?? null,
    note: collection?.note ?? null,
    progress: collection?.progress ?? null,
    everyHours,
  };
}

/** @param age in intervals, since it was last read or, before that, put on the list */
function stateOf(failures: number, doneAt: string | null, age: number): State {
  if (failures >= MANY_FAILURES || age > BAD) return 'bad';
  if (failures > 0) return 'late';
  if (doneAt === null) return 'loading';
  return age > LATE ? 'late' : 'good';
}

/** How many days a source may take to finish a day. */
export function lagOf(source: string): number {
  return SLOW_DAYS[source] ?? LAG_DAYS;
}

/** How complete the days are; a subject that is new to the list may have none yet. */
export function judgeDays(
  source: string,
  through: Day | null,
  trackedAt: string,
  today: Day,
): State {
  const lag = lagOf(source);
  const known = through ?? trackedAt.slice(0, 10);
  if (known >= addDays(today, -lag)) return 'good';
  return known >= addDays(today, -lag * BAD) ? 'late' : 'bad';
}
