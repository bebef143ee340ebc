import type { Logger } from 'pino';
import type { AdminChannel } from '../commands/command.ts';
import { ALL_SUBJECTS, listCollections, setTold } from '../db/collections.ts';
import { InputError } from '../db/input-error.ts';
import type { Db } from '../db/open.ts';
import { trackedSubjects } from '../db/subjects.ts';
import { adminChannelOf, setAdminChannel } from '../db/workspaces.ts';
import { failingNotice, recoveredNotice, type Told } from './notices/words.ts';
import { MANY_FAILURES } from './poll/due.ts';
import type { Posts } from './slack/posts.ts';
import type { Source } from './sources/source.ts';

export interface NoticesDeps {
  readonly db: Db;
  readonly sources: readonly Source[];
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly posts: Posts;
  /** The workspace that is connected; undefined before. */
  readonly workspaceId: () => string | undefined;
}

/** Tells the admin channel, once, what keeps failing, and once more when it works again. */
export interface Notices {
  /** After a source was asked. What can't be posted is told the next time. Never throws. */
  tell(sourceId: string): Promise<void>;
  /** The admin channel in the hands of a person. */
  adminChannelFor(workspaceId: string, userId: string): AdminChannel;
}

export function createNotices(deps: NoticesDeps): Notices {
  const { db, sources, log, now, posts, workspaceId } = deps;

  function collectionsOf(source: Source): Told[] {
    const tracked = new Map(trackedSubjects(db, source.id).map((each) => [each.id, each]));
    return listCollections(db, source.id)
      .map((state) => ({ state, subject: tracked.get(state.subjectId) }))
      .filter(({ state, subject }) => subject || state.subjectId === ALL_SUBJECTS);
  }

  async function post(
    channelId: string,
    told: readonly Told[],
    words: (told: readonly Told[]) => Parameters<Posts['post']>[1],
    at: string | null,
  ): Promise<void> {
    if (told.length === 0) return;
    const refusal = await posts.post(channelId, words(told));
    if (refusal !== undefined) {
      log.warn({ channel: channelId, refusal }, 'the admin channel could not be told');
      return;
    }
    db.transaction(() => {
      for (const { state } of told) setTold(db, state, at);
    })();
  }

  return {
    async tell(sourceId) {
      try {
        const source = sources.find(({ id }) => id === sourceId);
        const workspace = workspaceId();
        const channelId = workspace && adminChannelOf(db, workspace);
        if (!source || !channelId) return;
        const all = collectionsOf(source);
        const failing = all.filter(
          ({ state }) => state.toldAt === null && state.failures >= MANY_FAILURES,
        );
        const recovered = all.filter(({ state }) => state.toldAt !== null && state.failures === 0);
        const at = new Date(now()).toISOString();
        await post(channelId, failing, (told) => failingNotice(source, told), at);
        await post(channelId, recovered, (told) => recoveredNotice(source, told), null);
      } catch (error) {
        log.warn({ source: sourceId, err: error }, 'the admin channel could not be told');
      }
    },

    adminChannelFor: (workspace, userId) => ({
      async set(channelId) {
        await mustBeAdmin(userId);
        const refusal = await posts.post(channelId, {
          kind: 'text',
          title: 'This is where I tell when a source keeps failing',
          lines: ['Once when it has failed three times in a row, and once when it works again.'],
        });
        if (refusal !== undefined) throw new InputError(refusalSentence(refusal));
        setAdminChannel(db, workspace, channelId);
        return {
          sentence:
            'From now on, this channel is told when a source keeps failing, and when it works again.',
        };
      },
      async clear() {
        await mustBeAdmin(userId);
        setAdminChannel(db, workspace, null);
        return {
          sentence: 'No channel is told of failing sources any more; the status shows them.',
        };
      },
    }),
  };

  async function mustBeAdmin(userId: string): Promise<void> {
    if (await posts.isAdmin(userId)) return;
    throw new InputError(
      'Only an admin or owner of this workspace can choose where failing sources are told of.',
    );
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  not_in_channel: 'I am not in this channel: invite me with /invite, and try again.',
  channel_not_found:
    'I can’t see this conversation: invite me to a channel with /invite, and try again there.',
  missing_scope:
    'I may not post messages: add the scope chat:write to the app, as in manifest.yml, and install it again.',
  is_archived: 'This channel is archived: choose one that is not.',
};

function refusalSentence(code: string): string {
  return REFUSALS[code] ?? `Slack does not let me post here (${code}): choose another channel.`;
}
