import { randomUUID } from 'node:crypto';
import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** One posting of a subscription. All instants are ISO. */
export interface Digest {
  /** A UUID, which its messages carry in their metadata. */
  readonly id: string;
  readonly dueAt: string;
  readonly claimedAt: string;
  /** When a message was handed to Slack without its answer being known; null when none is. */
  readonly sentAt: string | null;
  /** The timestamp of the message, once known. */
  readonly ts: string | null;
  /** Not to be tried before then. */
  readonly retryAt: string | null;
  /** Null while there is something left to do. */
  readonly outcome: DigestOutcome | null;
}

/** `quiet`: there was nothing to say; `missed`: it came too late; `refused`: Slack does not take it. */
export type DigestOutcome = 'posted' | 'quiet' | 'missed' | 'refused';

const COLUMNS = `id, due_at AS dueAt, claimed_at AS claimedAt,
  sent_at AS sentAt, ts, retry_at AS retryAt, outcome`;

/** How many digests of a subscription are remembered. */
const KEPT = 100;

/**
 * Claims a due time; undefined when it was claimed before.
 *
 * @param byHand whether somebody asked for it between the due times
 */
export function claimDigest(
  db: Db,
  subscriptionId: number,
  dueAt: string,
  now: string,
  byHand: boolean,
): Digest | undefined {
  const digest = statement<Digest>(
    db,
    `INSERT INTO digest (id, subscription_id, due_at, claimed_at, by_hand) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
  ).get(randomUUID(), subscriptionId, dueAt, now, byHand ? 1 : 0);
  statement(
    db,
    `DELETE FROM digest WHERE subscription_id = @subscriptionId AND outcome IS NOT NULL
       AND due_at NOT IN (SELECT due_at FROM digest WHERE subscription_id = @subscriptionId
         ORDER BY due_at DESC LIMIT @kept)`,
  ).run({ subscriptionId, kept: KEPT });
  return digest;
}

/**
 * The due time that was claimed last, those by hand aside; undefined before the first. What a clock
 * that went wrong claimed for later than `until` (ISO) does not count: nothing would be due before.
 */
export function lastClaimedDue(db: Db, subscriptionId: number, until: string): string | undefined {
  const due = statement(
    db,
    'SELECT max(due_at) FROM digest WHERE subscription_id = ? AND by_hand = 0 AND due_at <= ?',
  )
    .pluck()
    .get(subscriptionId, until) as string | null;
  return due ?? undefined;
}

/** Notes the last day whose downloads a digest reports, as long as none of its messages is posted. */
export function noteDownloads(db: Db, id: string, through: Day | undefined): void {
  statement(
    db,
    'UPDATE digest SET downloads_through = ? WHERE id = ? AND sent_at IS NULL AND ts IS NULL',
  ).run(through ?? null, id);
}

/**
 * The last day whose downloads the digests before reported; undefined where they reported none, and
 * for one by hand, which reports all there are.
 */
export function downloadsTold(db: Db, id: string): Day | undefined {
  const through = statement(
    db,
    `SELECT max(told.downloads_through) FROM digest
     JOIN digest AS told ON told.subscription_id = digest.subscription_id
     WHERE digest.id = ? AND digest.by_hand = 0 AND told.due_at < digest.due_at
       AND told.by_hand = 0 AND (told.ts IS NOT NULL OR told.outcome = 'quiet')`,
  )
    .pluck()
    .get(id) as Day | null;
  return through ?? undefined;
}

/** Takes up the digest that was due last, after `since` (ISO), if Slack refused it. True when it did. */
export function reopenRefused(db: Db, subscriptionId: number, since: string): boolean {
  const { changes } = statement(
    db,
    `UPDATE digest SET outcome = NULL, retry_at = NULL
     WHERE subscription_id = @subscriptionId AND by_hand = 0 AND outcome = 'refused' AND ts IS NULL
       AND due_at > @since AND due_at = (SELECT max(due_at) FROM digest
         WHERE subscription_id = @subscriptionId AND by_hand = 0)`,
  ).run({ subscriptionId, since });
  return changes > 0;
}

/** The digests of a subscription that are not done with, the oldest first. */
export function openDigests(db: Db, subscriptionId: number): Digest[] {
  return statement<Digest>(
    db,
    `SELECT ${COLUMNS} FROM digest WHERE subscription_id = ? AND outcome IS NULL ORDER BY due_at`,
  ).all(subscriptionId);
}

/** The digest with that id; undefined when it, or its subscription, is gone. */
export function findDigest(db: Db, id: string): Digest | undefined {
  return statement<Digest>(db, `SELECT ${COLUMNS} FROM digest WHERE id = ?`).get(id);
}
