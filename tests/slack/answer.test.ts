import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, type RespondFn } from '@slack/bolt';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../../db/input-error.ts';
import { answerWith, send } from '../../src/slack/answer.ts';
import type { Shown } from '../../src/slack/present.ts';

/** What stands behind a `response_url`: what came in, and the next statuses; 0 breaks the connection. */
let received: { text: string; blocks: { type: string }[]; response_type: string }[];
let statuses: number[];
let url: string;

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  received.push(JSON.parse(body));
  const status = statuses.shift() ?? 200;
  if (status === 0) request.socket.destroy();
  else response.writeHead(status).end();
});

beforeEach(async () => {
  received = [];
  statuses = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** Bolt's own way to that address. */
async function respondOf(): Promise<RespondFn> {
  const app = new App({
    authorize: async () => ({}),
    receiver: { init() {}, start: async () => {}, stop: async () => {} },
  });
  const { promise, resolve, reject } = Promise.withResolvers<RespondFn>();
  app.error(async (error) => reject(error));
  app.command('/metrics', async ({ respond }) => resolve(respond));
  const body = { command: '/metrics', team_id: 'T1', user_id: 'UADA', response_url: url };
  await app.processEvent({ body, ack: async () => {} });
  return promise;
}

const words: Shown['blocks'][number] = { type: 'rich_text', elements: [] };
const picture = { type: 'image', alt_text: 'x', slack_file: { id: 'F1' } } as const;
const shown: Shown = { text: 'Stars', blocks: [words, picture] };
const log = pino({ level: 'silent' });
const looks = () => received.map(({ blocks }) => blocks.map(({ type }) => type).join(' '));

test('a picture that is not ready yet is waited for', async () => {
  statuses = [404, 404];
  await send(await respondOf(), shown, { isPublic: true, log });
  expect(looks()).toEqual(Array(3).fill('rich_text image'));
  expect(received[0]?.response_type).toBe('in_channel');
});

test('what Slack does not take is left out, at last all but the words', async () => {
  const respond = await respondOf();
  statuses = [404, 404, 404];
  await send(respond, shown, { log });
  expect(looks().slice(2)).toEqual(['rich_text image', 'rich_text']);
  received = [];
  statuses = [404, 404, 404, 404];
  await send(respond, shown, { log });
  expect(received.at(-1)).toMatchObject({ text: 'Stars', blocks: [], response_type: 'ephemeral' });
  received = [];
  statuses = [404];
  await send(respond, { text: 'Stars', blocks: [words] }, { log });
  expect(looks()).toEqual(['rich_text', '']);
  // A response_url takes five answers, so that there is no sixth attempt.
  received = [];
  statuses = [404, 404, 404, 404, 404];
  await expect(send(respond, shown, { log })).rejects.toThrow('404');
  expect(received).toHaveLength(5);
});

test('what Slack has no time for is sent again as it is', async () => {
  statuses = [429];
  await send(await respondOf(), shown, { log });
  expect(looks()).toEqual(['rich_text image', 'rich_text image']);
});

test('an error is answered with a sentence, and an answer that does not arrive with nothing more', async () => {
  const respond = await respondOf();
  await answerWith(respond, log, async () => {
    throw new InputError('Say what.');
  });
  expect(received).toMatchObject([{ text: 'Say what.', response_type: 'ephemeral' }]);
  received = [];
  statuses = [500];
  await answerWith(respond, log, async () => ({ shown, isPublic: true }));
  expect(received).toHaveLength(1);
});

test.each([0, 500])('an answer to one person alone is sent again (%i)', async (status) => {
  statuses = [status];
  await send(await respondOf(), shown, { log });
  expect(looks()).toEqual(['rich_text image', 'rich_text image']);
});

test.each([0, 500])(
  'an answer to everybody that may be out is not sent twice (%i)',
  async (status) => {
    statuses = [status];
    await expect(send(await respondOf(), shown, { isPublic: true, log })).rejects.toThrow();
    expect(received).toHaveLength(1);
  },
);
