import type { Logger } from 'pino';
import type { TopLevelSpec } from 'vega-lite';
import type { Db } from '../../db/open.ts';
import { isInDoubt, type Ledger, putOffPosting } from '../../db/posting-ledger.ts';
import type { Renderer } from '../render/renderer.ts';
import { labelAsSample } from '../sample/label.ts';
import type { Mark, Posts } from './posts.ts';
import type { Shown } from './present.ts';
import { refusalOf } from './refusal.ts';

/** Dependencies of scheduled posting. */
export interface PostingDeps {
  readonly db: Db;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly posts: Posts;
  readonly renderer: Pick<Renderer, 'png'>;
  readonly isSample: boolean;
  /** How long Slack may still be at work on a message that it has not answered. */
  readonly settleMs: number;
  /** The workspace that is connected; undefined before. */
  readonly workspaceId: () => string | undefined;
  /** Aborted, it ends the work between two messages. */
  readonly signal: AbortSignal;
}

/**
 * A message that is to be in its channel once, whatever happens on the way. Before it is handed to
 * Slack that is noted in a ledger, and once Slack answers, what became of it. A note without an
 * answer is from a crash or a lost answer: then the channel is asked before anything is posted.
 * Instants are ISO.
 */
export interface Posting {
  readonly channelId: string;
  readonly mark: Mark;
  /** It was not in the channel before then. */
  readonly claimedAt: string;
  /** When it was handed to Slack without an answer being known; null when it was not. */
  readonly sentAt: string | null;
  /**
   * Notes that it is about to be handed to Slack; `before` is when it was noted for an attempt that
   * Slack refused, null for the first. False when somebody else is at it, or was.
   */
  take(at: string, before: string | null): boolean;
  /** Takes the note of `at` back: it is not with Slack. False when somebody else has noted it since. */
  release(at: string): boolean;
  /** Keeps where it is, in place of the note of `at`. False when somebody else has, or is at it. */
  stamp(ts: string, at: string): boolean;
}

/**
 * Finds out what became of a posting that was not answered. Returns its ts where it is in the
 * channel, and null where it is not with Slack; undefined while it is too early to tell.
 */
export async function settle(
  { now, posts, settleMs }: PostingDeps,
  posting: Posting,
): Promise<string | null | undefined> {
  const { channelId, mark, claimedAt, sentAt } = posting;
  if (sentAt === null) return null;
  if (now() - Date.parse(sentAt) < settleMs) return undefined;
  const found = await posts.find(channelId, mark, claimedAt);
  // While this one was looking, another process may have looked as well, and gone on by now.
  const isOurs = found === undefined ? posting.release(sentAt) : posting.stamp(found, sentAt);
  return isOurs ? (found ?? null) : undefined;
}

/**
 * Posts what is not with Slack, and returns its ts; undefined when another process is at it. Throws
 * what Slack throws.
 */
export async function handOver(
  { now, posts }: PostingDeps,
  posting: Posting,
  shown: Shown,
): Promise<string | undefined> {
  let noted: string | null = null;
  // Each attempt is noted anew: several that Slack refuses slowly take longer than one may.
  const take = () => {
    const before = noted;
    noted = new Date(now()).toISOString();
    return posting.take(noted, before);
  };
  if (!take()) return undefined;
  try {
    const ts = await posts.post(posting.channelId, shown, posting.mark, take);
    return noted !== null && posting.stamp(ts, noted) ? ts : undefined;
  } catch (error) {
    if (noted !== null && refusalOf(error).kind !== 'silent') posting.release(noted);
    throw error;
  }
}

/** After a failure that says nothing about when to try again. */
export const TRY_AGAIN_MS = 5 * 60_000;

export function isPutOff({ retryAt }: { readonly retryAt: string | null }, now: number): boolean {
  return retryAt !== null && Date.parse(retryAt) > now;
}

/**
 * Lets `bring` bring a posting into its channel, and returns the code with which Slack refuses it.
 * What fails otherwise is put off: what is in doubt is looked for as soon as it has settled.
 */
export async function refusedIn(
  { db, log, now, settleMs }: PostingDeps,
  ledger: Ledger,
  id: string,
  bring: () => Promise<void>,
): Promise<string | undefined> {
  try {
    await bring();
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error);
    log.warn({ [ledger]: id, refusal, err: error }, 'a digest or an alert did not get through');
    if (refusal.kind === 'refused') return refusal.code;
    const silence = isInDoubt(db, ledger, id) ? settleMs : TRY_AGAIN_MS;
    const wait = refusal.kind === 'busy' ? refusal.waitMs : silence;
    putOffPosting(db, ledger, id, new Date(now() + wait).toISOString());
    return undefined;
  }
}

/** Uploads a chart and returns its file; undefined where that fails: the words have to do. */
export async function uploadChart(
  { renderer, posts, isSample, log }: Pick<PostingDeps, 'renderer' | 'posts' | 'isSample' | 'log'>,
  spec: TopLevelSpec,
  { title, alt }: { readonly title: string; readonly alt: string },
): Promise<string | undefined> {
  try {
    const png = await renderer.png(isSample ? labelAsSample(spec) : spec);
    return await posts.upload(png, title, alt);
  } catch (error) {
    log.error({ err: error }, 'the picture of a digest or an alert failed');
    return undefined;
  }
}
