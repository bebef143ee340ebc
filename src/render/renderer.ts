import { Worker } from 'node:worker_threads';
import type { TopLevelSpec } from 'vega-lite';
import type { Job, JobResult } from './protocol.ts';

export interface Renderer {
  /** The chart as a PNG file, `scale` (default 2) picture pixels per pixel of the spec. */
  png(spec: TopLevelSpec, options?: { readonly scale?: number }): Promise<Buffer>;
  svg(spec: TopLevelSpec): Promise<string>;
  /** Finishes what was asked, refuses what comes after, and ends the worker. */
  close(): Promise<void>;
}

/** A chart that could not be drawn. `message` is for the log. */
export class RenderError extends Error {
  override name = 'RenderError';
}

/**
 * Draws Vega-Lite specs in one worker thread, in the order they were asked for, so that the main
 * thread stays free for Slack. The worker starts with the first chart. A chart that fails, takes
 * longer than `timeoutMs` or brings the worker down rejects with a RenderError; the next one gets
 * a fresh worker where the old one is gone.
 */
export function createRenderer({ timeoutMs = 20_000 } = {}): Renderer {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  function running(): Worker {
    if (worker) return worker;
    const started = new Worker(new URL('./worker.ts', import.meta.url), {
      // A chart is short-lived garbage: a small nursery keeps the resident memory down.
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 },
    });
    // A crash reaches whoever waits through draw(); without a listener it would end the process.
    started.on('error', () => {});
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    worker = started;
    return started;
  }

  /** One job at a time, so that a timeout or a crash belongs to exactly one chart. */
  function enqueue(job: Job): Promise<JobResult> {
    if (closed) return Promise.reject(new RenderError('the renderer is closed'));
    const result = last.then(() => draw(running(), job, timeoutMs, () => (worker = undefined)));
    last = result.catch(() => {});
    return result;
  }

  return {
    async png(spec, { scale = 2 } = {}) {
      const result = await enqueue({ format: 'png', spec, scale });
      if (!('png' in result)) throw failure(result);
      const { buffer, byteOffset, byteLength } = result.png;
      return Buffer.from(buffer, byteOffset, byteLength);
    },
    async svg(spec) {
      const result = await enqueue({ format: 'svg', spec, scale: 1 });
      if (!('svg' in result)) throw failure(result);
      return result.svg;
    },
    async close() {
      closed = true;
      await last;
      await worker?.terminate();
    },
  };
}

function failure(result: JobResult): RenderError {
  return new RenderError('error' in result ? result.error : 'the worker answered something else');
}

/** Calls `lose` when the worker is gone, or must not be asked again. */
function draw(worker: Worker, job: Job, timeoutMs: number, lose: () => void): Promise<JobResult> {
  return new Promise<JobResult>((resolve, reject) => {
    const timer = setTimeout(() => {
      fail(`the chart took longer than ${timeoutMs} ms`);
      worker.terminate();
    }, timeoutMs);
    const onMessage = (result: JobResult) => settle(() => resolve(result));
    const onError = (cause: Error) => fail(`drawing crashed: ${cause.message}`, cause);
    const onExit = (code: number) => fail(`drawing ended with exit code ${code}`);

    // An idle worker must not keep the process alive; one that draws must.
    worker.ref();
    worker.once('message', onMessage).once('error', onError).once('exit', onExit);

    function fail(reason: string, cause?: Error): void {
      lose();
      settle(() => reject(new RenderError(reason, { cause })));
    }

    function settle(finish: () => void): void {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.unref();
      finish();
    }

    try {
      worker.postMessage(job);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      settle(() => reject(new RenderError(`the spec is not plain data: ${reason}`, { cause })));
    }
  });
}
