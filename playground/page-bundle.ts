import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestHandler, Response } from 'express';

// Express comes along with Bolt, what the page is made with only with the development dependencies:
// where they were left out, importing the playground must fail, and not its page later.
import.meta.resolve('vite');

/** A file of the page: its path on the server, and its bytes. */
export interface BundledFile {
  readonly path: string;
  readonly body: Uint8Array;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const notYet = page(
  'The page is being put together; it will open by itself in a moment.',
  '<meta http-equiv="refresh" content="1">',
);
const failed = page('The page could not be put together: the terminal says why.');

interface Page {
  readonly handler: RequestHandler;
  /** Bundles the page now, and not only when somebody first asks for it. */
  prepare(): void;
}

/**
 * The playground's page. It is bundled once, in a process of its own, so that the bot's answers
 * never wait for it and the bundler's memory is given back; until it is there, people get a tiny
 * page that reloads itself. A bundle that fails is said on the console once, and in the browser.
 */
export function createPage(): Page {
  let files: ReadonlyMap<string, Uint8Array> | undefined;
  let begun = false;
  let broken = false;

  function prepare(): void {
    if (begun) return;
    begun = true;
    bundle().then(
      (bundled) => {
        files = new Map(bundled.map((file) => [file.path, file.body]));
      },
      (error) => {
        broken = true;
        console.error("The playground's page could not be bundled.", error);
      },
    );
  }

  const handler: RequestHandler = (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    prepare();
    const path = req.path === '/' ? '/index.html' : req.path;
    res.set({ 'content-security-policy': policy, 'x-content-type-options': 'nosniff' });
    const body = files?.get(path);
    if (body) send(res, path, body);
    else if (path !== '/index.html') next();
    else if (broken) res.status(500).type('html').send(failed);
    else res.status(503).set('retry-after', '1').type('html').send(notYet);
  };

  return { handler, prepare };
}

function send(res: Response, path: string, body: Uint8Array): void {
  res.set({
    'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
    // Every asset's name carries a hash of what is in it; only the page itself changes in place.
    'cache-control': path === '/index.html' ? 'no-cache' : 'max-age=31536000, immutable',
    'referrer-policy': 'no-referrer',
  });
  res.end(body);
}

function bundle(): Promise<readonly BundledFile[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./page-bundle-process.ts', import.meta.url)), {
      // React's production build, whatever the environment says; nothing else of it matters.
      env: { NODE_ENV: 'production' },
      execArgv: [],
      serialization: 'advanced',
    });
    child.once('message', (files: readonly BundledFile[]) => resolve(files));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The bundling ended early, with ${code}.`)));
    // A page that nobody waits for must not keep the process alive.
    child.unref();
    child.channel?.unref();
  });
}

function page(words: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>Playground</title>${head}</head><body><p>${words}</p></body></html>`;
}
