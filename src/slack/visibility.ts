import type { WebClient } from '@slack/web-api';
import type { ChannelFacts } from '../../db/channels.ts';
import { InputError } from '../../db/input-error.ts';
import type { Viewer } from '../../db/viewer.ts';
import { platformError } from './client.ts';
import { channelsOf, conversationsOf } from './conversations.ts';

/**
 * Whose eyes a private answer is for: asks Slack, now, which private channels the person shares
 * with the bot, and whether they are a guest, who sees no channel but their own. Throws when Slack
 * can't be asked: no answer is better than one for other eyes.
 */
export async function viewerFor(
  client: WebClient,
  workspaceId: string,
  userId: string,
): Promise<Viewer> {
  const [isGuest, secret] = await Promise.all([
    isGuestUser(client, userId),
    privateChannelsOf(client, userId),
  ]);
  const privateChannelIds = idsOf(secret);
  if (!isGuest) return { workspaceId, privateChannelIds };
  const own = await channelsOf(client, userId);
  const publicChannelIds = idsOf(own.filter(({ isPrivate }) => !isPrivate));
  return { workspaceId, privateChannelIds, publicChannelIds };
}

/** A user of whom Slack says nothing counts as a guest. */
async function isGuestUser(client: WebClient, userId: string): Promise<boolean> {
  try {
    const { user } = await client.users.info({ user: userId });
    return !user || user.is_restricted === true || user.is_ultra_restricted === true;
  } catch (error) {
    if (platformError(error) !== undefined) return true;
    throw error;
  }
}

async function privateChannelsOf(client: WebClient, userId: string): Promise<ChannelFacts[]> {
  try {
    return await conversationsOf(client, 'private_channel', userId);
  } catch (error) {
    // Without the optional scopes the bot is in no private channel that it could know of.
    if (platformError(error) === 'missing_scope') return [];
    throw error;
  }
}

function idsOf(channels: readonly ChannelFacts[]): string[] {
  return channels.map(({ id }) => id);
}

/** How Slack says that the bot can't see a conversation. */
const UNSEEN = new Set(['channel_not_found', 'not_in_channel', 'missing_scope']);

/**
 * Whose eyes an answer in a channel is for: what all of its members may see, which is the public
 * channels and, in a private one, that channel; in one that is shared with another organisation,
 * that channel alone. Of one that Slack does not show the bot, nobody knows who reads it: then it
 * throws an InputError. Throws as well when Slack can't be asked.
 */
export async function viewerForChannel(
  client: WebClient,
  workspaceId: string,
  channelId: string,
): Promise<Viewer> {
  try {
    return await viewerInChannel(client, workspaceId, channelId);
  } catch (error) {
    if (UNSEEN.has(platformError(error) ?? '')) {
      throw new InputError(
        'Slack does not show me who reads this conversation: leave “public” out, or invite me first.',
      );
    }
    throw error;
  }
}

/** As viewerForChannel, but throws whatever Slack says no with. */
export async function viewerInChannel(
  client: WebClient,
  workspaceId: string,
  channelId: string,
): Promise<Viewer> {
  const { channel } = await client.conversations.info({ channel: channelId });
  const isChannel = channel !== undefined && !channel.is_im && !channel.is_mpim;
  const here = isChannel ? [channelId] : [];
  const isPrivate = channel?.is_private !== false;
  return {
    workspaceId,
    privateChannelIds: isPrivate ? here : [],
    ...(channel?.is_ext_shared && { publicChannelIds: isPrivate ? [] : here }),
  };
}
