import { App, type BlockAction, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PlaygroundMessage } from '../../../playground/protocol.ts';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { listenAs, pageOf, startServer } from './workspace.ts';

let server: WorkspaceServer;
let app: App;
let ada: ReturnType<typeof pageOf>;

beforeEach(async () => {
  server = await startServer();
  ada = pageOf(server, 'UADA');
  app = new App({
    token: server.botToken,
    appToken: server.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: server.apiUrl },
  });
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

    await vi.waitFor(async () => expect(await lastMessage()).toMatchObject({ text: 'replaced' }));
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
    await vi.waitFor(async () => expect(await lastMessage()).toMatchObject({ text: 'again' }));
    await press(await lastMessage(), 'gone');
    await vi.waitFor(async () => expect(await lastMessage()).toMatchObject({ text: 'second' }));
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
    await vi.waitFor(() => expect(states).toHaveLength(2));
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

describe('modals', () => {
  const modal = (more: object = {}) => ({
    type: 'modal' as const,
    callback_id: 'track',
    private_metadata: 'kept',
    title: plain('Track'),
    submit: plain('Save'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'repo',
        label: plain('Repository'),
        element: { type: 'plain_text_input' as const, action_id: 'name' },
      },
    ],
    ...more,
  });
  const entered = (value: string) => ({
    repo: { name: { type: 'plain_text_input', value } },
  });

  /** Opens `view` by a command, and answers the view that the page is shown. */
  async function opened(view = modal()) {
    app.command('/metrics', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view });
    });
    await app.start();
    const live = await listenAs(server, 'UADA');
    await ada.say('CGEN', '/metrics track');
    await vi.waitFor(() => expect(live.events.some((e) => e.type === 'view')).toBe(true));
    const event = live.events.find((e) => e.type === 'view');
    if (event?.type !== 'view') throw new Error('waited for it');
    return { live, id: event.view.id, shown: event.view };
  }

  test('what was entered arrives, and the window closes', async () => {
    const submissions: unknown[] = [];
    app.view('track', async ({ ack, view, body }) => {
      await ack();
      submissions.push([view.state.values, view.private_metadata, body.user.id]);
    });
    const { live, id, shown } = await opened();
    expect(shown).toMatchObject({ type: 'modal', title: 'Track', submit: 'Save' });
    const answer = await ada.post('views/submit', { viewId: id, values: entered('a/b') });
    expect(answer).toEqual({ status: 200, body: {} });
    expect(submissions).toEqual([[entered('a/b'), 'kept', 'UADA']]);
    expect(live.events).toContainEqual({ type: 'viewClosed', viewId: id });
    live.close();
  });

  test('required fields are asked for before the app is', async () => {
    const { live, id } = await opened();
    const answer = await ada.post('views/submit', { viewId: id, values: entered('') });
    expect(answer.body).toEqual({ errors: { repo: 'This is a required field.' } });
    live.close();
  });

  test("the app's errors keep it open, its update changes it, clear closes all", async () => {
    const responses = [
      { response_action: 'errors' as const, errors: { repo: 'No such repository' } },
      { response_action: 'update' as const, view: modal({ title: plain('Again') }) },
      { response_action: 'push' as const, view: modal({ title: plain('On top') }) },
    ];
    app.view('track', async ({ ack }) => {
      const response = responses.shift();
      await (response ? ack(response) : ack({ response_action: 'clear' }));
    });
    const { live, id } = await opened();
    const submit = (viewId = id) => ada.post('views/submit', { viewId, values: entered('a/b') });
    expect((await submit()).body).toEqual({ errors: { repo: 'No such repository' } });
    await submit();
    await submit();
    await vi.waitFor(() =>
      expect(live.events.flatMap((e) => (e.type === 'view' ? [e.view.title] : []))).toEqual([
        'Track',
        'Again',
        'On top',
      ]),
    );
    const top = live.events.findLast((e) => e.type === 'view');
    await submit(top?.type === 'view' ? top.view.id : '');
    await vi.waitFor(() =>
      expect(live.events.filter((e) => e.type === 'viewClosed')).toHaveLength(2),
    );
    live.close();
  });

  test('closing is told where the app asked for it', async () => {
    const closed: string[] = [];
    app.view({ callback_id: 'track', type: 'view_closed' }, async ({ ack, view }) => {
      await ack();
      closed.push(view.id);
    });
    const { live, id } = await opened(modal({ notify_on_close: true }));
    await ada.post('views/close', { viewId: id });
    expect(closed).toEqual([id]);
    expect((await ada.post('views/close', { viewId: id })).status).toBe(400);
    live.close();
  });

  test('a trigger opens one window, and only a valid one', async () => {
    const errors: string[] = [];
    app.command('/metrics', async ({ ack, client, command }) => {
      await ack();
      const view = modal();
      const attempt = (trigger_id: string, content: object) =>
        client.views
          .open({ trigger_id, view: { ...view, ...content } })
          .then(() => errors.push('none'))
          .catch((error) => errors.push(error.data.error));
      await attempt(command.trigger_id, { title: plain('x'.repeat(25)) });
      await attempt(command.trigger_id, {});
      await attempt(command.trigger_id, {});
      await attempt('1.2.3', {});
    });
    await app.start();
    await ada.say('CGEN', '/metrics track');
    await vi.waitFor(() => expect(errors).toHaveLength(4));
    expect(errors).toEqual([
      'invalid_arguments',
      'none',
      'exchanged_trigger_id',
      'invalid_trigger_id',
    ]);
  });
});
