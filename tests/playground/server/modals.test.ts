import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
  await eventually(() => expect(live.events.some((e) => e.type === 'view')).toBe(true));
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

test('a page that is loaded anew shows the windows that are open, and can close them', async () => {
  const { live, id, shown } = await opened();
  live.close();
  for (let reload = 0; reload < 4; reload += 1) {
    const anew = await listenAs(server, 'UADA');
    const views = () => anew.events.flatMap((event) => (event.type === 'view' ? [event.view] : []));
    await eventually(() => expect(views()).toEqual([shown]));
    anew.close();
  }
  const bo = await listenAs(server, 'UBO');
  await ada.post('views/close', { viewId: id });
  const ends = await listenAs(server, 'UADA');
  for (const { events } of [bo, ends]) {
    await eventually(() => expect(events).toEqual([{ type: 'bot', connected: true }]));
  }
  bo.close();
  ends.close();
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
  await eventually(() =>
    expect(live.events.flatMap((e) => (e.type === 'view' ? [e.view.title] : []))).toEqual([
      'Track',
      'Again',
      'On top',
    ]),
  );
  const top = live.events.findLast((e) => e.type === 'view');
  await submit(top?.type === 'view' ? top.view.id : '');
  await eventually(() =>
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
  await eventually(() => expect(errors).toHaveLength(4));
  expect(errors).toEqual([
    'invalid_arguments',
    'none',
    'exchanged_trigger_id',
    'invalid_trigger_id',
  ]);
});
