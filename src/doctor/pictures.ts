import type { TopLevelSpec } from 'vega-lite';
import { createRenderer } from '../render/renderer.ts';
import type { Checkup } from '../sources/source.ts';

const SPEC: TopLevelSpec = {
  width: 60,
  height: 30,
  title: 'A test',
  data: { values: [{ x: 1, y: 2 }] },
  mark: 'point',
  encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
};

/** Draws a tiny chart as the bot would: in the worker, with the fonts that ship along. */
export async function checkPictures(timeoutMs: number): Promise<Checkup> {
  const what = 'Pictures';
  const renderer = createRenderer({ timeoutMs });
  try {
    const { length } = await renderer.png(SPEC);
    const detail = `A chart of ${length.toLocaleString('en')} bytes was drawn with the fonts that ship along.`;
    return { what, state: 'good', detail };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const detail = `No chart can be drawn (${why}): run “npm ci” again, on the machine where Groundswell runs.`;
    return { what, state: 'bad', detail };
  } finally {
    await renderer.close();
  }
}
