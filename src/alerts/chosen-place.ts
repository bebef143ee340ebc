import type { Logger } from 'pino';
import {
  type AlertPlace,
  alertPlaceOf,
  type Purpose,
  setAlertPlace,
} from '../../db/alert-places.ts';
import { findChannel } from '../../db/channels.ts';
import type { Db } from '../../db/open.ts';
import { listSubscriptions } from '../../db/subscriptions.ts';
import { userNameOf } from '../../db/users.ts';
import { knownZone } from '../../db/wall-time.ts';
import { isolated } from '../../reports/words.ts';
import { here } from '../slack/here.ts';
import type { Posts } from '../slack/posts.ts';

export interface ChosenPlaceDeps {
  readonly db: Db;
  readonly log: Logger;
  readonly posts: Pick<Posts, 'probe' | 'zoneOf' | 'tell' | 'audienceOf'>;
}

interface Chooser {
  readonly workspaceId: string;
  readonly userId: string;
}

/**
 * The channel as a place for incidents, which the user chooses. Its nights are those of `wanted`, of
 * its digest (whose zone says where its people are), or of the user. Throws an InputError that says
 * why it can't be one.
 */
export function chosenPlace(
  { db, posts }: ChosenPlaceDeps,
  { workspaceId, userId }: Chooser,
  channelId: string,
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

/** The channel that nothing new is told in any more, as it is called. */
export interface Left {
  readonly name: string;
  /** False where it may not know. */
  readonly isTold: boolean;
}

const SOMEWHERE = 'another channel';

/** What is told there, as its object. */
const TOLD: Readonly<Record<Purpose, string>> = {
  alerts: 'alerts',
  admin: 'the word of failing sources',
};
const COMMANDS: Readonly<Record<Purpose, string>> = { alerts: 'alerts', admin: 'status' };

/**
 * Keeps where incidents are told, or with undefined that they are told nowhere. The channel that is
 * left hears who did so: everybody there would wait for nothing. Undefined where none is left.
 */
export async function keepPlace(
  { db, posts, log }: ChosenPlaceDeps,
  { workspaceId, userId }: Chooser,
  purpose: Purpose,
  place: AlertPlace | undefined,
): Promise<Left | undefined> {
  const before = alertPlaceOf(db, workspaceId, purpose);
  setAlertPlace(db, workspaceId, purpose, place);
  if (!before || before.channelId === place?.channelId) return undefined;
  const who = isolated(userNameOf(db, workspaceId, userId) ?? 'Somebody');
  const where = place && (await isOurs(before.channelId)) ? nameOf(place.channelId) : SOMEWHERE;
  const done = place
    ? `has moved ${TOLD[purpose]} to ${where}: nothing new is posted here`
    : `has switched ${TOLD[purpose]} off: nothing new is posted anywhere`;
  const back = `“/metrics ${COMMANDS[purpose]} here” brings them back`;
  const isTold = await isSaid(`${who} ${done}. ${back}.`, before.channelId);
  return { name: nameOf(before.channelId), isTold };

  /** The name of a private channel is for its members. */
  function nameOf(channelId: string): string {
    const channel = findChannel(db, workspaceId, channelId);
    if (!channel?.name) return SOMEWHERE;
    return channel.isPrivate ? 'a private channel' : `#${isolated(channel.name)}`;
  }

  /** Of our channels, another organisation is told nothing. */
  async function isOurs(channelId: string): Promise<boolean> {
    try {
      return (await posts.audienceOf(workspaceId, channelId)).publicChannelIds === undefined;
    } catch (error) {
      log.warn({ err: error }, 'Slack does not say whether a channel is shared');
      return false;
    }
  }

  async function isSaid(sentence: string, channelId: string): Promise<boolean> {
    try {
      await posts.tell(channelId, sentence);
      return true;
    } catch (error) {
      log.warn({ err: error }, 'a channel could not be told that another one was chosen');
      return false;
    }
  }
}

/** What follows on the answer where the channel that is left may not know of it. */
export function unsaid(left: Left | undefined): string {
  return left && !left.isTold ? ` I could not make sure that ${left.name} hears of it.` : '';
}
