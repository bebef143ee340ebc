import { PLACE_COMMANDS } from '../../commands/place-desk.ts';
import {
  type AlertPlace,
  alertPlaceOf,
  KINDS,
  PURPOSES,
  type Purpose,
  setAlertPlace,
} from '../../db/alert-places.ts';
import {
  type AlertPost,
  alertPostById,
  claimAlertPosts,
  dropAlertPost,
  openAlertPosts,
} from '../../db/alert-posts.ts';
import { DAY_MS } from '../../db/days.ts';
import { wakeIncidents } from '../../db/incidents.ts';
import { endPosting, putOffPosting } from '../../db/posting-ledger.ts';
import { wallTime } from '../../db/wall-time.ts';
import { isPutOff, type PostingDeps, refusedIn, TRY_AGAIN_MS } from '../slack/posting.ts';
import { refusalOf } from '../slack/refusal.ts';
import { createTurns } from '../turns.ts';
import { bringAlert } from './delivery.ts';
import { isNight } from './quiet-hours.ts';

/** Posts incidents in the channel that was chosen for them: each once, and brought up to date in place. */
export interface Telling {
  /** Says what is new and shows what has changed. Never throws. */
  run(): Promise<void>;
}

export function createTelling(deps: PostingDeps): Telling {
  const { db, log, now, workspaceId, signal } = deps;
  const inTurn = createTurns();

  async function serve(workspace: string): Promise<void> {
    // The message names the minute; judging comes by the hour.
    wakeIncidents(db, iso(now()));
    for (const purpose of PURPOSES) {
      const place = alertPlaceOf(db, workspace, purpose);
      if (!place || isNight(place.zone, now())) continue;
      const { channelId } = place;
      const midnight = iso(midnightOf(place, now()));
      claimAlertPosts(db, workspace, { channelId, kinds: KINDS[purpose], midnight }, iso(now()));
    }
    for (const { id } of openAlertPosts(db, workspace)) {
      if (signal.aborted) return;
      const post = alertPostById(db, id);
      if (!post || isPutOff(post, now())) continue;
      const place = placesOf(workspace).find(({ channelId }) => channelId === post.channelId);
      if (isOut(post) || place) {
        // A message is kept up to date where it is, whatever was chosen since.
        const isThere = post.ts !== null || post.parentId !== null;
        const mayPost = place ? !isNight(place.zone, now()) : isThere;
        await attempt(workspace, post, mayPost);
      } else dropAlertPost(db, id);
    }
  }

  function placesOf(workspace: string): AlertPlace[] {
    return PURPOSES.flatMap((purpose) => alertPlaceOf(db, workspace, purpose) ?? []);
  }

  async function attempt(workspace: string, post: AlertPost, mayPost: boolean): Promise<void> {
    const code = await refusedIn(deps, 'alert_post', post.id, () =>
      bringAlert(deps, workspace, post, mayPost),
    );
    if (code !== undefined) await refuse(workspace, post, code);
  }

  /**
   * A message that is gone is not followed any more; a channel that takes none is given up. So is
   * one that can't be asked for a message in doubt: that may not be there, and is not posted again.
   */
  async function refuse(workspace: string, post: AlertPost, code: string): Promise<void> {
    // What was in doubt may have been found before Slack said no.
    const isThere = alertPostById(db, post.id)?.ts != null;
    if (isThere || post.parentId !== null) return endPosting(db, 'alert_post', post.id, 'refused');
    const given = PURPOSES.flatMap((purpose) => {
      const place = alertPlaceOf(db, workspace, purpose);
      // Another channel may have been chosen meanwhile.
      return place?.channelId === post.channelId ? [{ purpose, place }] : [];
    });
    for (const { purpose, place } of given) {
      if (!(await isTold(place, purpose, code))) {
        return putOffPosting(db, 'alert_post', post.id, iso(now() + TRY_AGAIN_MS));
      }
    }
    db.transaction(() => {
      endPosting(db, 'alert_post', post.id, 'refused');
      for (const { purpose } of given) setAlertPlace(db, workspace, purpose, undefined);
    })();
  }

  /** False when it should be tried again: a channel is given up only when somebody knows of it. */
  async function isTold(place: AlertPlace, purpose: Purpose, code: string): Promise<boolean> {
    if (place.userId === null) return true;
    try {
      await deps.posts.tell(place.userId, givenUp(purpose, code));
      return true;
    } catch (error) {
      log.warn({ err: error }, 'nobody could be told that a channel takes no alerts');
      const refusal = refusalOf(error);
      // Where a scope is missing, the next one to install the app can be told.
      return refusal.kind === 'refused' && refusal.code !== 'missing_scope';
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
function isOut({ ts, sentAt, parentId }: AlertPost): boolean {
  return ts !== null || sentAt !== null || parentId !== null;
}

function givenUp(purpose: Purpose, code: string): string {
  const what = purpose === 'alerts' ? 'alerts' : 'word of failing sources';
  return `Slack does not let me post ${what} in the channel you chose (${code}), so they are posted nowhere now: “/metrics ${PLACE_COMMANDS[purpose]}” chooses another.`;
}

/** When the day began there; an hour off on a day on which the clocks change. */
function midnightOf({ zone }: AlertPlace, now: number): number {
  return now - (wallTime(zone, now) % DAY_MS);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
