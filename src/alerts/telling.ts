import {
  type AlertPlace,
  type AlertPost,
  alertPlaceOf,
  alertPostById,
  claimAlertPosts,
  dropAlertPost,
  endAlertPost,
  openAlertPosts,
  putOffAlertPost,
  setAlertPlace,
} from '../../db/alert-posts.ts';
import { wallTime } from '../digest/due.ts';
import { createTurns } from '../poll/turns.ts';
import { refusalOf } from '../slack/refusal.ts';
import { type AlertDeliveryDeps, bringAlert } from './delivery.ts';

export interface TellingDeps extends AlertDeliveryDeps {
  /** The workspace that is connected; undefined before. */
  readonly workspaceId: () => string | undefined;
  /** Aborted, it ends the work between two messages. */
  readonly signal: AbortSignal;
}

/** Posts alerts on drops in the channel that was chosen for them: each once, and brought up to date in place. */
export interface Telling {
  /** Says what is new and shows what has changed. Never throws. */
  run(): Promise<void>;
}

const TRY_AGAIN_MS = 5 * 60_000;

/** Hours of the wall clock between which nothing new is said. */
const QUIET_FROM = 22;
const QUIET_TO = 7;

export function createTelling(deps: TellingDeps): Telling {
  const { db, log, now, workspaceId, signal } = deps;
  const inTurn = createTurns();

  async function serve(workspace: string): Promise<void> {
    const place = alertPlaceOf(db, workspace);
    const mayPost = place !== undefined && !isNight(place, now());
    if (place && mayPost) claimAlertPosts(db, workspace, place.channelId, iso(now()));
    for (const { id } of openAlertPosts(db, workspace)) {
      if (signal.aborted) return;
      const post = alertPostById(db, id);
      if (!post || isPutOff(post)) continue;
      if (isForElsewhere(post, place)) dropAlertPost(db, id);
      else await attempt(workspace, post, mayPost);
    }
  }

  function isPutOff({ retryAt }: AlertPost): boolean {
    return retryAt !== null && Date.parse(retryAt) > now();
  }

  async function attempt(workspace: string, post: AlertPost, mayPost: boolean): Promise<void> {
    try {
      await bringAlert(deps, workspace, post, mayPost);
    } catch (error) {
      const refusal = refusalOf(error);
      log.warn({ post: post.id, refusal, err: error }, 'an alert could not be posted');
      if (refusal.kind === 'refused') return refuse(workspace, post, refusal.code);
      const isInDoubt = alertPostById(db, post.id)?.sentAt != null;
      const wait =
        refusal.kind === 'busy' ? refusal.waitMs : isInDoubt ? deps.settleMs : TRY_AGAIN_MS;
      putOffAlertPost(db, post.id, iso(now() + wait));
    }
  }

  /** A message that is gone is not followed any more; a channel that takes none is given up. */
  async function refuse(workspace: string, post: AlertPost, code: string): Promise<void> {
    endAlertPost(db, post.id, 'refused');
    const place = alertPlaceOf(db, workspace);
    if (post.ts !== null || post.parentId !== null) return;
    // Another channel may have been chosen meanwhile.
    if (place?.channelId !== post.channelId) return;
    setAlertPlace(db, workspace, undefined);
    try {
      await deps.posts.tell(place.userId, givenUp(code));
    } catch (error) {
      log.warn({ err: error }, 'nobody could be told that a channel takes no alerts');
    }
  }

  return {
    async run() {
      const workspace = workspaceId();
      if (workspace === undefined) return;
      try {
        await inTurn(workspace, () => serve(workspace));
      } catch (error) {
        log.error({ err: error }, 'alerts could not be posted');
      }
    },
  };
}

/** A message that is not out yet goes with the channel that was chosen for it. */
function isForElsewhere(post: AlertPost, place: AlertPlace | undefined): boolean {
  const isOut = post.ts !== null || post.sentAt !== null || post.parentId !== null;
  return !isOut && post.channelId !== place?.channelId;
}

function givenUp(code: string): string {
  return `Slack does not let me post alerts in the channel you chose (${code}), so they are posted nowhere now: “/metrics alerts here” chooses another.`;
}

function isNight({ zone }: AlertPlace, now: number): boolean {
  const hour = new Date(wallTime(zone, now)).getUTCHours();
  return hour >= QUIET_FROM || hour < QUIET_TO;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
