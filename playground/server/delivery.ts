import type { Outcome, Sockets } from './sockets.ts';

/**
 * Hands events to the app, and tries again while nobody has acknowledged: Slack retries at once,
 * after one and after five minutes, on whatever connection there is by then.
 */
interface Delivery {
  deliver(body: Readonly<Record<string, unknown>>): void;
  stop(): void;
}

const REASONS: Readonly<Record<Exclude<Outcome['kind'], 'acknowledged'>, string>> = {
  timeout: 'timeout',
  disconnected: 'connection_failed',
  unconnected: 'connection_failed',
};

/** `retryMs`: the time before each retry, counted from the failure of the attempt before. */
export function createDelivery(sockets: Sockets, retryMs: readonly number[]): Delivery {
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;

  async function attempt(
    body: Readonly<Record<string, unknown>>,
    number: number,
    reason: string,
  ): Promise<void> {
    const outcome = await sockets.send({
      type: 'events_api',
      payload: body,
      retry: { attempt: number, reason },
    });
    const delay = retryMs[number];
    if (outcome.kind === 'acknowledged' || delay === undefined || isStopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(body, number + 1, REASONS[outcome.kind]);
    }, delay);
    timers.add(timer);
  }

  return {
    deliver: (body) => void attempt(body, 0, ''),
    stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
