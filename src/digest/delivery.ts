import type { Logger } from 'pino';
import type { Edition } from '../../commands/digest-desk.ts';
import { type Day, dayOf } from '../../db/days.ts';
import {
  type Digest,
  endDigest,
  releaseDigest,
  stampDigest,
  takeDigest,
} from '../../db/digests.ts';
import type { Db } from '../../db/open.ts';
import type { Subscription } from '../../db/subscriptions.ts';
import type { Viewer } from '../../db/viewer.ts';
import type { Renderer } from '../render/renderer.ts';
import { presentDetails, presentEdition } from '../slack/digest-message.ts';
import type { Mark, Posts } from '../slack/posts.ts';
import type { Shown } from '../slack/present.ts';
import { refusalOf } from '../slack/refusal.ts';
import { labelAsSample } from '../slack/sample-label.ts';
import { everyWords, kindWords } from './words.ts';

/** Writes what a digest says on the day `today`, for the eyes of `viewer`; only reads. */
export type Editor = (
  db: Db,
  wanted: Pick<Subscription, 'every' | 'sections' | 'subjectIds'> & { readonly today: Day },
  viewer: Viewer,
) => Edition;

export interface DeliveryDeps {
  readonly db: Db;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly posts: Posts;
  readonly renderer: Pick<Renderer, 'png'>;
  readonly write: Editor;
  readonly isSample: boolean;
  /** How long Slack may still be at work on a message that it has not answered. */
  readonly settleMs: number;
}

/**
 * Brings a digest into its channel: the message, then the reply with the details. Before either is
 * handed to Slack it is noted as sent, and once Slack answers, what became of it. A note without an
 * answer is from a crash or a lost answer: then the channel is asked before anything is posted.
 * Throws what Slack or the report throws; called again, it goes on where it was.
 *
 * @param mayPost false for a digest that comes too late: what is under way is only finished
 */
export async function deliver(
  deps: DeliveryDeps,
  subscription: Subscription,
  digest: Digest,
  mayPost: boolean,
): Promise<void> {
  const { db, log, now, settleMs } = deps;
  const mark = markOf(digest);
  let { ts } = digest;
  if (digest.sentAt !== null) {
    if (now() - Date.parse(digest.sentAt) < settleMs) return;
    const found = await deps.posts.find(subscription.channelId, mark, digest.claimedAt);
    if (found === undefined) releaseDigest(db, digest.id);
    else stampDigest(db, digest.id, mark.part, found);
    if (found !== undefined && mark.part === 'details') return;
    ts ??= found ?? null;
  }
  if (ts === null && !mayPost) {
    log.error({ digest: digest.id, due: digest.dueAt }, 'a digest could not be posted in time');
    return endDigest(db, digest.id, 'missed');
  }
  const edition = await editionFor(deps, subscription, digest);
  if (ts === null && edition.isQuiet && subscription.whenQuiet === 'nothing') {
    return endDigest(db, digest.id, 'quiet');
  }
  ts ??= (await postMessage(deps, subscription, digest, edition)) ?? null;
  if (ts === null) return;
  const details = presentDetails(edition);
  if (details) await send(deps, subscription, details, markOf({ ...digest, ts }));
  else endDigest(db, digest.id, 'posted');
}

/** The message that a digest is at. */
function markOf({ id, ts }: Digest): Mark {
  return ts === null ? { id, part: 'message' } : { id, part: 'details', threadTs: ts };
}

/** What a subscription's digest says, for those who are in its channel now. */
export async function editionFor(
  { db, posts, write }: DeliveryDeps,
  subscription: Subscription,
  { dueAt }: Pick<Digest, 'dueAt'>,
): Promise<Edition> {
  const viewer = await posts.audienceOf(subscription.workspaceId, subscription.channelId);
  return write(db, { ...subscription, today: dayOf(Date.parse(dueAt)) }, viewer);
}

async function postMessage(
  deps: DeliveryDeps,
  subscription: Subscription,
  digest: Digest,
  edition: Edition,
): Promise<string | undefined> {
  const fileId = edition.isQuiet ? undefined : await pictureOf(deps, edition);
  const kind = kindWords(subscription.every);
  const notes = [`${everyWords(subscription)}. “/metrics unsubscribe ${kind}” ends it.`];
  const shown = presentEdition(edition, { fileId, notes, isSample: deps.isSample });
  return send(deps, subscription, shown, markOf(digest));
}

/** Uploads the picture; without it, the words have to do. */
export async function pictureOf(
  { renderer, posts, isSample, log }: DeliveryDeps,
  edition: Edition,
): Promise<string | undefined> {
  const spec = edition.chart('light');
  if (!spec) return undefined;
  try {
    const png = await renderer.png(isSample ? labelAsSample(spec) : spec);
    return await posts.upload(png, edition.title, edition.alt);
  } catch (error) {
    log.error({ err: error }, 'the picture of a digest failed');
    return undefined;
  }
}

/** Answers the message's ts; undefined when another process is at it. */
async function send(
  { db, now, posts }: DeliveryDeps,
  { channelId }: Subscription,
  shown: Shown,
  mark: Mark,
): Promise<string | undefined> {
  if (!takeDigest(db, mark.id, new Date(now()).toISOString())) return undefined;
  try {
    const ts = await posts.post(channelId, shown, mark);
    stampDigest(db, mark.id, mark.part, ts);
    return ts;
  } catch (error) {
    if (refusalOf(error).kind !== 'silent') releaseDigest(db, mark.id);
    throw error;
  }
}
