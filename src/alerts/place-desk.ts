import type { Logger } from 'pino';
import { PLACE_COMMANDS, type PlaceDesk } from '../../commands/place-desk.ts';
import {
  type AlertPlace,
  alertPlaceOf,
  type Purpose,
  setAlertPlace,
} from '../../db/alert-places.ts';
import { findChannel } from '../../db/channels.ts';
import { InputError } from '../../db/input-error.ts';
import type { Db } from '../../db/open.ts';
import { listSubscriptions } from '../../db/subscriptions.ts';
import { userNameOf } from '../../db/users.ts';
import { mayHearOfAllChannels, type Viewer } from '../../db/viewer.ts';
import { knownZone } from '../../db/wall-time.ts';
import { isolated } from '../../reports/words.ts';
import { here, mustBeChannel } from '../slack/here.ts';
import type { Posts } from '../slack/posts.ts';
import { quietWords } from './quiet-hours.ts';

interface PlaceDeskDeps {
  readonly db: Db;
  readonly log: Logger;
  readonly posts: Pick<Posts, 'probe' | 'zoneOf' | 'tell' | 'audienceOf' | 'isAdmin'>;
  /** Starts posting what is open. */
  readonly tell: () => void;
}

interface Words {
  /** What is posted, as the subject of a sentence, and as its object. */
  readonly what: string;
  readonly object: string;
  readonly done: string;
  /** What the command does, which brings it back. */
  readonly back: string;
  /** What shows the same. */
  readonly shown: string;
  chosen(instead: string): string;
}

const WORDS: Readonly<Record<Purpose, Words>> = {
  alerts: {
    what: 'Alerts',
    object: 'alerts',
    done: 'posted',
    back: 'brings them back',
    shown: '“alerts” lists the incidents',
    chosen: (instead) => `alerts are posted in this channel${instead}`,
  },
  admin: {
    what: 'Failing sources',
    object: 'the word of failing sources',
    done: 'told',
    back: 'brings it back',
    shown: 'the status shows them',
    chosen: (instead) =>
      `this channel${instead} is told when a source keeps failing, and when it works again`,
  },
};

const SOMEWHERE = 'another channel';

/** The channel that gets nothing new any more, as it is called. */
interface Left {
  readonly name: string;
  /** False where it may not have heard of that. */
  readonly isTold: boolean;
}

/** Lets a person of a workspace choose where incidents are posted. */
export function createPlaceDesk(
  { db, log, posts, tell }: PlaceDeskDeps,
  workspaceId: string,
  userId: string,
): PlaceDesk {
  return {
    mustBeAdmin,
    async choose(purpose, channelId, wanted, viewer) {
      if (purpose === 'admin') await mustBeAdmin();
      mustBeChannel(channelId, noDirect(purpose));
      const place = await placeAt(channelId, wanted);
      const left = await keep(purpose, place, viewer);
      tell();
      const chosen = WORDS[purpose].chosen(left ? ` instead of ${left.name}` : '');
      return {
        sentence: `From now on, ${chosen}, but nothing new ${quietWords(place.zone)}.${unsaid(left)}`,
      };
    },
    async clear(purpose, viewer) {
      if (purpose === 'admin') await mustBeAdmin();
      const left = await keep(purpose, undefined, viewer);
      const { what, done, shown } = WORDS[purpose];
      const where = left
        ? `${what} were ${done} in ${left.name}, and are ${done} nowhere any more`
        : `${what} are ${done} nowhere, as before`;
      return { sentence: `${where}; ${shown}.${unsaid(left)}` };
    },
  };

  async function mustBeAdmin(): Promise<void> {
    if (await posts.isAdmin(userId)) return;
    throw new InputError(
      'Only an admin or owner of this workspace can choose what admins are told, and where.',
    );
  }

  /**
   * The channel as a place. Its nights are those of `wanted`, of its digest (whose zone says where its
   * people are), or of the user.
   */
  function placeAt(channelId: string, wanted: string | undefined): Promise<AlertPlace> {
    return here(async () => {
      await posts.probe(channelId);
      const [digest] = listSubscriptions(db, workspaceId, channelId);
      const zone =
        wanted ?? knownZone(digest?.zone) ?? knownZone(await posts.zoneOf(userId)) ?? 'UTC';
      return { channelId, zone, userId };
    });
  }

  /**
   * Saves where incidents are posted; undefined is nowhere. The channel that they leave hears who
   * decided that: otherwise people there would wait in vain. Returns undefined where they leave
   * none.
   */
  async function keep(
    purpose: Purpose,
    place: AlertPlace | undefined,
    viewer: Viewer | undefined,
  ): Promise<Left | undefined> {
    const before = alertPlaceOf(db, workspaceId, purpose);
    setAlertPlace(db, workspaceId, purpose, place);
    if (!before || before.channelId === place?.channelId) return undefined;
    const who = isolated(userNameOf(db, workspaceId, userId) ?? 'Somebody');
    const where = place && (await isOurs(before.channelId)) ? nameOf(place.channelId) : SOMEWHERE;
    const { object, back } = WORDS[purpose];
    const done = place
      ? `has moved ${object} to ${where}: nothing new is posted here`
      : `has switched ${object} off: nothing new is posted anywhere`;
    const command = `“/metrics ${PLACE_COMMANDS[purpose]}”`;
    const isTold = await isSaid(`${who} ${done}. ${command} ${back}.`, before.channelId);
    return { name: nameOf(before.channelId, viewer?.privateChannelIds), isTold };
  }

  /** The name of a private channel is for its members. */
  function nameOf(channelId: string, theirs: readonly string[] = []): string {
    const channel = findChannel(db, workspaceId, channelId);
    if (!channel?.name) return SOMEWHERE;
    const isHidden = channel.isPrivate && !theirs.includes(channelId);
    return isHidden ? 'a private channel' : `#${isolated(channel.name)}`;
  }

  /** Another organisation learns nothing of our channels. */
  async function isOurs(channelId: string): Promise<boolean> {
    try {
      return mayHearOfAllChannels(await posts.audienceOf(workspaceId, channelId));
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

function noDirect(purpose: Purpose): string {
  const { what, done } = WORDS[purpose];
  const command = PLACE_COMMANDS[purpose].replace(' here', '');
  return `${what} are ${done} in a channel: type this in the one that should hear of them. For yourself there is “/metrics ${command}”.`;
}

/** What follows on the answer where the channel that is left may not know of it. */
function unsaid(left: Left | undefined): string {
  return left && !left.isTold ? ` I could not make sure that ${left.name} hears of it.` : '';
}
