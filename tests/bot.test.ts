import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { addDays, dayOf } from '../db/days.ts';
import { type Db, IN_MEMORY, openDatabase } from '../db/open.ts';
import type { LiveEvent, PlaygroundMessage } from '../playground/protocol.ts';
import { sampleSeries } from '../playground/sample/series.ts';
import { sampleWorkspace } from '../playground/sample/workspace.ts';
import { seed } from '../playground/seed.ts';
import { startWorkspaceServer } from '../playground/server/index.ts';
import { type Bot, startBot } from '../src/bot.ts';
import { readConfig } from '../src/config.ts';

const TOKENS = { botToken: 'xoxb-test', appToken: 'xapp-test' };
const yesterday = addDays(dayOf(Date.now()), -1);
const sample = sampleWorkspace(yesterday);

/** Answers as GitHub does for one repository, and 404 for all others. */
function startGithub(): Promise<Server> {
  const server = createServer((request, response) => {
    const isKnown = request.url?.startsWith('/repos/sails/dinghy') ?? false;
    const isHistory = request.url?.includes('/stargazers/history') ?? false;
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    const repository = {
      id: 1,
      name: 'dinghy',
      full_name: 'Sails/Dinghy',
      created_at: '2026-01-01T00:00:00Z',
      stargazers_count: 321,
      forks_count: 12,
      open_issues_count: 3,
      subscribers_count: 9,
    };
    const body = isKnown ? (isHistory ? [] : repository) : { message: 'Not Found' };
    response.end(JSON.stringify(body));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

let server: Awaited<ReturnType<typeof startWorkspaceServer>>;
let github: Server;
let db: Db;
let bot: Bot;

beforeAll(async () => {
  github = await startGithub();
  server = await startWorkspaceServer({ sample, port: 0, ...TOKENS, commands: [] });
  db = openDatabase(IN_MEMORY);
  seed(db, sample, sampleSeries(yesterday));
  const { port } = github.address() as AddressInfo;
  bot = await startBot({
    config: readConfig({ GITHUB_API_URL: `http://127.0.0.1:${port}` }),
    slack: { ...TOKENS, apiUrl: server.apiUrl },
    db,
    isSample: true,
    log: pino({ level: 'silent' }),
  });
});

afterAll(async () => {
  await bot?.stop();
  await server?.stop();
  db?.close();
  github?.close();
});

const channelNamed = (name: string) => sample.channels.find((channel) => channel.name === name);
const general = channelNamed('general')?.id ?? '';
const maintainers = channelNamed('maintainers');
const people = sample.users.filter(({ isBot }) => !isBot).map(({ id }) => id);
const insider = people.find((id) => maintainers?.members.includes(id)) ?? '';
const outsider = people.find((id) => !maintainers?.members.includes(id)) ?? '';

async function post(user: string, channel: string, text: string): Promise<void> {
  const response = await fetch(`${server.url}/playground/api/messages?user=${user}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel, text }),
  });
  expect(response.status, await response.text()).toBe(200);
}

/** Types `text` as `user`, and answers with the first thing that the bot then says to them. */
async function say(user: string, text: string, channel = general): Promise<PlaygroundMessage> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/playground/live?user=${user}`);
  await new Promise((resolve) => socket.once('open', resolve));
  const answer = new Promise<PlaygroundMessage>((resolve) => {
    socket.on('message', (data) => {
      const event = JSON.parse(String(data)) as LiveEvent;
      if (event.type === 'message' && event.message.user === sample.bot.userId) {
        resolve(event.message);
      }
    });
  });
  await post(user, channel, text);
  const message = await answer;
  socket.close();
  return message;
}

/** All the text of a message's blocks. */
function wordsOf({ blocks }: PlaygroundMessage): string {
  const texts: string[] = [];
  JSON.stringify(blocks, (key, value) => {
    if ((key === 'text' || key === 'alt_text') && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}

function pictureOf({ blocks }: PlaygroundMessage): Record<string, unknown> | undefined {
  return blocks?.find(({ type }) => type === 'image');
}

describe('/metrics in a workspace', () => {
  test('stars: a picture with alternative text, only for the asker, labelled as sample data', async () => {
    const message = await say(outsider, '/metrics stars');
    expect(message.visibleOnlyTo).toBe(outsider);
    const picture = pictureOf(message);
    expect(picture?.alt_text).toMatch(/stars/i);
    expect(wordsOf(message)).toContain('Sample data');
    const file = await fetch(new URL(String(picture?.image_url), server.url));
    expect(file.headers.get('content-type')).toBe('image/png');
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
  });

  test('top-users: names are plain text and ping nobody', async () => {
    const message = await say(outsider, '/metrics top-users 12w top 25');
    expect(pictureOf(message)).toBeDefined();
    expect(JSON.stringify(message.blocks)).not.toMatch(/<@|"type":"user"/);
  });

  test('a private channel is for its members, on each way to its numbers', async () => {
    const { id = '' } = maintainers ?? {};
    expect(wordsOf(await say(insider, '/metrics messages by channel'))).toContain('maintainers');
    expect(wordsOf(await say(outsider, '/metrics messages by channel'))).not.toContain(
      'maintainers',
    );
    expect(wordsOf(await say(outsider, '/metrics messages #maintainers'))).toMatch(/no channel/);
    expect(wordsOf(await say(outsider, `/metrics messages <#${id}|maintainers>`))).not.toMatch(
      /\d{2,}/,
    );
  });

  test('a public answer holds what everyone in the channel may see', async () => {
    const message = await say(insider, '/metrics messages by channel public');
    expect(message.visibleOnlyTo).toBeUndefined();
    expect(wordsOf(message)).not.toContain('maintainers');
    const inside = await say(insider, '/metrics messages by channel public', maintainers?.id);
    expect(wordsOf(inside)).toContain('maintainers');
  });

  test.each([
    ['/metrics', /\/metrics stars/],
    ['/metrics help', /top-users/],
    ['/metrics starz', /Did you mean stars\?/],
    ['/metrics stars nobody/nothing', /I know no repository/],
    ['/metrics stars 2025-02-30', /not a day I know/],
    ['/metrics stars help', /\[repositories\]/],
    ['/metrics about', /playground/],
    ['/metrics list', /stars/],
    ['/metrics untrack github:sails/nothing', /not tracked/],
    ['/metrics track', /github:/],
    ['/metrics track github:sails/nothing', /nothing/],
    ['/metrics \u0000<script>&', /There is no/],
  ])('%s gets a helpful answer', async (text, answer) => {
    const message = await say(outsider, text);
    expect(message.visibleOnlyTo).toBe(outsider);
    expect(wordsOf(message)).toMatch(answer);
    expect(wordsOf(message)).not.toMatch(/Error|undefined|\bat \//);
  });

  test('track polls at once, keeps the spelling, and untrack stops it', async () => {
    expect(wordsOf(await say(outsider, '/metrics track github Sails/Dinghy'))).toMatch(/321 stars/);
    expect(wordsOf(await say(outsider, '/metrics list'))).toMatch(/Sails\/Dinghy[\s\S]*321 stars/);
    expect(wordsOf(await say(outsider, '/metrics untrack github:sails/dinghy'))).toMatch(
      /Sails\/Dinghy/,
    );
    expect(wordsOf(await say(outsider, '/metrics list'))).toMatch(/321 stars.*not polled/);
  });

  test('what is said is counted', async () => {
    const today = dayOf(Date.now());
    const count = () =>
      db.prepare('SELECT sum(messages) FROM message_count WHERE day = ?').pluck().get(today) ?? 0;
    const before = count();
    await post(outsider, general, 'Good morning & welcome');
    await expect.poll(count).toBe(Number(before) + 1);
  });

  test('the home tab shows what there is', async () => {
    const read = async () => {
      const response = await fetch(`${server.url}/playground/api/home?user=${outsider}`);
      return JSON.stringify(await response.json());
    };
    await expect.poll(read).toMatch(/What you can ask/);
    expect(await read()).toContain('Sample data');
  });
});
