import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { methods } from '../../../playground/server/methods/index.ts';
import { readView } from '../../../playground/server/methods/views.ts';
import { shared } from '../../shared.ts';
import { startServer, webClient } from './workspace.ts';

/** Slack's own example answers, where they lie beside the checkout. */
const folder = shared('fixtures/slack-events/slack-api-specs/web-api');
const examples = folder
  ? readdirSync(folder).flatMap((file) => {
      const [, method = '', kind] = /^(.+)\.(ok|error)\.json$/.exec(file) ?? [];
      const answer: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return method in methods ? [{ method, kind, answer }] : [];
    })
  : [];
const ok = examples.filter(({ kind }) => kind === 'ok');
const errors = examples.filter(({ kind }) => kind === 'error');

let server: WorkspaceServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const home = { type: 'home', blocks: [{ type: 'divider' }] };
const label = (text: string) => ({ type: 'plain_text', text, emoji: true });
const modal = { type: 'modal', title: label('Track'), close: label('Close'), blocks: [] };

/** Arguments that each method takes gladly; functions make what they need first. */
const GOOD: Readonly<Record<string, () => object | Promise<object>>> = {
  'chat.update': async () => ({
    channel: 'CGEN',
    text: 'b',
    ts: (await webClient(server).chat.postMessage({ channel: 'CGEN', text: 'a' })).ts,
  }),
  'chat.getPermalink': () => ({ channel: 'CGEN', message_ts: '1700000000.000100' }),
  'conversations.history': () => ({ channel: 'CGEN', limit: 1 }),
  'conversations.info': () => ({ channel: 'CGEN' }),
  'conversations.join': () => ({ channel: 'CGEN' }),
  'conversations.open': () => ({ users: 'UADA' }),
  'users.info': () => ({ user: 'UADA' }),
  'views.publish': () => ({ user_id: 'UADA', view: home }),
  'reactions.remove': async () => {
    const place = { channel: 'CGEN', timestamp: '1700000000.000100', name: 'tada' };
    await webClient(server).reactions.add(place);
    return place;
  },
  'views.update': () => {
    const { store } = server;
    const { id } = store.views.push('UADA', readView(store, modal, 'modal'));
    return { view_id: id, view: modal };
  },
};

/** Arguments that call forth the error of the example, where its own name does not say. */
const BAD: Readonly<Record<string, object>> = {
  'api.test': { error: 'my_error' },
  'chat.delete': { channel: 'CGEN', ts: '1.000001' },
  'chat.getPermalink': { channel: 'CNONE', message_ts: '1.000001' },
  'conversations.replies': { channel: 'CGEN', ts: '1.000001' },
  'reactions.add': { channel: 'CGEN', timestamp: '1700000000.000100', name: 'wave' },
  'users.info': { user: 'UNONE' },
  'users.list': { cursor: 'nonsense' },
  'views.update': { view_id: 'VNONE', view: home },
};

/**
 * Left out on purpose: addresses and pictures of people, security settings, and what Slack's own
 * reference calls optional or no longer sends to bots.
 */
const OPTIONAL = new Set([
  ...['email', 'has_2fa', 'image_24', 'image_32', 'image_48', 'image_72', 'image_192'],
  ...['image_512', 'image_original', 'image_36', 'team'],
  ...['last_read', 'locale', 'is_read_only', 'parent_conversation', 'next_cursor'],
]);

/** Every key of `example`, as a path; lists are compared by their first entry. */
function keysOf(example: unknown, path = ''): string[] {
  if (Array.isArray(example)) return example.length > 0 ? keysOf(example[0], `${path}[]`) : [];
  if (typeof example !== 'object' || example === null) return [];
  return Object.entries(example)
    .filter(([key]) => !OPTIONAL.has(key) && key !== 'blocks')
    .flatMap(([key, value]) => [`${path}.${key}`, ...keysOf(value, `${path}.${key}`)]);
}

async function call(method: string, args: object, token = server.botToken): Promise<object> {
  const response = await fetch(server.apiUrl + method, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return response.json() as Promise<object>;
}

describe.skipIf(examples.length === 0)("Slack's example answers (need ../shared)", () => {
  test.each(ok)('$method has every key of the example', async ({ method, answer }) => {
    const ours = await call(method, (await GOOD[method]?.()) ?? {});
    expect(ours).toMatchObject({ ok: true });
    expect(keysOf(ours)).toEqual(expect.arrayContaining(keysOf(answer)));
  });

  test.each(errors)('$method answers the error of the example', async ({ method, answer }) => {
    const { error } = answer as { error: string };
    const token = error === 'invalid_auth' ? 'xoxb-wrong' : server.botToken;
    if (method === 'reactions.add') await call(method, BAD[method] ?? {});
    expect(await call(method, BAD[method] ?? {}, token)).toMatchObject({ ok: false, error });
  });
});
