import { afterAll, describe, expect, test } from 'vitest';
import { createRenderer, RenderError } from '../../src/render/renderer.ts';
import { bars, pngSize } from './pictures.ts';

const renderer = createRenderer();
afterAll(() => renderer.close());

describe('the renderer', () => {
  test('draws a PNG of the size of the spec times the scale', async () => {
    const single = pngSize(await renderer.png(bars(3), { scale: 1 }));
    const double = pngSize(await renderer.png(bars(3)));
    expect(single.width).toBeGreaterThan(200);
    expect(double).toEqual({ width: 2 * single.width, height: 2 * single.height });
  });

  test('draws the same picture again', async () => {
    expect(await renderer.png(bars(4))).toEqual(await renderer.png(bars(4)));
  });

  test('draws SVG', async () => {
    expect(await renderer.svg(bars(2))).toMatch(/^<svg /);
  });

  test('answers in the order it was asked, each with its own chart', async () => {
    const order: number[] = [];
    const sizes = await Promise.all(
      [7, 1, 4].map(async (count) => {
        const svg = await renderer.svg(bars(count));
        order.push(count);
        return svg.split('aria-roledescription="bar"').length - 1;
      }),
    );
    expect(order).toEqual([7, 1, 4]);
    expect(sizes).toEqual([7, 1, 4]);
  });

  test.each([
    ['a network', { ...bars(1), data: { url: 'http://127.0.0.1:9/x.json' } }],
    ['a disk', { ...bars(1), data: { url: '/etc/hostname' } }],
    [
      'a picture',
      {
        ...bars(1),
        data: { values: [{ url: 'http://127.0.0.1:9/x.png' }] },
        mark: 'image' as const,
        encoding: { url: { field: 'url' } },
      },
    ],
  ])('refuses a spec that wants to load from %s', async (_, spec) => {
    await expect(renderer.png(spec)).rejects.toThrow(/may not load/);
  });

  test('refuses a picture that would fill the memory', async () => {
    await expect(renderer.png({ ...bars(1), width: 50_000, height: 50_000 })).rejects.toThrow(
      /too large/,
    );
    await expect(renderer.png(bars(1), { scale: 1000 })).rejects.toThrow(/too large/);
    await expect(renderer.png(bars(1), { scale: Number.NaN })).rejects.toThrow(/too large/);
  });

  test('says what is wrong with a spec, and goes on', async () => {
    const wrong = { ...bars(1), transform: [{ calculate: 'datum.(', as: 'z' }] };
    await expect(renderer.png(wrong)).rejects.toBeInstanceOf(RenderError);
    expect((await renderer.png(bars(1))).length).toBeGreaterThan(100);
  });
});

describe('a renderer in trouble', () => {
  const endless = {
    ...bars(1),
    transform: [{ calculate: `test(/^(a+)+$/, '${'a'.repeat(60)}!')`, as: 'never' }],
  };

  test('gives up a chart that takes too long, and draws the next with a new worker', async () => {
    const impatient = createRenderer({ timeoutMs: 4000 });
    await impatient.png(bars(1));
    const stuck = impatient.png(endless);
    const next = impatient.png(bars(2));
    await expect(stuck).rejects.toThrow(/longer than 4000 ms/);
    expect(pngSize(await next).width).toBeGreaterThan(100);
    await impatient.close();
  });

  test('gives up while the worker still loads, without bringing the process down', async () => {
    for (let timeoutMs = 100; timeoutMs <= 300; timeoutMs += 10) {
      const hasty = createRenderer({ timeoutMs });
      await hasty.png(bars(1)).catch((error) => expect(error).toBeInstanceOf(RenderError));
      await hasty.close();
    }
  });

  test('close finishes what was asked and refuses what comes after', async () => {
    const closing = createRenderer();
    const asked = closing.png(bars(2));
    const closed = closing.close();
    await expect(closing.png(bars(1))).rejects.toThrow(/closed/);
    expect((await asked).length).toBeGreaterThan(100);
    await closed;
    await closing.close();
  });

  test('closes without ever having drawn', async () => {
    await createRenderer().close();
  });
});
