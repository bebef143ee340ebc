import { parentPort } from 'node:worker_threads';
import { createDrawing } from './draw.ts';
import type { Job, JobResult, Loaded } from './protocol.ts';

const drawing = createDrawing();

parentPort?.on('message', async (job: Job) => {
  const result = await drawn(job);
  parentPort?.postMessage(result, 'png' in result ? [result.png.buffer] : []);
});

parentPort?.postMessage({ loaded: true } satisfies Loaded);

async function drawn({ format, spec, scale }: Job): Promise<JobResult> {
  try {
    if (format === 'svg') return { svg: await drawing.svg(spec) };
    // A copy, because the canvas owns the bytes and they can't be transferred.
    return { png: new Uint8Array(await drawing.png(spec, scale)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
