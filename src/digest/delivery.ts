import type { Edition } from '../../commands/digest-desk.ts';
import { type Day, dayOf } from '../../db/days.ts';
import { type Digest, downloadsTold, noteDownloads, openDigests } from '../../db/digests.ts';
import type { Db } from '../../db/open.ts';
import { endPosting, releasePosting, stampPosting, takePosting } from '../../db/posting-ledger.ts';
import type { Subscription } from '../../db/subscriptions.ts';
import type { Viewer } from '../../db/viewer.ts';
import { dayIn, isZone } from '../../db/wall-time.ts';
import { zoneWords } from '../../reports/words.ts';
import { presentDetails, presentEdition } from '../slack/digest-message.ts';
import { handOver, type Posting, type PostingDeps, settle, uploadChart } from '../slack/posting.ts';
import type { Mark } from '../slack/posts.ts';
import { refusalOf } from '../slack/refusal.ts';
import { everyWords, kindWords, momentWords, placeWords } from './words.ts';

/** Writes what a digest says on the day `today`, for the eyes of `viewer`; only reads. */
export type Editor = (
  db: Db,
  wanted: Pick<Subscription, 'every' | 'sections' | 'subjectIds'> & {
    readonly today: Day;
    /** What day it is by the clocks of the subscription's zone. */
    readonly readOn: Day;
    /** The last day whose downloads were reported before. */
    readonly downloadsTold?: Day | undefined;
  },
  viewer: Viewer,
) => Edition;

export interface DeliveryDeps extends PostingDeps {
  readonly write: Editor;
}

/**
 * Brings a digest into its channel: the message, then the reply with the details, each once. Throws
 * what Slack or the report throws; called again, it goes on where it was.
 *
 * @param mayPost false for a digest that comes too late: what is under way is only finished
 */
export async function deliver(
  deps: DeliveryDeps,
  subscription: Subscription,
  digest: Digest,
  mayPost: boolean,
): Promise<void> {
  const { db, log } = deps;
  const posting = postingOf(db, subscription, digest);
  const found = await settle(deps, posting);
  if (found === undefined) return;
  if (found !== null && posting.mark.part === 'details') return;
  let ts = digest.ts ?? found;
  if (ts === null && !mayPost) {
    log.error({ digest: digest.id, due: digest.dueAt }, 'a digest could not be posted in time');
    // Of several, whoever asked for them is told of the latest.
    const [latest] = openDigests(db, subscription.id).slice(-1);
    if (latest?.id === digest.id) await tellMissed(deps, subscription, digest);
    return endPosting(db, 'digest', digest.id, 'missed');
  }
  const edition = await editionFor(deps, subscription, digest);
  if (ts === null) noteDownloads(db, digest.id, edition.downloadsThrough);
  if (ts === null && edition.isWithheld) return endPosting(db, 'digest', digest.id, 'quiet');
  ts ??= (await postMessage(deps, subscription, posting, edition)) ?? null;
  if (ts === null) return;
  const details = presentDetails(edition);
  if (details) await handOver(deps, postingOf(db, subscription, { ...digest, ts }), details);
  else endPosting(db, 'digest', digest.id, 'posted');
}

/**
 * Whoever asked for it waits for it. Throws where nothing can be told at the moment; where nothing
 * ever can, the log has it.
 */
async function tellMissed(
  { db, log, posts }: DeliveryDeps,
  subscription: Subscription,
  { dueAt }: Digest,
): Promise<void> {
  const { userId, every, zone } = subscription;
  const kind = kindWords(every);
  const due = momentWords(Date.parse(dueAt), zone);
  const where = placeWords(db, subscription);
  const sentence = `The ${kind} digest of ${where}, due on ${due} in ${zoneWords(zone)}, could not be posted in time: “/metrics send now ${kind}” there posts it now. If that fails as well, whoever runs me finds the cause in the log.`;
  try {
    await posts.tell(userId, sentence);
  } catch (error) {
    if (refusalOf(error).kind === 'busy') throw error;
    log.warn({ err: error }, 'nobody could be told that a digest was missed');
  }
}

/** The message that a digest is at. */
function postingOf(
  db: Db,
  { channelId }: Subscription,
  { id, ts, claimedAt, sentAt }: Digest,
): Posting {
  const mark: Mark = ts === null ? { id, part: 'message' } : { id, part: 'details', threadTs: ts };
  const stamp = ts === null ? 'ts' : 'details_ts';
  return {
    ...{ channelId, mark, claimedAt, sentAt },
    take: (at, before) => takePosting(db, 'digest', id, at, before, stamp),
    release: (at) => releasePosting(db, 'digest', id, at),
    stamp: (found, at) => stampPosting(db, 'digest', id, found, at, stamp),
  };
}

/** What a subscription's digest says, for those who are in its channel now. */
export async function editionFor(
  { db, posts, write }: DeliveryDeps,
  subscription: Subscription,
  { dueAt, id }: Pick<Digest, 'dueAt'> & Partial<Digest>,
): Promise<Edition> {
  const viewer = await posts.audienceOf(subscription.workspaceId, subscription.channelId);
  const due = Date.parse(dueAt);
  const today = dayOf(due);
  const readOn = isZone(subscription.zone) ? dayIn(subscription.zone, due) : today;
  const wanted = { ...subscription, today, readOn };
  const edition = write(db, { ...wanted, downloadsTold: id && downloadsTold(db, id) }, viewer);
  return { ...edition, isWithheld: edition.isQuiet && subscription.whenQuiet === 'nothing' };
}

async function postMessage(
  deps: DeliveryDeps,
  subscription: Subscription,
  posting: Posting,
  edition: Edition,
): Promise<string | undefined> {
  const fileId = edition.isQuiet ? undefined : await pictureOf(deps, edition);
  const kind = kindWords(subscription.every);
  const notes = [`${everyWords(subscription)}. “/metrics unsubscribe ${kind}” ends it.`];
  const shown = presentEdition(edition, { fileId, notes, isSample: deps.isSample });
  return handOver(deps, posting, shown);
}

/** Uploads the picture; undefined where there is none. */
export async function pictureOf(deps: DeliveryDeps, edition: Edition): Promise<string | undefined> {
  const spec = edition.chart('light');
  return spec && uploadChart(deps, spec, edition);
}
