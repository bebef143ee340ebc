import { WebClient } from '@slack/web-api';
import { vi } from 'vitest';
import type { LiveEvent, MessagePage, State } from '../../../playground/protocol.ts';
import {
  startWorkspaceServer,
  type WorkspaceServer,
  type WorkspaceServerOptions,
} from '../../../playground/server/index.ts';
import type { SampleMessage, SampleWorkspace } from '../../../playground/workspace.ts';

/** A small workspace for tests: Ada and Bo, a public channel, two private ones. */

function user(id: string, name: string, realName: string) {
  return {
    id,
    name,
    realName,
    title: 'Maintainer',
    tz: 'Europe/Berlin',
    isBot: false,
    color: '#336699',
  };
}

export const BOT = 'UBOT';

export function message(ts: string, text: string, more: Partial<SampleMessage> = {}) {
  return { channel: 'CGEN', ts, user: 'UADA', text, ...more };
}

export const sample: SampleWorkspace = {
  team: { id: 'T1', name: 'Tide Pool', domain: 'tidepool' },
  bot: { userId: BOT, botId: 'BBOT', name: 'Groundswell' },
  users: [user('UADA', 'ada', 'Ada Möller'), user('UBO', 'bo', 'Bo <b>')],
  channels: [
    { id: 'CGEN', name: 'general', isPrivate: false, topic: 'All', members: ['UADA', BOT] },
    { id: 'CSIDE', name: 'side', isPrivate: false, topic: '', members: ['UADA', 'UBO'] },
    { id: 'CSEC', name: 'secret', isPrivate: true, topic: '', members: ['UADA', BOT] },
    { id: 'CHID', name: 'hidden', isPrivate: true, topic: '', members: ['UADA', 'UBO'] },
  ],
  messages: [
    message('1700000000.000100', 'first'),
    message('1700000001.000100', 'second', { editedTs: '1700000002.000000' }),
    message('1700000003.000100', 'reply', { threadTs: '1700000000.000100', user: 'UBO' }),
    message('1700000004.000100', 'private word', { channel: 'CSEC' }),
  ],
};

/** Minutes shortened, so that what takes long on Slack can be waited for. */
export const QUICK = { retryMs: [0, 300, 1000], processingMs: 30 };

/** Waits until `check` no longer throws; generous, for a machine that has much to do. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 10_000, interval: 10 });
}

export const HINTS = [{ command: '/metrics', usage: '/metrics', summary: 'Numbers' }];

export function startServer(
  options: Partial<WorkspaceServerOptions> = {},
): Promise<WorkspaceServer> {
  return startWorkspaceServer({ sample, port: 0, commands: HINTS, timing: QUICK, ...options });
}

export function webClient(server: WorkspaceServer, token = server.botToken): WebClient {
  return new WebClient(token, { slackApiUrl: server.apiUrl, retryConfig: { retries: 0 } });
}

/** The page's side of the conversation, as one person. */
export function pageOf(server: WorkspaceServer, me: string) {
  const address = (path: string) =>
    `${server.url}/playground/api/${path}${path.includes('?') ? '&' : '?'}user=${me}`;

  async function get<Answer>(path: string): Promise<Answer> {
    const answer = await fetch(address(path));
    return (await answer.json()) as Answer;
  }
  async function post(path: string, body: object) {
    const answer = await fetch(address(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  return {
    get,
    post,
    state: () => get<State>('state'),
    messages: (channel: string, more = '') =>
      get<MessagePage>(`messages?channel=${channel}${more}`),
    say: (channel: string, text: string, threadTs?: string) =>
      post('messages', { channel, text, ...(threadTs ? { threadTs } : {}) }),
  };
}

/** Listens to the page's WebSocket; `events` grows while it is open. */
export async function listenAs(server: WorkspaceServer, me: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/playground/live?user=${me}`);
  const events: LiveEvent[] = [];
  socket.addEventListener('message', ({ data }) => events.push(JSON.parse(String(data))));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  return { events, close: () => socket.close() };
}

/** A PNG of one pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
