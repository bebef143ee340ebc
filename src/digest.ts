import type { Edition } from '../commands/digest-desk.ts';
import { DAY_MS } from '../db/days.ts';
import {
  claimDigest,
  type Digest,
  findDigest,
  lastClaimedDue,
  openDigests,
} from '../db/digests.ts';
import { endPosting } from '../db/posting-ledger.ts';
import { findSubscription, listSubscriptions, type Subscription } from '../db/subscriptions.ts';
import { isZone } from '../db/wall-time.ts';
import { type DeliveryDeps, deliver, editionFor, pictureOf } from './digest/delivery.ts';
import { createDesk, type DeskOf } from './digest/desk.ts';
import { patienceMs } from './digest/due.ts';
import { owedDue } from './digest/owed.ts';
import { createPauses, isFinal } from './digest/pause.ts';
import { isPutOff, refusedIn } from './slack/posting.ts';
import { createTurns } from './turns.ts';

/** The digests that channels get by the clock: each once, whatever happens on the way. */
export interface Digests {
  /** Posts whatever is due and goes on with what is under way. Never throws for one of them. */
  run(): Promise<void>;
  /** What a person can do with the digests of a channel. */
  readonly deskFor: DeskOf;
  /** Uploads the picture of an edition and returns its file; undefined where there is none. */
  pictureOf(edition: Edition): Promise<string | undefined>;
}

export function createDigests(deps: DeliveryDeps): Digests {
  const { db, log, now, workspaceId, signal } = deps;
  const inTurn = createTurns();
  const pauses = createPauses(deps);

  async function run(): Promise<void> {
    const workspace = workspaceId();
    if (workspace === undefined) return;
    for (const { id } of listSubscriptions(db, workspace)) {
      if (signal.aborted) return;
      try {
        await inTurn(String(id), () => serve(id));
      } catch (error) {
        log.error({ subscription: id, err: error }, 'a subscription could not be looked after');
      }
    }
  }

  /** One subscription: claims what is due, and goes on with what is open. */
  async function serve(id: number): Promise<void> {
    const subscription = findSubscription(db, id);
    if (!subscription) return;
    if (subscription.paused !== null) return pauses.tell(subscription);
    if (!isZone(subscription.zone)) return pauses.pause(subscription, 'unknown_zone');
    const due = owedDue(subscription, lastClaimedDue(db, id, iso(now() + DAY_MS)), now());
    if (due !== undefined) claimDigest(db, id, iso(due), iso(now()), false);
    const open = openDigests(db, id);
    for (const digest of open) {
      const isLatest = digest === open.at(-1);
      const age = now() - Date.parse(digest.dueAt);
      await attempt(subscription, digest, isLatest && age <= patienceMs(subscription));
    }
  }

  async function attempt(
    subscription: Subscription,
    digest: Digest,
    mayPost: boolean,
  ): Promise<void> {
    if (isPutOff(digest, now())) return;
    const code = await refusedIn(deps, 'digest', digest.id, () =>
      deliver(deps, subscription, digest, mayPost),
    );
    if (code !== undefined) await refuse(subscription, digest, code);
  }

  /** A channel that takes no digest gets none until somebody changes something. */
  async function refuse(subscription: Subscription, digest: Digest, code: string): Promise<void> {
    const isOut = findDigest(db, digest.id)?.ts != null;
    endPosting(db, 'digest', digest.id, isOut ? 'posted' : 'refused');
    if (!isOut || isFinal(code)) await pauses.pause(subscription, code);
  }

  /** Posts a digest between the due times; returns what has become of it so far. */
  async function sendNow(subscription: Subscription): Promise<Digest | undefined> {
    const at = iso(now());
    const digest = claimDigest(db, subscription.id, at, at, true);
    if (!digest) return undefined;
    await inTurn(String(subscription.id), () => attempt(subscription, digest, true));
    return findDigest(db, digest.id);
  }

  return {
    run,
    pictureOf: (edition) => pictureOf(deps, edition),
    deskFor: createDesk({
      ...deps,
      sendNow,
      preview: (subscription) => editionFor(deps, subscription, { dueAt: iso(now()) }),
    }),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
