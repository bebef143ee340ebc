import { createCanvas, loadImage } from 'canvas';
import type { TopLevelSpec } from 'vega-lite';

/** A small chart with `count` bars. */
export function bars(count: number) {
  return {
    width: 200,
    height: 100,
    data: { values: Array.from({ length: count }, (_, x) => ({ x, y: x + 1 })) },
    mark: 'bar',
    encoding: {
      x: { field: 'x', type: 'ordinal' },
      y: { field: 'y', type: 'quantitative' },
    },
  } satisfies TopLevelSpec;
}

/** The size of a PNG file, from its header. */
export function pngSize(png: Buffer): { width: number; height: number } {
  if (png.toString('latin1', 1, 4) !== 'PNG') throw new Error('this is not a PNG file');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** The share of a picture's pixels that differ from its top left one, and whether its rim does. */
export async function inkOf(png: Buffer): Promise<{ share: number; touchesRim: boolean }> {
  const image = await loadImage(png);
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  let ink = 0;
  let touchesRim = false;
  for (const [index, pixel] of pixels.entries()) {
    if (pixel === pixels[0]) continue;
    ink++;
    const x = index % width;
    const y = Math.floor(index / width);
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) touchesRim = true;
  }
  return { share: ink / pixels.length, touchesRim };
}
