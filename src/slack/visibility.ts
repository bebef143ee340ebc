import type { WebClient } from '@slack/web-api';
import type { Viewer } from '../../db/viewer.ts';
import { platformError } from './client.ts';
import { conversationsOf } from './conversations.ts';

/**
 * Whose eyes a private answer is for: asks Slack, now, which private channels the person shares
 * with the bot. Throws when Slack can't be asked: no answer is better than one for other eyes.
 */
export async function viewerFor(
  client: WebClient,
  workspaceId: string,
  userId: string,
): Promise<Viewer> {
  try {
    const channels = await conversationsOf(client, 'private_channel', userId);
    return { workspaceId, privateChannelIds: channels.map(({ id }) => id) };
  } catch (error) {
    // Without the optional scopes the bot is in no private channel that it could tell about.
    if (platformError(error) === 'missing_scope') return { workspaceId, privateChannelIds: [] };
    throw error;
  }
}

/**
 * Whose eyes an answer in a channel is for: what all of its members may see, which is the public
 * channels and, in a private one, that channel. Throws when Slack can't be asked.
 */
export async function viewerForChannel(
  client: WebClient,
  workspaceId: string,
  channelId: string,
): Promise<Viewer> {
  try {
    const { channel } = await client.conversations.info({ channel: channelId });
    const isPrivateChannel = channel?.is_private === true && !channel.is_im && !channel.is_mpim;
    return { workspaceId, privateChannelIds: isPrivateChannel ? [channelId] : [] };
  } catch (error) {
    // A conversation that the bot is not in, or has no scope for: it holds no messages of it.
    if (platformError(error) !== undefined) return { workspaceId, privateChannelIds: [] };
    throw error;
  }
}
