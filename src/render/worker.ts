import { parentPort } from 'node:worker_threads';
import { drawPng, drawSvg } from './draw.ts';
import { registerFonts } from './fonts.ts';
import type { Job, JobResult } from './protocol.ts';

registerFonts();

parentPort?.on('message', async (job: Job) => {
  const result = await drawn(job);
  parentPort?.postMessage(result, 'png' in result ? [result.png.buffer] : []);
});

async function drawn({ format, spec, scale }: Job): Promise<JobResult> {
  try {
    if (format === 'svg') return { svg: await drawSvg(spec) };
    // A copy, because the canvas owns the bytes and they can't be transferred.
    return { png: new Uint8Array(await drawPng(spec, scale)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
