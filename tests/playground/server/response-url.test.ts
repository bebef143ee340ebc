import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { type AppSocket, openSocket } from './socket.ts';
import { eventually, HINTS, pageOf, QUICK, startServer } from './workspace.ts';

let server: WorkspaceServer;
let socket: AppSocket;

beforeEach(async () => {
  server = await startServer({ timing: { ...QUICK, responseUrlMs: 300 } });
  socket = await openSocket(server, true);
});
afterEach(() => server.stop());

async function command(text: string, channel = 'CGEN'): Promise<Record<string, unknown>> {
  await pageOf(server, 'UADA').say(channel, text);
  const frame = socket.frames.findLast((each) => each.type === 'slash_commands');
  return frame?.payload ?? {};
}

async function answer(url: unknown, body: object): Promise<[number, string]> {
  const response = await fetch(String(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return [response.status, await response.text()];
}

const texts = async (me: string) =>
  (await pageOf(server, me).messages('CGEN')).messages.map((message) => message.text);

test('a command says everything that Slack says', async () => {
  expect(await command('/metrics  stars  30d ')).toMatchObject({
    command: '/metrics',
    text: 'stars  30d',
    team_id: 'T1',
    team_domain: 'tidepool',
    channel_id: 'CGEN',
    channel_name: 'general',
    user_id: 'UADA',
    user_name: 'ada',
    api_app_id: 'ABOT',
  });
  expect(await command('/metrics', 'CSEC')).toMatchObject({
    text: '',
    channel_name: 'privategroup',
  });
});

test('five answers, then no more', async () => {
  const { response_url: url } = await command('/metrics stars');
  for (let use = 1; use <= 5; use += 1) {
    expect(await answer(url, { text: `answer ${use}` })).toEqual([200, 'ok']);
  }
  expect(await answer(url, { text: 'sixth' })).toEqual([404, 'used_url']);
  expect(await texts('UADA')).toContain('answer 5');
  expect(await texts('UADA')).not.toContain('sixth');
  expect(await texts('UBO')).not.toContain('answer 5');
});

test('for a while, then no more', async () => {
  const { response_url: url } = await command('/metrics stars');
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect(await answer(url, { text: 'late' })).toEqual([404, 'expired_url']);
});

test('to all who are in the channel when it says so', async () => {
  const { response_url: url } = await command('/metrics stars');
  await answer(url, { text: 'for all', response_type: 'in_channel' });
  expect(await texts('UBO')).toContain('for all');
  await eventually(() =>
    expect(socket.events()[0]?.payload.event).toMatchObject({ text: 'for all', bot_id: 'BBOT' }),
  );
});

test('what is wrong is a 404 with a word, and costs no use', async () => {
  const { response_url: url } = await command('/metrics stars');
  const blocks = [{ type: 'image', alt_text: 'x', slack_file: { id: 'FNONE' } }];
  for (let use = 1; use <= 6; use += 1) {
    expect(await answer(url, { text: 'x', blocks })).toEqual([404, 'invalid_blocks']);
  }
  expect(await answer(url, {})).toEqual([404, 'no_text']);
  expect(await answer(url, { text: 'fine' })).toEqual([200, 'ok']);
  expect(await answer(`${server.url}/commands/T1/1/unknown`, { text: 'x' })).toEqual([
    404,
    'no_active_hooks',
  ]);
});

test("a command's own answer cannot be replaced: it comes as a new one", async () => {
  const { response_url: url } = await command('/metrics stars');
  await answer(url, { text: 'thinking' });
  await answer(url, { text: 'done', replace_original: true });
  expect((await texts('UADA')).slice(-2)).toEqual(['thinking', 'done']);
});

test('an acknowledgement may carry the answer', async () => {
  socket.close();
  const speaker = await openSocket(server, false);
  const said = pageOf(server, 'UADA').say('CGEN', '/metrics help');
  await eventually(() => expect(speaker.frames).toHaveLength(2));
  const [, frame] = speaker.frames;
  if (frame) speaker.ack(frame, { text: 'at once' });
  await said;
  expect((await texts('UADA')).at(-1)).toBe('at once');
});

test('when nobody answers, the person is told in words that Slack uses', async () => {
  const own = await startServer({ timing: { ackMs: 50 } });
  await openSocket(own, false);
  await pageOf(own, 'UADA').say('CGEN', '/metrics stars');
  const last = async (me: string) => (await pageOf(own, me).messages('CGEN')).messages.at(-1);
  expect((await last('UADA'))?.text).toBe('/metrics failed with the error "operation_timeout"');
  expect((await last('UBO'))?.text).toBe('second');
  await own.stop();
});

test('when nobody is connected, likewise', async () => {
  const own = await startServer();
  const page = pageOf(own, 'UADA');
  expect(await page.say('CGEN', '/metrics stars')).toEqual({ status: 200, body: {} });
  const { messages } = await page.messages('CGEN');
  expect(messages.at(-1)).toMatchObject({
    text: '/metrics failed with the error "dispatch_failed"',
    visibleOnlyTo: 'UADA',
  });
  await own.stop();
});

test('with no command declared, all go to the app', async () => {
  const own = await startServer({ commands: [] });
  const app = await openSocket(own, true);
  await pageOf(own, 'UADA').say('CGEN', '/anything at all');
  expect(app.frames.at(-1)?.payload).toMatchObject({ command: '/anything', text: 'at all' });
  await own.stop();
});

test('a command that nobody registered is refused in words', async () => {
  expect(HINTS.map((hint) => hint.command)).toEqual(['/metrics']);
  const { status, body } = await pageOf(server, 'UADA').say('CGEN', '/giphy cats');
  expect(status).toBe(400);
  expect(body.error).toMatch(/\/giphy is not a command here/);
  expect((await pageOf(server, 'UADA').say('CGEN', '/metrics', '1700000000.000100')).status).toBe(
    400,
  );
});
