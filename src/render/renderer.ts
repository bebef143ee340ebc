import { Worker } from 'node:worker_threads';
import type { TopLevelSpec } from 'vega-lite';
import type { Job, JobResult, Loaded } from './protocol.ts';

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
  let drawer: Drawer | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let gone: Promise<unknown> = Promise.resolve();
  let closed = false;

  function running(): Drawer {
    if (drawer) return drawer;
    const started = startDrawer();
    started.thread.once('exit', () => {
      if (drawer === started) drawer = undefined;
    });
    drawer = started;
    return started;
  }

  function lose(lost: Drawer): void {
    if (drawer === lost) drawer = undefined;
    gone = Promise.all([gone, end(lost)]);
  }

  /** One job at a time, so that a timeout or a crash belongs to exactly one chart. */
  function enqueue(job: Job): Promise<JobResult> {
    if (closed) return Promise.reject(new RenderError('the renderer is closed'));
    const result = last.then(() => draw(running(), job, timeoutMs, lose));
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
      if (drawer) lose(drawer);
      await gone;
    },
  };
}

function failure(result: JobResult): RenderError {
  return new RenderError('error' in result ? result.error : 'the worker answered something else');
}

interface Drawer {
  readonly thread: Worker;
  /** Settles when the thread has loaded its code, or is gone. */
  readonly loaded: Promise<void>;
}

function startDrawer(): Drawer {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), {
    // A chart is short-lived garbage: a small nursery keeps the resident memory down.
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 },
  });
  // A crash reaches whoever waits through draw(); without a listener it would end the process.
  thread.on('error', () => {});
  const loaded = new Promise<void>((resolve) => {
    thread.once('message', () => resolve()).once('exit', () => resolve());
  });
  return { thread, loaded };
}

/**
 * Node aborts the whole process when a thread is terminated while it loads native code (the
 * canvas): V8 says “Check failed: (location_) != nullptr”. So the end waits until that is done.
 */
async function end({ thread, loaded }: Drawer): Promise<void> {
  thread.ref();
  await loaded;
  await thread.terminate();
}

/** Calls `lose` when the worker is gone, or must not be asked again. */
function draw(
  drawer: Drawer,
  job: Job,
  timeoutMs: number,
  lose: (lost: Drawer) => void,
): Promise<JobResult> {
  const { thread } = drawer;
  return new Promise<JobResult>((resolve, reject) => {
    const timer = setTimeout(() => fail(`the chart took longer than ${timeoutMs} ms`), timeoutMs);
    const onMessage = (said: JobResult | Loaded) => {
      if (!('loaded' in said)) settle(() => resolve(said));
    };
    const onError = (cause: Error) => fail(`drawing crashed: ${cause.message}`, cause);
    const onExit = (code: number) => fail(`drawing ended with exit code ${code}`);

    // An idle worker must not keep the process alive; one that draws must.
    thread.ref();
    thread.on('message', onMessage).once('error', onError).once('exit', onExit);

    function fail(reason: string, cause?: Error): void {
      settle(() => reject(new RenderError(reason, { cause })));
      lose(drawer);
    }

    function settle(finish: () => void): void {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      thread.unref();
      finish();
    }

    try {
      thread.postMessage(job);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      settle(() => reject(new RenderError(`the spec is not plain data: ${reason}`, { cause })));
    }
  });
}
