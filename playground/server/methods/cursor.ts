import { failureWith, SlackFailure } from '../failure.ts';

/** Cursors are opaque to clients; inside stands a word and the place to go on from. */

export function cursorTo(word: string, place: string): string {
  return Buffer.from(`${word}:${place}`).toString('base64');
}

export function readCursor(word: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const [found, place] = Buffer.from(cursor, 'base64').toString().split(':');
  if (found !== word || place === undefined || cursorTo(word, place) !== cursor) {
    throw new SlackFailure('invalid_cursor');
  }
  return place;
}

/** The page size that was asked for, within Slack's bounds. */
export function pageSize(limit: number | undefined, fallback: number): number {
  if (limit === undefined || limit === 0) return fallback;
  if (limit < 0) {
    throw failureWith('invalid_limit', ['[ERROR] must be greater than 0 [json-pointer:/limit]']);
  }
  return Math.min(limit, 999);
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly response_metadata: { readonly next_cursor: string };
}

/** One page of a list whose items have ids. */
export function pageOf<Item extends { readonly id: string }>(
  list: readonly Item[],
  { cursor, limit }: { cursor?: string | undefined; limit?: number | undefined },
): Page<Item> {
  const place = readCursor('id', cursor);
  const start = place === undefined ? 0 : list.findIndex((item) => item.id === place);
  if (start < 0) throw new SlackFailure('invalid_cursor');
  const end = start + pageSize(limit, 100);
  const next = list[end];
  return {
    items: list.slice(start, end),
    response_metadata: { next_cursor: next ? cursorTo('id', next.id) : '' },
  };
}
