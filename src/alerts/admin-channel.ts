import type { AdminChannel } from '../../commands/command.ts';
import { zoneWords } from '../../commands/zones.ts';
import { setAlertPlace } from '../../db/alert-places.ts';
import { InputError } from '../../db/input-error.ts';
import type { Db } from '../../db/open.ts';
import type { Posts } from '../slack/posts.ts';
import { chosenPlace } from './chosen-place.ts';

export interface AdminChannelDeps {
  readonly db: Db;
  readonly posts: Pick<Posts, 'probe' | 'zoneOf' | 'isAdmin'>;
  /** Begins to tell what is open. */
  readonly tell: () => void;
}

/** The channel that hears of failing sources and of who is away, in the hands of a person. */
export function createAdminChannel(
  { db, posts, tell }: AdminChannelDeps,
  workspaceId: string,
  userId: string,
): AdminChannel {
  async function mustBeAdmin(): Promise<void> {
    if (await posts.isAdmin(userId)) return;
    throw new InputError(
      'Only an admin or owner of this workspace can choose what admins are told, and where.',
    );
  }

  return {
    mustBeAdmin,
    async set(channelId, wanted) {
      await mustBeAdmin();
      const place = await chosenPlace({ db, posts }, { workspaceId, userId, channelId }, wanted);
      setAlertPlace(db, workspaceId, 'admin', place);
      tell();
      return {
        sentence: `From now on, this channel is told when a source keeps failing, and when it works again, but nothing new between 22:00 and 7:00 in ${zoneWords(place.zone)}.`,
      };
    },
    async clear() {
      await mustBeAdmin();
      setAlertPlace(db, workspaceId, 'admin', undefined);
      return {
        sentence: 'No channel is told of failing sources any more; the status shows them.',
      };
    },
  };
}
