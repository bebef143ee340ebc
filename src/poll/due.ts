import { type Collection, MANY_FAILURES } from '../../db/collections.ts';
import type { Subject } from '../../db/subjects.ts';
import type { Part } from '../sources/source.ts';

const HOUR_MS = 3_600_000;

/** Half of the time between two polls: “every 24 hours” is met by the poll that lies nearest. */
const SLACK_HOURS = 3;

/** True when a poll at `now` should read the part of `subjects`. */
export function isDue(
  part: Part,
  state: Collection | undefined,
  subjects: readonly Subject[],
  now: number,
): boolean {
  if (!state?.doneAt || state.retryAt !== null || hasNewcomer(part, state, subjects)) return true;
  const slack = Math.min(SLACK_HOURS, part.everyHours / 4);
  return now - Date.parse(state.doneAt) >= (part.everyHours - slack) * HOUR_MS;
}

/** True when something was begun or put off, and may go on before the next poll. */
export function isUnfinished(state: Collection | undefined, now: number): boolean {
  if (!state) return true;
  if (state.retryAt !== null) return Date.parse(state.retryAt) <= now;
  return state.doneAt === null && state.failures < MANY_FAILURES;
}

/** True when one of `subjects` was put on the list after the part was read for all of them. */
export function hasNewcomer(
  part: Part,
  state: Collection | undefined,
  subjects: readonly Subject[],
): boolean {
  const doneAt = state?.doneAt;
  if (part.scope !== 'source' || !doneAt || state.failures >= MANY_FAILURES) return false;
  return subjects.some(({ trackedAt }) => trackedAt !== null && trackedAt > doneAt);
}
