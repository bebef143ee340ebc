import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPage } from '../../../playground/page-bundle.ts';

let server: Server;
let url: string;
let early: Response;

beforeAll(async () => {
  server = createServer(express().use(createPage().handler));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  early = await fetch(url);
  await vi.waitFor(async () => expect((await fetch(url)).status).toBe(200), { timeout: 20_000 });
});
afterAll(() => {
  server.close();
});

test('whoever comes early gets a page that reloads itself', async () => {
  expect(early.status).toBe(503);
  expect(await early.text()).toContain('http-equiv="refresh"');
});

test('the page and everything it names are served, and nothing may come from elsewhere', async () => {
  const page = await fetch(url);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|https?:/);

  const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
  const types = await Promise.all(
    assets.map(async (path) => {
      const asset = await fetch(url + path);
      expect(asset.headers.get('cache-control')).toContain('immutable');
      return asset.headers.get('content-type');
    }),
  );
  expect(types.sort()).toEqual([
    'image/svg+xml',
    'text/css; charset=utf-8',
    'text/javascript; charset=utf-8',
  ]);
});

test('fonts are files of this server', async () => {
  const html = await (await fetch(url)).text();
  const css = await (await fetch(url + (/href="([^"]+\.css)"/.exec(html)?.[1] ?? ''))).text();
  const font = /url\(([^)]+\.woff2)\)/.exec(css)?.[1] ?? '';
  const served = await fetch(new URL(font, `${url}/assets/`));
  expect(served.headers.get('content-type')).toBe('font/woff2');
  expect(css).not.toMatch(/url\(["']?(?:https?:|data:font)/);
});

test('other paths are left to others', async () => {
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
});
