import type { App, BlockAction } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlaygroundMessage } from '../../../playground/protocol.ts';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { appOf } from './app.ts';
import { eventually, listenAs, pageOf, startServer } from './workspace.ts';

let server: WorkspaceServer;
let app: App;
let ada: ReturnType<typeof pageOf>;

beforeEach(async () => {
  server = await startServer();
  ada = pageOf(server, 'UADA');
  app = appOf(server);
});

afterEach(async () => {
  await app.stop();
  await server.stop();
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = (action_id: string) => ({ type: 'button' as const, action_id, text: plain('Go') });
const actions = (...ids: string[]) => ({
  type: 'actions' as const,
  block_id: 'buttons',
  elements: ids.map(button),
});

async function lastMessage(me = ada): Promise<PlaygroundMessage | undefined> {
  return (await me.messages('CGEN')).messages.at(-1);
}

function press(message: PlaygroundMessage | undefined, actionId: string, me = ada) {
  return me.post('actions', {
    container: { type: 'message', channel: message?.channel, ts: message?.ts },
    action: { type: 'button', block_id: 'buttons', action_id: actionId, value: 'v' },
  });
}

describe('buttons of a message', () => {
  test('the click says who, where and what, and the answer can replace the message', async () => {
    const bodies: BlockAction[] = [];
    app.action('go', async ({ ack, body, respond }) => {
      await ack();
      bodies.push(body as BlockAction);
      await respond({ replace_original: true, text: 'replaced' });
    });
    await app.start();
    await app.client.chat.postMessage({ channel: 'CGEN', text: 'press', blocks: [actions('go')] });
    const message = await lastMessage();
    expect((await press(message, 'go')).status).toBe(200);

    await eventually(async () => expect(await lastMessage()).toMatchObject({ text: 'replaced' }));
    expect(await lastMessage()).not.toHaveProperty('blocks');
    expect(bodies[0]).toMatchObject({
      type: 'block_actions',
      team: { id: 'T1', domain: 'tidepool' },
      user: { id: 'UADA', username: 'ada' },
      container: { type: 'message', message_ts: message?.ts, is_ephemeral: false },
      channel: { id: 'CGEN', name: 'general' },
      message: { text: 'press', bot_id: 'BBOT' },
      actions: [{ action_id: 'go', block_id: 'buttons', value: 'v' }],
    });
    expect(bodies[0]?.trigger_id).toMatch(/\S/);
  });

  test('an answer that only one person sees is replaced and deleted for them alone', async () => {
    app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: 'again', blocks: [actions('gone')] });
    });
    app.action('gone', async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
    await app.start();
    await app.client.chat.postEphemeral({
      channel: 'CGEN',
      user: 'UADA',
      text: 'only you',
      blocks: [actions('go')],
    });
    const live = await listenAs(server, 'UBO');
    await press(await lastMessage(), 'go');
    await eventually(async () => expect(await lastMessage()).toMatchObject({ text: 'again' }));
    await press(await lastMessage(), 'gone');
    await eventually(async () => expect(await lastMessage()).toMatchObject({ text: 'second' }));
    expect(live.events.every((event) => event.type === 'bot')).toBe(true);
    live.close();
  });

  test('choices are remembered in state', async () => {
    const states: unknown[] = [];
    app.action(/.*/, async ({ ack, body }) => {
      await ack();
      states.push((body as BlockAction).state?.values);
    });
    await app.start();
    const options = [{ text: plain('30 days'), value: '30d' }];
    const select = { type: 'static_select' as const, action_id: 'range', options };
    await app.client.chat.postMessage({
      channel: 'CGEN',
      text: 'choose',
      blocks: [{ type: 'actions', block_id: 'buttons', elements: [select, button('go')] }],
    });
    const message = await lastMessage();
    const choice = { type: 'static_select', selected_option: options[0] };
    await ada.post('actions', {
      container: { type: 'message', channel: 'CGEN', ts: message?.ts },
      action: { ...choice, block_id: 'buttons', action_id: 'range' },
    });
    await press(message, 'go');
    await eventually(() => expect(states).toHaveLength(2));
    expect(states[1]).toEqual({ buttons: { range: choice } });
  });

  test('without a bot the person is told so', async () => {
    server.store.messages.post({ channel: 'CGEN', user: 'UBOT', text: 'old' });
    const answer = await press(await lastMessage(), 'go');
    expect(answer).toMatchObject({ status: 400, body: { error: /did not answer/ } });
  });

  test('what one cannot see cannot be pressed', async () => {
    await app.start();
    const { ts } = server.store.messages.post({ channel: 'CSEC', user: 'UBOT', text: 'secret' });
    const message = { channel: 'CSEC', ts, user: 'UBOT', text: '' };
    expect((await press(message, 'go', pageOf(server, 'UBO'))).status).toBe(400);
  });
});
