import type { DigestOutcome } from './digests.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** What may become of a posting, by the table that notes how far it has come. */
interface Outcomes {
  readonly digest: DigestOutcome;
  readonly alert_post: 'done' | 'refused';
}

export type Ledger = keyof Outcomes;

/** Where the ts of a message stands: a digest has one for its details beside its own. */
type Stamp = 'ts' | 'details_ts';

/**
 * Notes that a message is about to be handed to Slack. False when another process is at it, or it
 * is posted already: a note stands until Slack's answer is known.
 *
 * @param before when it was noted for an attempt that Slack refused; null for the first one
 */
export function takePosting(
  db: Db,
  ledger: Ledger,
  id: string,
  at: string,
  before: string | null,
  stamp: Stamp = 'ts',
): boolean {
  const { changes } = statement(
    db,
    `UPDATE ${ledger} SET sent_at = ?
     WHERE id = ? AND sent_at IS ? AND ${stamp} IS NULL AND outcome IS NULL`,
  ).run(at, id, before);
  return changes === 1;
}

/** Takes the note of `at` back: the message is not with Slack. False when it was noted anew since. */
export function releasePosting(db: Db, ledger: Ledger, id: string, at: string): boolean {
  const { changes } = statement(
    db,
    `UPDATE ${ledger} SET sent_at = NULL WHERE id = ? AND sent_at = ?`,
  ).run(id, at);
  return changes === 1;
}

/**
 * Stamps a message as posted, in place of the note of `at`. With its details posted, a digest is
 * done. False when it is stamped, or was noted anew since.
 */
export function stampPosting(
  db: Db,
  ledger: Ledger,
  id: string,
  ts: string,
  at: string,
  stamp: Stamp = 'ts',
): boolean {
  const rest = stamp === 'ts' ? '' : ", outcome = 'posted'";
  const { changes } = statement(
    db,
    `UPDATE ${ledger} SET ${stamp} = ?, sent_at = NULL${rest}
     WHERE id = ? AND ${stamp} IS NULL AND (sent_at IS NULL OR sent_at = ?)`,
  ).run(ts, id, at);
  return changes === 1;
}

/** True when a message was handed to Slack without its answer being known. */
export function isInDoubt(db: Db, ledger: Ledger, id: string): boolean {
  const sent = statement(db, `SELECT 1 FROM ${ledger} WHERE id = ? AND sent_at IS NOT NULL`);
  return sent.get(id) !== undefined;
}

/** Leaves a posting alone until `until`. */
export function putOffPosting(db: Db, ledger: Ledger, id: string, until: string): void {
  statement(db, `UPDATE ${ledger} SET retry_at = ? WHERE id = ?`).run(until, id);
}

export function endPosting<T extends Ledger>(
  db: Db,
  ledger: T,
  id: string,
  outcome: Outcomes[T],
): void {
  const end = statement(db, `UPDATE ${ledger} SET outcome = ?, retry_at = NULL WHERE id = ?`);
  end.run(outcome, id);
}
