import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Canvas } from 'canvas';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { registerFonts } from '../src/render/fonts.ts';
import { createRenderer } from '../src/render/renderer.ts';
import { atMost, type Benchmark } from './benchmark.ts';
import { median, ms, number, timed, times } from './measure.ts';
import { sampleChart } from './sample-chart.ts';

const ROUNDS = 25;
const WARM_UP = 5;
const CHARTS_AT_ONCE = 20;
const SCALE = 2;
const RESOLUTION_MS = 1;

export const chart: Benchmark = {
  name: 'chart',
  title: 'Drawing charts',
  method:
    'The stars report of the sample projects, from the Vega-Lite spec to the bytes of the PNG: through the worker thread, against bare compile, parse, draw and encode of the same spec in the main thread, in turns. The pause is the longest that a timer of the main thread was late while 20 charts were drawn, the start of the worker included; beside it, how late the machine alone makes such a timer.',
  async run() {
    registerFonts();
    const { spec, points } = sampleChart();
    // First, as the bot draws nothing in its main thread that would have to be cleared away.
    const { pause, took } = await pauseWhileDrawing(spec);
    const idle = await longestPause(() => sleep(took));
    const renderer = createRenderer();
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const one = await timed(() => renderer.png(spec, { scale: SCALE }));
      const other = await timed(() => drawBare(spec));
      if (round < WARM_UP) continue;
      ours.push(one);
      bare.push(other);
    }
    await renderer.close();
    const ratio = median(ours) / median(bare);
    const size = `${number(points)} points, scale ${SCALE}`;
    return [
      {
        what: 'Spec to PNG, median',
        size,
        ours: ms(median(ours)),
        reference: `${ms(median(bare))} bare vega`,
        ratio: times(ratio),
        target: atMost(1.15, '×', ratio),
      },
      {
        what: `Longest pause of the event loop while ${CHARTS_AT_ONCE} charts are drawn`,
        size,
        ours: ms(pause),
        reference: `${ms(idle)} doing nothing for as long`,
        target: atMost(20, ' ms', pause),
      },
    ];
  },
};

async function drawBare(spec: TopLevelSpec): Promise<Buffer> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const canvas: unknown = await view.toCanvas(SCALE);
  if (!(canvas instanceof Canvas)) throw new Error('vega found no canvas to draw on');
  const png = canvas.toBuffer('image/png');
  view.finalize();
  return png;
}

async function pauseWhileDrawing(spec: TopLevelSpec): Promise<{ pause: number; took: number }> {
  const renderer = createRenderer();
  let pause = 0;
  const took = await timed(async () => {
    pause = await longestPause(() =>
      Promise.all(
        Array.from({ length: CHARTS_AT_ONCE }, () => renderer.png(spec, { scale: SCALE })),
      ),
    );
  });
  await renderer.close();
  return { pause, took };
}

async function longestPause(during: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await during();
  delay.disable();
  return delay.max / 1e6 - RESOLUTION_MS;
}
