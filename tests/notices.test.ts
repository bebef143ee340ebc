import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeChannelId } from '../db/channel-ids.ts';
import { listCollections } from '../db/collections.ts';
import { adminChannelOf, saveWorkspace } from '../db/workspaces.ts';
import type { WorkspaceServer } from '../playground/server/index.ts';
import { NotFound, Unavailable } from '../src/errors.ts';
import { createNotices, type Notices } from '../src/notices.ts';
import { createPosts } from '../src/slack/posts.ts';
import type { Source } from '../src/sources/source.ts';
import { fakePart, fakeSource } from './fake-source.ts';
import { pageOf, sample, startServer } from './playground/server/workspace.ts';
import { startPolling } from './polling.ts';
import { NOW, quiet } from './sources/cases.ts';

let server: WorkspaceServer;
beforeEach(async () => {
  const users = sample.users.map((user) => ({ ...user, isAdmin: user.id === 'UADA' }));
  server = await startServer({ sample: { ...sample, users } });
});
afterEach(() => server.stop());

interface Lines {
  readonly text: string;
  readonly blocks: string;
}

/** What the bot has said in the channel since the sample's talk. */
async function said(channel = 'CGEN'): Promise<Lines[]> {
  const { messages } = await pageOf(server, 'UADA').messages(channel);
  return messages
    .filter(({ user }) => user === 'UBOT')
    .map(({ text, blocks }) => ({ text, blocks: JSON.stringify(blocks) }));
}

function prepare(source: Source, tracked: readonly string[]) {
  const polling = startPolling([source], tracked);
  const { db, now } = polling;
  const at = new Date(NOW).toISOString();
  saveWorkspace(db, { ...sample.team, botUserId: 'UBOT' }, at);
  const { botToken, apiUrl } = server;
  const notices: Notices = createNotices({
    db,
    sources: [source],
    log: quiet,
    now,
    posts: createPosts({ botToken, apiUrl, isSample: false, log: quiet }),
    workspaceId: () => 'T1',
  });
  const channelFor = (user: string) => notices.adminChannelFor('T1', user);
  return { ...polling, notices, channelFor };
}

