import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { BundledFile } from './page-bundle.ts';

/** Bundles the page in memory: nothing is written to disk. */
async function bundlePage(): Promise<readonly BundledFile[]> {
  const result = await build({
    root: fileURLToPath(new URL('./page', import.meta.url)),
    configFile: false,
    envFile: false,
    publicDir: false,
    mode: 'production',
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      // It never leaves the machine: being ready sooner is worth more than being small.
      minify: false,
      cssMinify: false,
      // The page's policy forbids data: fonts, so that nothing may be inlined.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs
    .flatMap((output) => ('output' in output ? output.output : []))
    .map((file) => ({
      path: `/${file.fileName}`,
      body: Buffer.from(file.type === 'chunk' ? file.code : file.source),
    }));
}

const files = await bundlePage();
// Whoever asked may stop at any moment. Disconnecting earlier would cut the files short.
if (process.connected) process.send?.(files, () => process.connected && process.disconnect());
