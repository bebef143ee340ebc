import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { openSocket } from './socket.ts';
import { eventually, listenAs, pageOf, startServer, webClient } from './workspace.ts';

let server: WorkspaceServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const texts = (frames: readonly { payload: { event: Record<string, unknown> } }[]) =>
  frames.map((frame) => frame.payload.event.text);

describe('connecting', () => {
  test('greets with the app and the number of connections', async () => {
    await openSocket(server, true);
    const second = await openSocket(server, true);
    expect(second.frames[0]).toMatchObject({
      type: 'hello',
      num_connections: 2,
      connection_info: { app_id: 'ABOT' },
    });
  });

  test('an address works once', async () => {
    const { url } = await webClient(server, server.appToken).apps.connections.open({});
    const opened = (address: string) =>
      new Promise((resolve) => {
        const socket = new WebSocket(address);
        socket.on('open', () => resolve(true));
        socket.on('error', () => resolve(false));
      });
    expect(await opened(String(url))).toBe(true);
    expect(await opened(String(url))).toBe(false);
  });

  test('something that is no acknowledgement ends the connection, not the server', async () => {
    const { url } = await webClient(server, server.appToken).apps.connections.open({});
    const socket = new WebSocket(String(url));
    const code = new Promise((resolve) => socket.on('close', resolve));
    socket.on('open', () => socket.send('{'));
    expect(await code).toBe(1007);
    expect((await pageOf(server, 'UADA').state()).workspaceName).toBe('Tide Pool');
  });

  test('the page is told when the bot comes and goes', async () => {
    const live = await listenAs(server, 'UADA');
    const socket = await openSocket(server, true);
    await eventually(() =>
      expect(live.events).toEqual([
        { type: 'bot', connected: false },
        { type: 'bot', connected: true },
      ]),
    );
    socket.close();
    await eventually(() => expect(live.events.at(-1)).toEqual({ type: 'bot', connected: false }));
    live.close();
  });
});

describe('delivering', () => {
  test('an event carries what Slack says about it', async () => {
    const socket = await openSocket(server, true);
    await pageOf(server, 'UADA').say('CSEC', 'hello');
    await eventually(() => expect(socket.events()).toHaveLength(1));
    const [frame] = socket.events();
    expect(frame).toMatchObject({
      type: 'events_api',
      accepts_response_payload: false,
      retry_attempt: 0,
      payload: {
        type: 'event_callback',
        team_id: 'T1',
        context_team_id: 'T1',
        api_app_id: 'ABOT',
        event_id: expect.stringMatching(/^Ev/),
        is_ext_shared_channel: false,
        authorizations: [{ team_id: 'T1', user_id: 'UBOT', is_bot: true }],
        event: { type: 'message', channel: 'CSEC', channel_type: 'group', user: 'UADA' },
      },
    });
    expect(frame?.payload.event_time).toBe(Math.floor(Number(frame?.payload.event.ts)));
  });

  test('each event goes to one of several connections', async () => {
    const sockets = [await openSocket(server, true), await openSocket(server, true)];
    for (const text of ['a', 'b', 'c', 'd']) await pageOf(server, 'UADA').say('CGEN', text);
    await eventually(() => expect(sockets.flatMap((s) => s.events())).toHaveLength(4));
    expect(sockets.map((socket) => socket.events().length)).toEqual([2, 2]);
  });

  test('an unacknowledged event comes again, three times, with the same id', async () => {
    const own = await startServer({ timing: { ackMs: 150, retryMs: [0, 60, 120] } });
    const socket = await openSocket(own, false);
    await pageOf(own, 'UADA').say('CGEN', 'unheard');
    await eventually(() => expect(socket.events()).toHaveLength(4));
    const frames = socket.events();
    expect(frames.map((f) => [f.retry_attempt, f.retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    expect(new Set(frames.map((f) => f.payload.event_id)).size).toBe(1);
    expect(new Set(frames.map((f) => f.envelope_id)).size).toBe(4);
    await own.stop();
  });

  test('what a connection takes with it when it dies goes to another at once', async () => {
    const mute = await openSocket(server, false);
    await pageOf(server, 'UADA').say('CGEN', 'lost');
    await eventually(() => expect(mute.events()).toHaveLength(1));
    const other = await openSocket(server, true);
    mute.close();
    await eventually(() => expect(other.events()).toHaveLength(1));
    expect(other.events()[0]).toMatchObject({
      retry_attempt: 1,
      retry_reason: 'connection_failed',
    });
  });

  test('what happens while nobody is connected comes as a retry', async () => {
    await pageOf(server, 'UADA').say('CGEN', 'while away');
    const socket = await openSocket(server, true);
    await eventually(() => expect(texts(socket.events())).toEqual(['while away']));
    expect(socket.events()[0]?.retry_attempt).toBeGreaterThan(0);
  });

  test('after a disconnect nothing new goes to the old connection', async () => {
    const old = await openSocket(server, true);
    server.disconnect('refresh_requested');
    await eventually(() =>
      expect(old.frames.at(-1)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' }),
    );
    await pageOf(server, 'UADA').say('CGEN', 'between');
    const next = await openSocket(server, true);
    await eventually(() => expect(texts(next.events())).toEqual(['between']));
    expect(old.events()).toEqual([]);
  });

  test('nothing is heard of channels that the bot is not in', async () => {
    const socket = await openSocket(server, true);
    const ada = pageOf(server, 'UADA');
    await ada.say('CHID', 'private');
    await ada.say('CSIDE', 'public, without the bot');
    await ada.say('CGEN', 'heard');
    await eventually(() => expect(socket.events().length).toBeGreaterThan(0));
    expect(texts(socket.events())).toEqual(['heard']);
  });
});
