import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Shown } from './present.ts';

interface FittingOptions {
  /** Whether Slack refused the message itself: anything else is thrown on at once. */
  readonly isRefusal: (error: unknown) => boolean;
  /** Asked before each further attempt; throws to end them. */
  readonly beforeRetry?: () => void;
  readonly log: Logger;
}

/**
 * Hands a message to Slack, less and less of it, until it is taken: without its picture, and at last
 * without its blocks. Throws the last refusal when not even the bare words are taken.
 */
export async function fitting<T>(
  { text, blocks }: Shown,
  hand: (shown: Shown) => Promise<T>,
  { isRefusal, beforeRetry, log }: FittingOptions,
): Promise<T> {
  let refused: unknown;
  for (const [wait, part] of attemptsAt(blocks)) {
    await sleep(wait);
    if (refused) beforeRetry?.();
    try {
      return await hand({ text, blocks: part });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused = error;
      log.warn('Slack does not take the blocks of a message');
    }
  }
  throw refused;
}

/**
 * What is tried, and after how many ms: Slack may still be at work on a picture that it calls ready.
 * A `response_url` takes no more than five answers.
 */
function attemptsAt(blocks: Shown['blocks']): [number, Shown['blocks']][] {
  const words = blocks.filter(({ type }) => type !== 'image');
  const bare: [number, Shown['blocks']] = [0, []];
  if (words.length === blocks.length) return [[0, blocks], bare];
  return [[0, blocks], [300, blocks], [1000, blocks], [0, words], bare];
}
