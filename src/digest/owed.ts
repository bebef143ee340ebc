import type { Subscription } from '../../db/subscriptions.ts';
import { dueTimes, patienceMs } from './due.ts';

/**
 * The due time that nobody has claimed yet, in milliseconds since the epoch; undefined when there
 * is none. Only the latest one counts: whoever was off for a month gets one digest.
 *
 * @param claimed the due time that was claimed last (ISO)
 */
export function owedDue(
  subscription: Subscription,
  claimed: string | undefined,
  now: number,
): number | undefined {
  const { last } = dueTimes(subscription, now);
  const since = Date.parse(subscription.since);
  if (last <= since) return undefined;
  if (claimed === undefined) return last;
  const before = Date.parse(claimed);
  if (before >= last) return undefined;
  // When the rules of a zone change, the same turn seems to come again a little later.
  const isSameTurn = before > since && last - before < patienceMs(subscription);
  return isSameTurn ? undefined : last;
}
