import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { PIXEL, startServer, webClient } from './workspace.ts';

let server: WorkspaceServer;
beforeEach(async () => {
  server = await startServer({
    page: (request, response) => void response.send(`the page at ${request.path}`),
  });
});
afterEach(() => server.stop());

/** Answers the status of a request that pretends to come from elsewhere. */
function statusFor(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const path = '/playground/api/state?user=UADA';
    request({ host: '127.0.0.1', port: server.port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('are open to this machine only', async () => {
  expect(await statusFor({})).toBe(200);
  expect(await statusFor({ host: `[::1]:${server.port}` })).toBe(200);
  expect(await statusFor({ host: 'evil.example' })).toBe(403);
  expect(await statusFor({ host: 'localhost.evil.example' })).toBe(403);
  expect(await statusFor({ origin: 'https://evil.example' })).toBe(403);
  expect(await statusFor({ origin: 'null' })).toBe(403);
  expect(await statusFor({ origin: server.url })).toBe(200);
});

test('WebSockets too', async () => {
  const opened = (path: string, headers: Record<string, string>) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
      socket.on('open', () => resolve(true));
      socket.on('error', () => resolve(false));
    });
  const live = '/playground/live?user=UADA';
  expect(await opened(live, { origin: server.url })).toBe(true);
  expect(await opened(live, { origin: 'https://evil.example' })).toBe(false);
  expect(await opened('/playground/live?user=UNO', {})).toBe(false);
  expect(await opened('/link/?ticket=guess', {})).toBe(false);
  expect(await opened('/elsewhere', {})).toBe(false);
});

test('lead to the page for everything else', async () => {
  const answer = await fetch(`${server.url}/channels/general`);
  expect(await answer.text()).toBe('the page at /channels/general');
});

test('a taken port is an error', async () => {
  await expect(startServer({ port: server.port })).rejects.toThrow(/EADDRINUSE/);
});

test('files need a token where Slack asks for one, and never run', async () => {
  const client = webClient(server);
  const name = 'a b.svg';
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const length = Buffer.byteLength(svg);
  const slot = await client.files.getUploadURLExternal({ filename: name, length });
  const upload = () => fetch(String(slot.upload_url), { method: 'POST', body: svg });
  expect((await upload()).status).toBe(200);
  expect((await upload()).status).toBe(404);
  const files: [{ id: string }] = [{ id: String(slot.file_id) }];
  const { files: done } = await client.files.completeUploadExternal({ files });
  expect(done?.[0]).toMatchObject({ name, mimetype: '' });
  await expect
    .poll(async () => (await client.files.info({ file: files[0].id })).file?.mimetype, {
      timeout: 10_000,
    })
    .toBe('image/svg+xml');
  const { file } = await client.files.info({ file: files[0].id });

  const open = await fetch(String(file?.permalink));
  expect(await open.text()).toBe(svg);
  expect(open.headers.get('content-security-policy')).toMatch(/^sandbox/);
  const headers = { authorization: `Bearer ${server.botToken}` };
  expect((await fetch(String(file?.url_private))).status).toBe(403);
  expect((await fetch(String(file?.url_private), { headers })).status).toBe(200);
  const wrong = await client.files.getUploadURLExternal({ filename: 'a.png', length: 1 });
  const answer = await fetch(String(wrong.upload_url), {
    method: 'POST',
    body: new Uint8Array(PIXEL),
  });
  expect(answer.status).toBe(400);
});
