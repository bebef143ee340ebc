import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { alertPlaceOf } from '../db/alert-places.ts';
import { dayOf } from '../db/days.ts';
import type { LiveEvent, PlaygroundMessage } from '../playground/protocol.ts';
import type { SampleChannel, SampleUser } from '../playground/workspace.ts';
import { type SampleBot, startSampleBot } from './sample-bot.ts';

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
      size: 12,
      fork: false,
      archived: false,
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

let github: Server;
let world: SampleBot;

beforeAll(async () => {
  github = await startGithub();
  const { port } = github.address() as AddressInfo;
  world = await startSampleBot({ GITHUB_API_URL: `http://127.0.0.1:${port}` });
});

afterAll(async () => {
  await world?.stop();
  github?.close();
});

async function post({ id }: SampleUser, channel: SampleChannel, text: string): Promise<void> {
  const response = await fetch(`${world.server.url}/playground/api/messages?user=${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: channel.id, text }),
  });
  expect(response.status, await response.text()).toBe(200);
}

/** Types `text` as `user`, and answers with the first thing that the bot then says to them. */
async function say(
  user: SampleUser,
  text: string,
  channel = world.general,
): Promise<PlaygroundMessage> {
  const socket = new WebSocket(
    `${world.server.url.replace('http', 'ws')}/playground/live?user=${user.id}`,
  );
  await new Promise((resolve) => socket.once('open', resolve));
  const answer = new Promise<PlaygroundMessage>((resolve) => {
    socket.on('message', (data) => {
      const event = JSON.parse(String(data)) as LiveEvent;
      if (event.type === 'message' && event.message.user === world.sample.bot.userId) {
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
    const message = await say(world.outsider, '/metrics stars');
    expect(message.visibleOnlyTo).toBe(world.outsider.id);
    const picture = pictureOf(message);
    expect(picture?.alt_text).toMatch(/stars/i);
    expect(wordsOf(message)).toContain('Sample data');
    const file = await fetch(new URL(String(picture?.image_url), world.server.url));
    expect(file.headers.get('content-type')).toBe('image/png');
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
  });

  test('top-users: names are plain text and ping nobody', async () => {
    const message = await say(world.outsider, '/metrics top-users 12w top 25');
    expect(pictureOf(message)).toBeDefined();
    expect(JSON.stringify(message.blocks)).not.toMatch(/<@|"type":"user"/);
  });

  test('a private channel is for its members, on each way to its numbers', async () => {
    const { id } = world.maintainers;
    expect(wordsOf(await say(world.insider, '/metrics messages by channel'))).toContain(
      'maintainers',
    );
    expect(wordsOf(await say(world.outsider, '/metrics messages by channel'))).not.toContain(
      'maintainers',
    );
    expect(wordsOf(await say(world.outsider, '/metrics messages #maintainers'))).toMatch(
      /no channel/,
    );
    expect(
      wordsOf(await say(world.outsider, `/metrics messages <#${id}|maintainers>`)),
    ).not.toMatch(/\d{2,}/);
  });

  test('a public answer holds what everyone in the channel may see', async () => {
    const message = await say(world.insider, '/metrics messages by channel public');
    expect(message.visibleOnlyTo).toBeUndefined();
    expect(wordsOf(message)).not.toContain('maintainers');
    const inside = await say(
      world.insider,
      '/metrics messages by channel public',
      world.maintainers,
    );
    expect(wordsOf(inside)).toContain('maintainers');
  });

  test.each([
    ['/metrics', /\/metrics stars/],
    ['/metrics help', /top-users/],
    ['/metrics starz', /Did you mean stars\?/],
    ['/metrics stars nobody/nothing', /I know no repository/],
    ['/metrics stars 2025-02-30', /not a day I know/],
    ['/metrics stars top 5', /I know no repository “top”/],
    ['/metrics top-users by channel', /a whole range/],
    ['/metrics top-users weekly', /a whole range/],
    ['/metrics stars help', /\[repositories\]/],
    ['/metrics about', /playground/],
    ['/metrics list', /stars/],
    ['/metrics untrack github:sails/nothing', /not tracked/],
    ['/metrics track', /github:/],
    ['/metrics track github:sails/nothing', /nothing/],
    ['/metrics \u0000<script>&', /There is no/],
  ])('%s gets a helpful answer', async (text, answer) => {
    const message = await say(world.outsider, text);
    expect(message.visibleOnlyTo).toBe(world.outsider.id);
    expect(wordsOf(message)).toMatch(answer);
    expect(wordsOf(message)).not.toMatch(/Error|undefined|\bat \//);
  });

  test('track polls at once, keeps the spelling, and untrack stops it', async () => {
    expect(wordsOf(await say(world.outsider, '/metrics track github Sails/Dinghy'))).toMatch(
      /321 stars/,
    );
    expect(wordsOf(await say(world.outsider, '/metrics list'))).toMatch(
      /Sails\/Dinghy[\s\S]*321 stars/,
    );
    expect(wordsOf(await say(world.outsider, '/metrics untrack github:sails/dinghy'))).toMatch(
      /Sails\/Dinghy/,
    );
    expect(wordsOf(await say(world.outsider, '/metrics list'))).toMatch(/321 stars.*not polled/);
  });

  test('what is tracked is read at once, part by part, and every reading is a run', async () => {
    const said = wordsOf(await say(world.outsider, '/metrics track github Sails/Dinghy'));
    expect(said).toContain('“/metrics stars Sails/Dinghy” works now');
    expect(said).toMatch(/works now; .* follows? within the next hours/);
    const outcomes = () =>
      world.db
        .prepare(
          `SELECT outcome FROM run JOIN subject ON subject.id = subject_id
           WHERE subject.key = 'sails/dinghy' AND part <> ''`,
        )
        .pluck()
        .all();
    await expect.poll(outcomes).toContain('failed');
    await say(world.outsider, '/metrics untrack github:sails/dinghy');
  });

  test('an admin chooses where failing sources are told of', async () => {
    const admin = world.sample.users.find(({ isAdmin }) => isAdmin) as SampleUser;
    const kept = () => alertPlaceOf(world.db, world.sample.team.id, 'admin')?.channelId;
    expect(wordsOf(await say(world.outsider, '/metrics status here'))).toMatch(/Only an admin/);
    expect(kept()).toBeUndefined();
    await say(admin, '/metrics status here');
    await expect.poll(kept).toBe(world.general.id);
    await say(admin, '/metrics status nowhere');
    await expect.poll(kept).toBeUndefined();
  });

  test('what is said is counted', async () => {
    const today = dayOf(Date.now());
    const count = () =>
      world.db
        .prepare('SELECT sum(messages) FROM message_count WHERE day = ?')
        .pluck()
        .get(today) ?? 0;
    const before = count();
    await post(world.outsider, world.general, 'Good morning & welcome');
    await expect.poll(count).toBe(Number(before) + 1);
  });

  test('the home tab shows what there is', async () => {
    const read = async () => {
      const response = await fetch(
        `${world.server.url}/playground/api/home?user=${world.outsider.id}`,
      );
      return JSON.stringify(await response.json());
    };
    await expect.poll(read).toMatch(/What you can ask/);
    expect(await read()).toContain('Sample data');
  });
});
