import { Canvas } from 'canvas';
import { type Loader, type LoggerInterface, parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { registerFonts } from './fonts.ts';
import { createReadable } from './glyphs.ts';
import { replaceUndrawable, sceneRoot } from './scene.ts';
import { REGULAR } from './scripts.ts';

/** 4096 × 4096: far above any report, far below what fills the memory. */
const MAX_PIXELS = 16_777_216;

interface Drawing {
  /** The chart as a PNG file. Throws when the spec is wrong, wants the network, or is too large. */
  png(spec: TopLevelSpec, scale: number): Promise<Uint8Array>;
  svg(spec: TopLevelSpec): Promise<string>;
}

/** Draws with vega, on this thread. */
export function createDrawing(): Drawing {
  const fontsFor = registerFonts();
  return {
    // Texts are set in the whole list of fonts, of which a spec knows the first.
    png(spec, scale) {
      const font = fontsFor(JSON.stringify(spec));
      return withView({ ...spec, config: { ...spec.config, font } }, async (view) => {
        const root = sceneRoot(view);
        const width = Math.ceil(root.bounds.width());
        const height = Math.ceil(root.bounds.height());
        if (!(width * height * scale * scale <= MAX_PIXELS)) {
          throw new Error(`a picture of ${width}×${height} at scale ${scale} is too large`);
        }
        replaceUndrawable(root, createReadable(font));
        // Typed as the browser's, but it is what the package "canvas" makes.
        const context = { fontVariationSettings: REGULAR };
        const canvas: unknown = await view.toCanvas(scale, { context });
        if (!(canvas instanceof Canvas)) throw new Error('vega found no canvas to draw on');
        return canvas.toBuffer('image/png');
      });
    },
    svg: (spec) => withView(spec, (view) => view.toSVG()),
  };
}

async function withView<T>(spec: TopLevelSpec, use: (view: View) => Promise<T>): Promise<T> {
  const problems: string[] = [];
  const logger = quietLogger(problems);
  const { spec: vega } = compile(spec, { logger });
  const view = new View(parse(vega), { renderer: 'none', loader: closedLoader(problems), logger });
  try {
    await view.runAsync();
    const result = await use(view);
    if (problems.length > 0) throw new Error(problems.join('; '));
    return result;
  } finally {
    view.finalize();
  }
}

/** A chart brings its own data: whatever it wants to fetch, from a disk or a network, is refused. */
function closedLoader(problems: string[]): Loader {
  async function refuse(uri: string): Promise<never> {
    problems.push(`a chart may not load ${uri}`);
    throw new Error(`a chart may not load ${uri}`);
  }
  return { load: refuse, sanitize: refuse, http: refuse, file: refuse };
}

/** Keeps errors; warnings are the guard test's business, not of the person who waits. */
function quietLogger(problems: string[]): LoggerInterface {
  const logger: LoggerInterface = {
    level: (() => logger) as LoggerInterface['level'],
    error(...messages) {
      problems.push(messages.map(String).join(' '));
      return logger;
    },
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}
