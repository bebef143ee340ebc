import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Viewer } from '../../db/viewer.ts';
import { patientOptions, plainOptions, platformError } from './client.ts';
import { type Fields, fieldsOf, textOf } from './fields.ts';
import { fitting } from './fitting.ts';
import { uploadPicture } from './pictures.ts';
import { presentSentence, type Shown } from './present.ts';
import { refusalOf } from './refusal.ts';
import { sdkLogger } from './sdk-log.ts';
import { viewerInChannel } from './visibility.ts';

/** Which message of which digest or alert: what travels in its metadata. */
export interface Mark {
  readonly id: string;
  readonly part: 'message' | 'details';
  /** The message in whose thread the details stand. */
  readonly threadTs?: string;
  /** Of an answer in a thread: whether its channel sees it as well. */
  readonly isBroadcast?: boolean;
}

/**
 * Digests and alerts on their way into a channel. Everything throws what the client throws, and
 * nothing is tried twice behind the caller's back: a second try might be a second message.
 */
export interface Posts {
  /** Whose eyes a message in the channel is for, asked now. */
  audienceOf(workspaceId: string, channelId: string): Promise<Viewer>;
  /** Returns the file for a block; throws PictureFailed. */
  upload(png: Uint8Array, title: string, altText: string): Promise<string>;
  /**
   * Posts a message and returns its ts. A picture that Slack does not take is left out: each
   * further attempt is asked for with `mayTryAgain`.
   */
  post(channelId: string, shown: Shown, mark: Mark, mayTryAgain: () => boolean): Promise<string>;
  /** Shows something else in a message that is out. Doing it twice changes nothing. */
  update(channelId: string, ts: string, shown: Shown, mark: Mark): Promise<void>;
  /** The ts of the message with that mark, if it was posted after `since` (ISO). */
  find(channelId: string, mark: Mark, since: string): Promise<string | undefined>;
  /** Throws when the bot can't read the channel, which it must be in for that. */
  probe(channelId: string): Promise<void>;
  /**
   * Says something to one person, in their conversation with the bot, or in a channel. Nobody looks
   * for it when no answer comes.
   */
  tell(userOrChannelId: string, sentence: string): Promise<void>;
  /** The IANA zone of a person, as far as Slack knows it. */
  zoneOf(userId: string): Promise<string | undefined>;
  /** Whether a person is an admin or owner of the workspace. */
  isAdmin(userId: string): Promise<boolean>;
}

const EVENT_TYPE = 'groundswell_post';
const PAGE = 200;
/** Codes that are about what a message looks like: another look of it may be taken. */
const UNFIT = ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'];
/** Our clock and Slack's need not agree. */
const MARGIN_MS = 60 * 60 * 1000;

export function createPosts(options: {
  readonly botToken: string;
  /** Base of the Web API. */
  readonly apiUrl: string;
  readonly log: Logger;
}): Posts {
  const { botToken, apiUrl, log } = options;
  const client = new WebClient(botToken, plainOptions(apiUrl, sdkLogger(log)));
  const patient = new WebClient(botToken, patientOptions(apiUrl, sdkLogger(log)));

  async function say(channel: string, { text, blocks }: Shown, mark: Mark): Promise<string> {
    const { ts } = await client.chat.postMessage({
      channel,
      text,
      ...(blocks.length > 0 && { blocks }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: metadataOf(mark),
      ...threadOf(mark),
    });
    if (!ts) throw new Error('Slack did not say where it put the message');
    return ts;
  }

  function isRefusal(error: unknown): boolean {
    return UNFIT.includes(platformError(error) ?? '');
  }

  function pageOf(channel: string, mark: Mark, oldest: string, cursor: string | undefined) {
    const window = {
      channel,
      oldest,
      limit: PAGE,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
    };
    return mark.threadTs === undefined
      ? client.conversations.history(window)
      : client.conversations.replies({ ...window, ts: mark.threadTs });
  }

  return {
    audienceOf: (workspaceId, channelId) => viewerInChannel(client, workspaceId, channelId),
    upload: (png, title, altText) =>
      uploadPicture(patient, png, { filename: 'groundswell.png', title, altText }),
    async post(channelId, shown, mark, mayTryAgain) {
      const beforeRetry = () => {
        if (!mayTryAgain()) throw new Error('another process is at it');
      };
      const hand = (one: Shown) => say(channelId, one, mark);
      return fitting(shown, hand, {
        isRefusal,
        beforeRetry,
        log: log.child({ channel: channelId }),
      });
    },
    async update(channel, ts, shown, mark) {
      const metadata = metadataOf(mark);
      await fitting(
        shown,
        ({ text, blocks }) => client.chat.update({ channel, ts, text, blocks, metadata }),
        { isRefusal, log: log.child({ channel }) },
      );
    },
    async find(channelId, mark, since) {
      const oldest = String((Date.parse(since) - MARGIN_MS) / 1000);
      let cursor: string | undefined;
      do {
        const page = await pageOf(channelId, mark, oldest, cursor);
        const found = (page.messages ?? []).find((message) => isMarked(fieldsOf(message), mark));
        if (found?.ts) return found.ts;
        cursor = textOf(page.response_metadata?.next_cursor) ?? undefined;
      } while (cursor !== undefined);
      return undefined;
    },
    async probe(channel) {
      await client.conversations.history({ channel, limit: 1 });
    },
    async tell(channel, sentence) {
      await client.chat.postMessage({ channel, ...presentSentence(sentence) });
    },
    async isAdmin(user) {
      const { user: person } = await client.users.info({ user });
      return person?.is_admin === true || person?.is_owner === true;
    },
    async zoneOf(user) {
      try {
        const answer = await client.users.info({ user });
        return answer.user?.tz;
      } catch (error) {
        if (refusalOf(error).kind === 'refused') return undefined;
        throw error;
      }
    },
  };
}

function threadOf({ threadTs, isBroadcast }: Mark) {
  if (threadTs === undefined) return {};
  return isBroadcast
    ? { thread_ts: threadTs, reply_broadcast: true as const }
    : { thread_ts: threadTs };
}

function metadataOf({ id, part }: Mark) {
  return { event_type: EVENT_TYPE, event_payload: { id, part } };
}

function isMarked({ metadata }: Fields, { id, part }: Mark): boolean {
  const { event_type, event_payload } = fieldsOf(metadata);
  const posted = fieldsOf(event_payload);
  return event_type === EVENT_TYPE && posted.id === id && posted.part === part;
}
