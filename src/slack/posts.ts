import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { TextReply } from '../../commands/command.ts';
import { patientOptions, platformError } from './client.ts';
import { presentText } from './present.ts';
import { sdkLogger } from './sdk-log.ts';

export interface PostsOptions {
  readonly botToken: string;
  /** Base of the Web API. */
  readonly apiUrl: string;
  readonly isSample: boolean;
  readonly log: Logger;
}

/** What the bot says unasked and who may tell it where. */
export interface Posts {
  /**
   * Posts into a channel. Answers Slack's code (`not_in_channel`) when Slack says no, and undefined
   * when it is posted; throws when Slack can't be reached.
   */
  post(channelId: string, reply: TextReply): Promise<string | undefined>;
  /** Whether a person is an admin or owner of the workspace. */
  isAdmin(userId: string): Promise<boolean>;
}

export function createPosts({ botToken, apiUrl, isSample, log }: PostsOptions): Posts {
  const client = new WebClient(botToken, patientOptions(apiUrl, sdkLogger(log)));
  return {
    async post(channel, reply) {
      const shown = presentText(reply, isSample);
      try {
        await client.chat.postMessage({
          channel,
          ...shown,
          unfurl_links: false,
          unfurl_media: false,
        });
        return undefined;
      } catch (error) {
        const code = platformError(error);
        if (code === undefined) throw error;
        return code;
      }
    },
    async isAdmin(user) {
      const { user: person } = await client.users.info({ user });
      return person?.is_admin === true || person?.is_owner === true;
    },
  };
}
