import { z } from 'zod';
import type { LoadProgress } from '../../../db/collections.ts';
import type { SeenPerson } from '../../../db/github-people.ts';
import type { Found } from './client.ts';
import { PER_PAGE } from './paging.ts';

/** The account that GitHub shows for everyone who is gone. */
const GHOST = 'ghost';

/** An instant, as ISO in UTC whatever offset it was written with. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => (text.endsWith('Z') ? text : new Date(text).toISOString()));

/** Null for somebody who is gone; an empty object for the author of a commit without an account. */
export const account = z
  .object({ login: z.string().min(1).optional(), type: z.string().optional() })
  .nullish();

/** What asks for the next page, as a cursor keeps it. */
export const nextPage = z.record(z.string(), z.unknown());

export function personOf(found: z.infer<typeof account>): SeenPerson | undefined {
  if (found?.login === undefined || found.login === GHOST) return undefined;
  return { login: found.login, type: found.type ?? null };
}

export function peopleOf(accounts: readonly z.infer<typeof account>[]): SeenPerson[] {
  return accounts.map(personOf).filter((person) => person !== undefined);
}

/** A cursor of ours; undefined at the very beginning. */
export function readCursor<T>(schema: z.ZodType<T>, cursor: string | undefined): T | undefined {
  return cursor === undefined ? undefined : schema.parse(JSON.parse(cursor));
}

/** How far a list was read. The link to its last page shows, to a page, how long it is. */
export function loadProgress(read: number, { headers }: Found, unit: string): LoadProgress {
  const last = /[?&]page=(\d+)[^<>]*>;\s*rel="?last\b/.exec(String(headers.link ?? ''))?.[1];
  const of = last === undefined ? undefined : Math.max(read, Number(last) * PER_PAGE);
  return { done: read, of, unit };
}