describe('three failures in a row', () => {
  test('are told once, in one message with the reason and what to do; and once that it works', async () => {
    let isDown = true;
    const { source } = fakeSource(
      'a',
      (key) => {
        if (isDown && key === 'me/gone') throw new NotFound('404');
        return 1;
      },
      {
        parts: [
          fakePart('list', [
            () => {
              if (isDown) throw new Unavailable('503');
              return {};
            },
          ]).part,
        ],
      },
    );
    const { poller, notices, channelFor, db } = prepare(source, ['a:me/gone', 'a:me/<here>']);
    await channelFor('UADA').set('CGEN');
    for (let round = 0; round < 5; round += 1) {
      await poller.pollSource('a');
      await notices.tell('a');
    }
    const [greeting, failing, ...more] = await said();
    expect(greeting?.text).toContain('This is where I tell');
    expect(more).toEqual([]);
    expect(failing?.text).toContain('A keeps failing: these have gone wrong three times in a row');
    expect(failing?.blocks).toContain(
      'A knows no “me/gone”, or does not show it to everyone. If it',
    );
    expect(failing?.blocks).toContain('/metrics untrack a:me/gone');
    expect(failing?.blocks).toContain('list and more of me/<here>');
    expect(failing?.blocks).toContain(
      'A does not answer at the moment. If it answers in a browser',
    );
    expect(failing?.blocks).not.toMatch(/"type":"(user|link|mrkdwn)"/);
    isDown = false;
    for (let round = 0; round < 2; round += 1) {
      await poller.pollSource('a');
      await notices.tell('a');
    }
    const after = await said();
    expect(after).toHaveLength(3);
    expect(after[2]?.text).toContain('A works again');
    expect(after[2]?.blocks).toContain('me/gone');
    expect(listCollections(db).every(({ toldAt }) => toldAt === null)).toBe(true);
  });

  test('are told later when the post fails, and not at all without a channel', async () => {
    const { source } = fakeSource('a', () => {
      throw new Unavailable('503');
    });
    const { poller, notices, channelFor, db } = prepare(source, ['a:me/one']);
    for (let round = 0; round < 3; round += 1) await poller.pollSource('a');
    await notices.tell('a');
    expect(await said()).toEqual([]);
    await channelFor('UADA').set('CGEN');
    const { port } = server;
    await server.stop();
    await notices.tell('a');
    expect(listCollections(db)[0]?.toldAt).toBeNull();
    server = await startServer({ port });
    await notices.tell('a');
    expect(await said()).toHaveLength(1);
    expect(listCollections(db)[0]?.toldAt).not.toBeNull();
  });

  test('of what is not tracked any more are nobody’s business, nor are two', async () => {
    const { source } = fakeSource('a', () => {
      throw new Unavailable('503');
    });
    const { poller, notices, channelFor, db, track } = prepare(source, ['a:me/one']);
    await channelFor('UADA').set('CGEN');
    for (let round = 0; round < 2; round += 1) await poller.pollSource('a');
    await notices.tell('a');
    await poller.pollSource('a');
    const { id } = track('a:me/one');
    db.prepare('UPDATE subject SET tracked_at = NULL WHERE id = ?').run(id);
    await notices.tell('a');
    expect(await said()).toHaveLength(1);
  });

  test('of very many are shortened', async () => {
    const { source } = fakeSource('a', () => {
      throw new Unavailable('503');
    });
    const many = Array.from({ length: 60 }, (_, number) => `a:me/${number}`);
    const { poller, notices, channelFor } = prepare(source, many);
    await channelFor('UADA').set('CGEN');
    for (let round = 0; round < 3; round += 1) await poller.pollSource('a');
    await notices.tell('a');
    const [, failing, ...more] = await said();
    expect(failing?.blocks).toContain('And 40 more');
    expect(more).toEqual([]);
  });
});

describe('the admin channel', () => {
  const { source } = fakeSource('a', () => 1);

  test('is proven by a first message, kept, and cleared', async () => {
    const { channelFor, db } = prepare(source, []);
    const { sentence } = await channelFor('UADA').set('CSEC');
    expect(sentence).toMatch(/^From now on, this channel/);
    expect(await said('CSEC')).toHaveLength(1);
    expect(adminChannelOf(db, 'T1')).toBe('CSEC');
    expect((await channelFor('UADA').clear()).sentence).toMatch(/^No channel/);
    expect(adminChannelOf(db, 'T1')).toBeUndefined();
  });

  test.each([
    ['CSIDE', 'I am not in this channel: invite me with /invite, and try again.'],
    ['CHID', 'I can’t see this conversation'],
  ])('%s is refused in a sentence', async (channel, sentence) => {
    const { channelFor, db } = prepare(source, []);
    await expect(channelFor('UADA').set(channel)).rejects.toThrow(sentence);
    expect(adminChannelOf(db, 'T1')).toBeUndefined();
  });

  test('is the same channel when Slack gives it another id', async () => {
    const { channelFor, db } = prepare(source, []);
    await channelFor('UADA').set('CGEN');
    changeChannelId(db, 'T1', 'CGEN', 'CNEW');
    expect(adminChannelOf(db, 'T1')).toBe('CNEW');
  });

  test('is for admins and owners to choose', async () => {
    const { channelFor, db } = prepare(source, []);
    await channelFor('UADA').set('CGEN');
    await expect(channelFor('UBO').set('CSEC')).rejects.toThrow('Only an admin or owner');
    await expect(channelFor('UBO').clear()).rejects.toThrow('Only an admin or owner');
    expect(adminChannelOf(db, 'T1')).toBe('CGEN');
  });
});
