import type { WebClient } from '@slack/web-api';
import type { ChannelFacts } from '../../db/channels.ts';
import { type Fields, fieldsOf, textOf } from './fields.ts';

const PAGE = 200;

/**
 * The channels of `types` that the bot is in, shared with `userId` where one is named; all pages.
 * Throws what the client throws.
 */
export async function conversationsOf(
  client: WebClient,
  types: string,
  userId?: string,
): Promise<ChannelFacts[]> {
  const found: ChannelFacts[] = [];
  let cursor: string | undefined;
  do {
    const answer = await client.users.conversations({
      types,
      limit: PAGE,
      ...(userId === undefined ? {} : { user: userId }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const channel of answer.channels ?? []) {
      const facts = channelFacts(fieldsOf(channel));
      if (facts) found.push(facts);
    }
    cursor = textOf(answer.response_metadata?.next_cursor) ?? undefined;
  } while (cursor !== undefined);
  return found;
}

/**
 * A channel object of the Web API; undefined for a direct conversation or one without a name. What
 * is not said to be public is private.
 */
export function channelFacts(channel: Fields): ChannelFacts | undefined {
  const [id, name] = [textOf(channel.id), textOf(channel.name)];
  if (id === null || name === null || channel.is_im === true || channel.is_mpim === true) {
    return undefined;
  }
  return {
    id,
    name,
    isPrivate: channel.is_private !== false,
    isArchived: channel.is_archived === true,
  };
}
