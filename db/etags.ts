import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** The validator of the last answer of `address`. */
export function etagOf(db: Db, address: string): string | undefined {
  return statement(db, 'SELECT etag FROM etag WHERE address = ?').pluck().get(address) as
    | string
    | undefined;
}

/** Keeps a validator, within the transaction that saves what was answered. */
export function saveEtag(db: Db, address: string, etag: string, seenAt: string): void {
  statement(
    db,
    `INSERT INTO etag (address, etag, seen_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET etag = excluded.etag, seen_at = excluded.seen_at`,
  ).run(address, etag, seenAt);
}

/** Forgets the validator: the address is asked as if for the first time. */
export function forgetEtag(db: Db, address: string): void {
  statement(db, 'DELETE FROM etag WHERE address = ?').run(address);
}
