import type { Logger } from 'pino';
import type { Db } from '../../db/open.ts';
import {
  findSubscription,
  pauseSubscription,
  type Subscription,
  setPauseTold,
} from '../../db/subscriptions.ts';
import type { Posts } from '../slack/posts.ts';
import { refusalOf } from '../slack/refusal.ts';
import { kindWords, placeWords } from './words.ts';

/** Codes of what a later try would meet again, Slack's and one of ours, and what they mean to people. */
const REASONS: Readonly<Record<string, string>> = {
  not_in_channel: 'I am no longer a member of it: invite me again with /invite',
  channel_not_found: 'I can no longer see it: if it still exists, invite me again with /invite',
  is_archived: 'it is archived: choose another channel, or bring it back',
  restricted_action: 'this workspace does not let me post there: its admins can change that',
  restricted_action_read_only_channel: 'it is read-only for me: its admins can change that',
  missing_scope:
    'I lack a permission there: give the app the scopes of manifest.yml and install it again',
  unknown_zone: 'I do not know its time zone: name another one, or I take yours',
};

/** Whether a subscription is of no use after Slack's `code`, until somebody changes something. */
export function isFinal(code: string): boolean {
  return Object.hasOwn(REASONS, code);
}

/** Why it is paused and what to do, as half a sentence. */
export function pauseReason(code: string): string {
  return REASONS[code] ?? `Slack does not take my messages (${code})`;
}

interface Pauses {
  pause(subscription: Subscription, code: string): Promise<void>;
  /** Notifies the subscriber, once. */
  tell(subscription: Subscription): Promise<void>;
}

export function createPauses(deps: {
  readonly db: Db;
  readonly log: Logger;
  readonly now: () => number;
  readonly posts: Posts;
}): Pauses {
  const { db, log, now, posts } = deps;

  async function tell(subscription: Subscription): Promise<void> {
    const { id, userId, paused, toldAt } = subscription;
    if (paused === null || toldAt !== null) return;
    // Noted first: being notified twice is worse than having to look for oneself.
    setPauseTold(db, id, new Date(now()).toISOString());
    try {
      await posts.tell(userId, sentenceFor(db, subscription, paused));
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.kind === 'busy') setPauseTold(db, id, null);
      log.warn({ subscription: id, refusal }, 'nobody could be told that a digest is paused');
    }
  }

  return {
    tell,
    async pause(subscription, code) {
      log.warn({ subscription: subscription.id, code }, 'a digest is paused');
      pauseSubscription(db, subscription.id, code);
      // It may have been ended while Slack was asked.
      const paused = findSubscription(db, subscription.id);
      if (paused) await tell(paused);
    },
  };
}

function sentenceFor(db: Db, subscription: Subscription, code: string): string {
  const { every } = subscription;
  return `The ${kindWords(every)} digest of ${placeWords(db, subscription)} is paused, because I could not post it: ${pauseReason(code)}. Then “/metrics subscribe ${kindWords(every)}” there starts it again, as it was.`;
}
