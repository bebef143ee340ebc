import { z } from 'zod';
import { SlackFailure } from '../failure.ts';
import { messageShape } from '../shapes.ts';
import type { TsRange } from '../store/timeline.ts';
import { normalTs, tsAfter } from '../store/ts.ts';
import type { Message } from '../store/types.ts';
import { joinedChannel } from './checks.ts';
import { cursorTo, pageSize, readCursor } from './cursor.ts';
import { flag, id, type Methods, method, paging, ts } from './method.ts';

const window = {
  ...paging,
  channel: id,
  oldest: ts.optional(),
  latest: ts.optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
};

interface Window {
  readonly oldest?: string | undefined;
  readonly latest?: string | undefined;
  readonly inclusive?: boolean | undefined;
}

/** Slack leaves out both bounds unless `inclusive`. */
function rangeOf({ oldest = '0', latest = 'now', inclusive = false }: Window): TsRange {
  const from = Number(oldest) === 0 ? undefined : bound(oldest, 'oldest');
  const to = latest === 'now' ? undefined : bound(latest, 'latest');
  return {
    ...(from === undefined ? {} : { from: inclusive ? from : tsAfter(from) }),
    ...(to === undefined ? {} : { before: inclusive ? tsAfter(to) : to }),
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
    const before = readCursor('before', args.cursor);
    const found = store.messages.channelPage(
      channel,
      before === undefined ? range : { ...range, before },
      size + 1,
    );
    const page = found.slice(-size);
    return {
      messages: page.map((message) => told(messageShape(store, message, url), args)).reverse(),
      has_more: found.length > size,
      pin_count: 0,
      channel_actions_ts: null,
      channel_actions_count: 0,
      ...more(found.length > size, 'before', page[0]),
    };
  }),
  'conversations.replies': method(z.object({ ...window, ts }), (args, { store, url }) => {
    const channel = joinedChannel(store, args.channel).id;
    const parent = store.messages.find(channel, args.ts);
    if (!parent) throw new SlackFailure('thread_not_found');
    const after = readCursor('after', args.cursor);
    // The parent opens the first page, whatever `oldest` says.
    const first = after === undefined ? [parent] : [];
    const size = Math.max(1, pageSize(args.limit, 1000) - first.length);
    const range = rangeOf(args);
    const rest = after === undefined ? range : { ...range, from: tsAfter(after) };
    const found = store.messages.replies(channel, parent.ts, rest, size + 1);
    const page = found.slice(0, size);
    return {
      messages: [...first, ...page].map((message) => told(messageShape(store, message, url), args)),
      has_more: found.length > size,
      ...more(found.length > size, 'after', page.at(-1)),
    };
  }),
} satisfies Methods;

/** Unless it is asked for, Slack tells only the kind of a message's metadata. */
function told(
  shape: ReturnType<typeof messageShape>,
  { include_all_metadata }: { readonly include_all_metadata?: boolean | undefined },
) {
  if (include_all_metadata || !shape.metadata) return shape;
  return { ...shape, metadata: { event_type: shape.metadata.event_type } };
}

/** Where the next page goes on: `edge` is the last message of this one. */
function more(hasMore: boolean, word: 'before' | 'after', edge: Message | undefined) {
  return hasMore && edge ? { response_metadata: { next_cursor: cursorTo(word, edge.ts) } } : {};
}
