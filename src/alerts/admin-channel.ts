import type { AdminChannel } from '../../commands/command.ts';
import { InputError } from '../../db/input-error.ts';
import type { Posts } from '../slack/posts.ts';
import { type ChosenPlaceDeps, chosenPlace, keepPlace, unsaid } from './chosen-place.ts';
import { quietWords } from './quiet-hours.ts';

export interface AdminChannelDeps extends ChosenPlaceDeps {
  readonly posts: ChosenPlaceDeps['posts'] & Pick<Posts, 'isAdmin'>;
  /** Begins to tell what is open. */
  readonly tell: () => void;
}

/** The channel that hears of failing sources and of who is away, in the hands of a person. */
export function createAdminChannel(
  deps: AdminChannelDeps,
  workspaceId: string,
  userId: string,
): AdminChannel {
  const { posts, tell } = deps;
  const user = { workspaceId, userId };
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
      const place = await chosenPlace(deps, user, channelId, wanted);
      const left = await keepPlace(deps, user, 'admin', place);
      tell();
      const instead = left ? ` instead of ${left.name}` : '';
      return {
        sentence: `From now on, this channel${instead} is told when a source keeps failing, and when it works again, but nothing new ${quietWords(place.zone)}.${unsaid(left)}`,
      };
    },
    async clear() {
      await mustBeAdmin();
      const left = await keepPlace(deps, user, 'admin', undefined);
      const where = left
        ? `Failing sources were told in ${left.name}, and are told nowhere any more`
        : 'Failing sources are told nowhere, as before';
      return { sentence: `${where}; the status shows them.${unsaid(left)}` };
    },
  };
}
