import { knownZone } from '../../commands/zones.ts';
import type { AlertPlace } from '../../db/alert-places.ts';
import type { Db } from '../../db/open.ts';
import { listSubscriptions } from '../../db/subscriptions.ts';
import { here } from '../slack/here.ts';
import type { Posts } from '../slack/posts.ts';

export interface ChosenPlaceDeps {
  readonly db: Db;
  readonly posts: Pick<Posts, 'probe' | 'zoneOf'>;
}

/**
 * The channel as a place for incidents, which the user chooses. Its nights are those of `wanted`, of
 * its digest (whose zone says where its people are), or of the user. Throws an InputError that says
 * why it can't be one.
 */
export function chosenPlace(
  { db, posts }: ChosenPlaceDeps,
  {
    workspaceId,
    userId,
    channelId,
  }: Readonly<Record<'workspaceId' | 'userId' | 'channelId', string>>,
  wanted: string | undefined,
): Promise<AlertPlace> {
  return here(async () => {
    await posts.probe(channelId);
    const [digest] = listSubscriptions(db, workspaceId, channelId);
    const zone =
      wanted ?? knownZone(digest?.zone) ?? knownZone(await posts.zoneOf(userId)) ?? 'UTC';
    return { channelId, zone, userId };
  });
}
