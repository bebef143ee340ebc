import type { WebClient } from '@slack/web-api';
import type { ChannelFacts } from '../../db/channels.ts';
import { platformError } from './client.ts';
import { type Fields, fieldsOf, textOf } from './fields.ts';

const PAGE = 200;

/**
 * The public and private channels of the bot, or of `userId` as far as the bot may know. Without
 * the optional scopes for private channels, the public ones.
 */
export async function channelsOf(client: WebClient, userId?: string): Promise<ChannelFacts[]> {
  try {
    return await conversationsOf(client, 'public_channel,private_channel', userId);
  } catch (error) {
    if (platformError(error) !== 'missing_scope') throw error;
    return conversationsOf(client, 'public_channel', userId);
  }
}

/**
 * The channels of `types` that the bot is in, or, where one is named, that `userId` is in: of the
 * private ones those shared with the bot. All pages. Throws what the client throws.
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
