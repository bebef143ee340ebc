import { z } from 'zod';
import { SlackFailure } from '../failure.ts';
import { messageShape } from '../shapes.ts';
import type { TsRange } from '../store/timeline.ts';
import { normalTs } from '../store/ts.ts';
import { joinedChannel } from './checks.ts';
import { cursorTo, pageSize, readCursor } from './cursor.ts';
import { flag, id, type Methods, method, paging, ts } from './method.ts';

const window = {
  ...paging,
  channel: id,
  oldest: ts.optional(),
  latest: ts.optional(),
  inclusive: flag.optional(),
};

interface Window {
  readonly oldest?: string | undefined;
  readonly latest?: string | undefined;
  readonly inclusive?: boolean | undefined;
}

function rangeOf({ oldest, latest, inclusive }: Window): TsRange {
  return {
    ...(oldest === undefined || Number(oldest) === 0 ? {} : { oldest: bound(oldest, 'oldest') }),
    ...(latest === undefined || latest === 'now' ? {} : { latest: bound(latest, 'latest') }),
    inclusive: inclusive ?? false,
  };
}

function bound(value: string, name: 'oldest' | 'latest'): string {
  const normal = normalTs(value);
  if (normal === undefined) throw new SlackFailure(`invalid_ts_${name}`);
  return normal;
}

export const history = {
  'conversations.history': method(z.object(window), (args, { store, url }) => {
    const channel = joinedChannel(store, args.channel).id;
    const size = pageSize(args.limit, 100);
    const range = rangeOf(args);
    const place = readCursor('next_ts', args.cursor);
    const rest = place === undefined ? range : { ...range, ...upTo(place, range) };
    const found = store.messages.channelPage(channel, rest, size + 1);
    const page = found.slice(-size);
    const next = found.length > size ? found[0] : undefined;
    return {
      messages: page.map((message) => messageShape(store, message, url)).reverse(),
      has_more: next !== undefined,
      pin_count: 0,
      channel_actions_ts: null,
      channel_actions_count: 0,
      ...(next ? { response_metadata: { next_cursor: cursorTo('next_ts', next.ts) } } : {}),
    };
  }),
  'conversations.replies': method(z.object({ ...window, ts }), (args, { store, url }) => {
    const channel = joinedChannel(store, args.channel).id;
    const parent = store.messages.find(channel, args.ts);
    if (!parent) throw new SlackFailure('thread_not_found');
    const place = readCursor('next_ts', args.cursor);
    // The parent opens the first page, whatever `oldest` says.
    const first = place === undefined ? [parent] : [];
    const size = Math.max(1, pageSize(args.limit, 1000) - first.length);
    const range = rangeOf(args);
    const rest = place === undefined ? range : { ...range, oldest: justBefore(place) };
    const found = store.messages.replies(channel, parent.ts, rest, size + 1);
    const next = found[size];
    return {
      messages: [...first, ...found.slice(0, size)].map((m) => messageShape(store, m, url)),
      has_more: next !== undefined,
      ...(next ? { response_metadata: { next_cursor: cursorTo('next_ts', next.ts) } } : {}),
    };
  }),
} satisfies Methods;

/** The cursor names the next message; the page starts with it, going back. */
function upTo(place: string, { inclusive }: TsRange): TsRange {
  return { latest: inclusive ? place : justAfter(place) };
}

const justAfter = (ts: string) => `${ts}~`;
const justBefore = (ts: string) =>
  ts.slice(0, -1) + String.fromCharCode(ts.charCodeAt(ts.length - 1) - 1);
