import type { TextItem } from '../../commands/text-reply.ts';
import { visibleChannels } from '../../db/channels.ts';
import type { Db } from '../../db/open.ts';
import { listSubscriptions, type Subscription } from '../../db/subscriptions.ts';
import type { Viewer } from '../../db/viewer.ts';
import { chosenWords } from './content.ts';
import { pauseReason } from './pause.ts';
import { kindWords, scheduleWords } from './words.ts';

/** The subscriptions of the channels that `viewer` may see, and of the channel they are in. */
export function listItems(db: Db, viewer: Viewer, here: string, now: number): TextItem[] {
  const names = new Map(visibleChannels(db, viewer).map(({ id, name }) => [id, name]));
  return listSubscriptions(db, viewer.workspaceId)
    .filter(({ channelId }) => channelId === here || names.has(channelId))
    .map((subscription) => {
      const name = names.get(subscription.channelId);
      return {
        name: name ? `#${name}` : subscription.channelId === here ? 'This channel' : 'A channel',
        detail: detailOf(db, subscription, now),
      };
    });
}

function detailOf(db: Db, subscription: Subscription, now: number): string {
  const { every, paused, whenQuiet } = subscription;
  if (paused !== null) return `${kindWords(every)}, paused: ${pauseReason(paused)}.`;
  const parts = [
    scheduleWords(subscription, now),
    ...chosenWords(db, subscription),
    ...(whenQuiet === 'nothing' ? ['nothing when there is nothing to say'] : []),
  ];
  return `${parts.join('; ')}.`;
}
