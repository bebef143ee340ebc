import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Logger } from 'pino';

interface Lookups {
  /** Runs `lookUp` once the ones before it are done, unless one of that `key` is waiting already. */
  add(key: string, lookUp: () => Promise<void>): void;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
  /** Forgets what waits, and resolves when nothing runs. */
  stop(): Promise<void>;
}

/**
 * Questions to Slack that nobody waits for, one after the other. A rate limit holds up the queue
 * for as long as Slack says; any other failure drops the question, which the next mention of its
 * subject asks again.
 */
export function createLookups(log: Logger): Lookups {
  const waiting = new Map<string, () => Promise<void>>();
  const stopped = new AbortController();
  let working = Promise.resolve();
  let isWorking = false;

  async function work(): Promise<void> {
    for (const [key, lookUp] of waiting) {
      if (stopped.signal.aborted) break;
      // Whoever asks from here on may know newer things than this answer will.
      waiting.delete(key);
      try {
        await lookUp();
      } catch (error) {
        if (error instanceof WebAPIRateLimitedError) {
          waiting.set(key, lookUp);
          await pause(error.retryAfter * 1000);
        } else {
          const reason = error instanceof Error ? error.message : String(error);
          log.warn({ reason }, 'Slack could not be asked about a person or a channel');
        }
      }
    }
    isWorking = false;
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopped.signal, ref: false }).catch(() => {});
  }

  return {
    add(key, lookUp) {
      if (waiting.has(key) || stopped.signal.aborted) return;
      waiting.set(key, lookUp);
      if (isWorking) return;
      isWorking = true;
      working = work();
    },
    idle: () => working,
    async stop() {
      stopped.abort();
      waiting.clear();
      await working;
    },
  };
}
