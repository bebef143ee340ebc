import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { WebAPICallResult } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { appOf } from './app.ts';
import { eventually, listenAs, PIXEL, pageOf, QUICK, startServer } from './workspace.ts';

/** What uploadV2 answers; its own type does not say. */
type UploadAnswer = WebAPICallResult & { files: { files: { id: string }[] }[] };

let server: WorkspaceServer;
let app: App;

beforeEach(async () => {
  server = await startServer();
  app = appOf(server);
});

afterEach(async () => {
  await app.stop();
  await server.stop();
});

test('a command is answered to the person who asked, and to nobody else', async () => {
  app.command('/metrics', async ({ ack, command, respond }) => {
    await ack();
    await respond({ text: `you said ${command.text}`, response_type: 'ephemeral' });
  });
  await app.start();
  const live = await listenAs(server, 'UADA');

  await pageOf(server, 'UADA').say(
    'CGEN',
    '/metrics stars #general @ada <b> https://example.org/a',
  );

  const text = 'you said stars <#CGEN|general> <@UADA|ada> &lt;b&gt; <https://example.org/a>';
  await eventually(async () => {
    const { messages } = await pageOf(server, 'UADA').messages('CGEN');
    expect(messages.at(-1)).toMatchObject({ text, user: 'UBOT', visibleOnlyTo: 'UADA' });
  });
  expect(live.events).toContainEqual(
    expect.objectContaining({ type: 'message', message: expect.objectContaining({ text }) }),
  );
  const others = await pageOf(server, 'UBO').messages('CGEN');
  expect(others.messages.map((m) => m.text)).not.toContain(text);
  live.close();
});

test('a picture is uploaded, processed and shown', async () => {
  app.command('/metrics', async ({ ack, client, command }) => {
    await ack();
    const upload = await client.files.uploadV2({
      file: PIXEL,
      filename: 'chart.png',
      title: 'Stars',
      alt_text: 'One pixel',
    });
    const id = (upload as UploadAnswer).files[0]?.files[0]?.id ?? '';
    await eventually(async () => {
      const { file } = await client.files.info({ file: id });
      expect(file?.mimetype).toBe('image/png');
    });
    await client.chat.postMessage({
      channel: command.channel_id,
      text: 'Stars',
      blocks: [{ type: 'image', slack_file: { id }, alt_text: 'One pixel' }],
    });
  });
  await app.start();
  await pageOf(server, 'UADA').say('CGEN', '/metrics stars');

  await eventually(async () => {
    const { messages } = await pageOf(server, 'UBO').messages('CGEN');
    const block = messages.at(-1)?.blocks?.[0];
    expect(block).toMatchObject({ type: 'image', image_width: 1, image_height: 1 });
    const bytes = await fetch(`${server.url}${block?.image_url}`);
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(PIXEL);
  });
});

test('messages reach the app as events, its own ones too', async () => {
  const heard: { text?: string; bot_id?: string; thread_ts?: string }[] = [];
  app.event('message', async ({ event }) => {
    heard.push(event as (typeof heard)[number]);
  });
  await app.start();
  const ada = pageOf(server, 'UADA');
  await ada.say('CGEN', 'hello & welcome');
  await ada.say('CGEN', 'a reply', '1700000000.000100');
  await ada.say('CHID', 'not for the bot');
  await app.client.chat.postMessage({ channel: 'CGEN', text: 'from the bot' });

  await eventually(() => expect(heard).toHaveLength(3));
  const byText = Object.fromEntries(heard.map((event) => [event.text, event]));
  expect(byText['hello &amp; welcome']).toMatchObject({ user: 'UADA', channel_type: 'channel' });
  expect(byText['a reply']).toMatchObject({ thread_ts: '1700000000.000100' });
  expect(byText['from the bot']).toMatchObject({ user: 'UBOT', bot_id: 'BBOT' });
});

test('an app that Slack sends away comes back, and misses nothing', async () => {
  const own = await startServer({ timing: { ...QUICK, retryMs: [0, 400, 800] } });
  const clientOptions = { slackApiUrl: own.apiUrl };
  const returning = new App({
    token: own.botToken,
    receiver: new SocketModeReceiver({
      appToken: own.appToken,
      clientPingTimeout: 200,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: { ...clientOptions } },
    }),
    logLevel: LogLevel.ERROR,
    clientOptions,
  });
  const heard: unknown[] = [];
  returning.event('message', async ({ event }) => {
    heard.push('text' in event ? event.text : event.subtype);
  });
  await returning.start();
  own.disconnect('refresh_requested');
  await pageOf(own, 'UADA').say('CGEN', 'between two connections');
  await eventually(() => expect(heard).toEqual(['between two connections']));
  await returning.stop();
  await own.stop();
});
