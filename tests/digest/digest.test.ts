import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { saveSubscription } from '../../db/subscriptions.ts';
import type { Viewer } from '../../db/viewer.ts';
import type { WorkspaceServer } from '../../playground/server/index.ts';
import { show } from '../../src/slack/answer.ts';
import { pageOf, startServer } from '../playground/server/workspace.ts';
import { quiet } from '../sources/cases.ts';
import { DAY, DUE, edition, HOUR, MINUTE, weekly } from './edition.ts';
import { startLab } from './lab.ts';

let server: WorkspaceServer;
beforeEach(async () => {
  server = await startServer({ timing: { processingMs: 1 } });
});
afterEach(() => server.stop());

const never = () => {
  throw new Error('not asked');
};

/** What the bot has said in the channel, or in the thread of `thread`. */
async function said(channel = 'CGEN', thread?: string) {
  const { messages } = await pageOf(server, 'UADA').messages(
    channel,
    thread === undefined ? '' : `&thread=${thread}`,
  );
  return messages.filter(({ user, ts }) => user === 'UBOT' && ts !== thread);
}

describe('a digest that is due', () => {
  test('is posted once, with its picture, and its details in the thread', async () => {
    const lab = startLab(server.apiUrl);
    for (let minute = 0; minute < 3; minute += 1) {
      await lab.digests.run();
      lab.clock.go(MINUTE);
    }
    const [message, ...more] = await said();
    expect(more).toEqual([]);
    expect(message?.text).toContain('Week of 16 Nov 2026: Downloads of &lt;!channel&gt; fell.');
    const blocks = JSON.stringify(message?.blocks);
    expect(blocks).toContain('"type":"image"');
    expect(blocks).toContain(
      'Every Monday at 9:00 in Europe/Berlin. “/metrics unsubscribe weekly”',
    );
    expect(blocks).toContain('three');
    expect(blocks).not.toMatch(/four|One by one/);
    const [details, ...others] = await said('CGEN', message?.ts);
    expect(others).toEqual([]);
    expect(JSON.stringify(details?.blocks)).toMatch(
      /What changed, continued.*four.*five.*One by one.*tide: 3/,
    );
    expect(JSON.stringify(details?.blocks)).not.toContain('Welcome');
    expect(lab.rows()).toEqual([
      {
        due_at: DUE,
        ts: message?.ts,
        details_ts: details?.ts,
        sent_at: null,
        retry_at: null,
        outcome: 'posted',
      },
    ]);
  });

  test('is posted once by two processes at the same time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'groundswell-digests-'));
    const path = join(folder, 'two.db');
    const [one, two] = [openDatabase(path), openDatabase(path)];
    const first = startLab(server.apiUrl, { db: one });
    const second = startLab(server.apiUrl, { db: two, wanted: [] });
    await Promise.all([first.digests.run(), second.digests.run()]);
    await Promise.all([first.digests.run(), second.digests.run()]);
    const [message, ...more] = await said();
    expect(more).toEqual([]);
    expect(await said('CGEN', message?.ts)).toHaveLength(1);
    expect(first.rows()).toMatchObject([{ outcome: 'posted' }]);
    for (const db of [one, two]) db.close();
    rmSync(folder, { recursive: true });
  });

  test('pings nobody, whatever people are called', async () => {
    await startLab(server.apiUrl).digests.run();
    const [message] = await said();
    expect(JSON.stringify(message?.blocks)).not.toMatch(/"type":"(user|broadcast|link|mrkdwn)"/);
    expect(message?.text).not.toMatch(/<[!@]/);
  });

  test('with nothing more to tell has no thread', async () => {
    await startLab(server.apiUrl, {
      write: () => edition({ sections: [], details: [] }),
    }).digests.run();
    const [message] = await said();
    expect(message?.replyCount).toBeUndefined();
  });

  test('is for the eyes of the channel, asked when it is written', async () => {
    const viewers: Viewer[] = [];
    const wanted = [weekly, { ...weekly, channelId: 'CSEC' }];
    const lab = startLab(server.apiUrl, {
      wanted,
      write: (_db, _wanted, viewer) => {
        viewers.push(viewer);
        return edition();
      },
    });
    await lab.digests.run();
    expect(viewers).toEqual([
      { workspaceId: 'T1', privateChannelIds: [] },
      { workspaceId: 'T1', privateChannelIds: ['CSEC'] },
    ]);
  });

  test('tells of what was chosen, as of the day it is due', async () => {
    const asked: unknown[] = [];
    const lab = startLab(server.apiUrl, {
      wanted: [{ ...weekly, sections: ['changes'], subjectIds: [7] }],
      write: (_db, { every, sections, subjectIds, today }) => {
        asked.push({ every, sections, subjectIds, today });
        return edition();
      },
    });
    lab.clock.go(2 * DAY);
    await lab.digests.run();
    expect(asked).toEqual([
      { every: 'week', sections: ['changes'], subjectIds: [7], today: '2026-11-23' },
    ]);
  });
});

test('a digest is read on the day that it is in its zone, which may be another one than in UTC', async () => {
  const asked: unknown[] = [];
  const zone = 'Pacific/Kiritimati';
  const lab = startLab(server.apiUrl, {
    wanted: [{ ...weekly, zone }],
    write: (_db, { today, readOn }) => {
      asked.push({ today, readOn });
      return edition();
    },
  });
  lab.clock.go(7 * DAY);
  await lab.digests.run();
  expect(asked).toEqual([{ today: '2026-11-29', readOn: '2026-11-30' }]);
});

describe('a quiet week', () => {
  const write = () => edition({ isQuiet: true, headline: 'Nothing unusual.' });

  test('is one short line', async () => {
    await startLab(server.apiUrl, { write }).digests.run();
    const [message, ...more] = await said();
    expect(more).toEqual([]);
    expect(message?.blocks).toHaveLength(2);
    expect(JSON.stringify(message?.blocks)).toContain('Nothing unusual.');
    expect(message?.replyCount).toBeUndefined();
  });

  test('or nothing, where that was chosen', async () => {
    const lab = startLab(server.apiUrl, { write, wanted: [{ ...weekly, whenQuiet: 'nothing' }] });
    await lab.digests.run();
    expect(await said()).toEqual([]);
    expect(lab.rows()).toMatchObject([{ outcome: 'quiet', ts: null }]);
  });

  test.each([
    ['line', 'it is what the channel would get now'],
    ['nothing', 'nothing would be posted now'],
  ] as const)('is previewed with what the channel would get: %s', async (whenQuiet, note) => {
    const lab = startLab(server.apiUrl, { write, wanted: [{ ...weekly, whenQuiet }] });
    const asker = { workspaceId: 'T1', userId: 'UADA', channelId: 'CGEN' };
    const edition = await lab.digests.deskFor(asker, async () => {}).preview(undefined);
    const pictureOf = async () => undefined;
    const renderer = { png: never, svg: never, close: never };
    const deps = { db: lab.db, renderer, pictureOf, isSample: false, log: quiet };
    const viewer = { workspaceId: 'T1', privateChannelIds: [] };
    const reply = { kind: 'edition', edition } as const;
    const shown = await show(reply, viewer, new WebClient(), deps);
    expect(JSON.stringify(shown.blocks)).toContain(`Only you see this: ${note}`);
  });
});

describe('after being off', () => {
  test('the latest due time is caught up with, and no other', async () => {
    const lab = startLab(server.apiUrl, { wanted: [{ ...weekly, since: '2026-01-01T00:00:00Z' }] });
    lab.clock.go(3 * DAY);
    await lab.digests.run();
    expect(await said()).toHaveLength(1);
    lab.clock.go(28 * DAY + HOUR);
    await lab.digests.run();
    await lab.digests.run();
    expect(await said()).toHaveLength(2);
    expect(lab.rows().map(({ due_at, outcome }) => [due_at, outcome])).toEqual([
      [DUE, 'posted'],
      ['2026-12-21T08:00:00.000Z', 'posted'],
    ]);
  });

  test('a clock that ran ahead for a while silences nothing', async () => {
    const lab = startLab(server.apiUrl);
    lab.clock.go(364 * DAY);
    await lab.digests.run();
    lab.clock.go(-364 * DAY);
    for (const _week of [1, 2]) {
      await lab.digests.run();
      lab.clock.go(7 * DAY);
    }
    expect(lab.rows().map(({ due_at }) => due_at)).toEqual([
      DUE,
      '2026-11-30T08:00:00.000Z',
      '2027-11-22T08:00:00.000Z',
    ]);
  });

  test('for more than half of the cadence, it is left out', async () => {
    const lab = startLab(server.apiUrl);
    lab.clock.go(3.5 * DAY + MINUTE);
    await lab.digests.run();
    expect(await said()).toEqual([]);
    expect(lab.rows()).toMatchObject([{ outcome: 'missed' }]);
    await lab.digests.run();
    expect((await said(server.store.channels.direct('UADA').id)).map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^The weekly digest of the channel you chose, due on Monday, 23 November at 9:00 .*send now weekly/,
      ),
    ]);
    lab.clock.go(3.5 * DAY);
    await lab.digests.run();
    expect(await said()).toHaveLength(1);
  });

  test('what was due before it was asked for is not posted', async () => {
    const lab = startLab(server.apiUrl, { wanted: [{ ...weekly, since: DUE }] });
    await lab.digests.run();
    expect(lab.rows()).toEqual([]);
  });

  test('a changed time comes at its new turn; rules of a zone that change bring none twice', async () => {
    const lab = startLab(server.apiUrl);
    await lab.digests.run();
    saveSubscription(lab.db, { ...weekly, minute: 10 * 60 });
    lab.clock.go(2 * HOUR);
    await lab.digests.run();
    expect(await said()).toHaveLength(1);
    saveSubscription(lab.db, { ...weekly, minute: 12 * 60, since: '2026-11-23T10:00:00.000Z' });
    lab.clock.go(2 * HOUR);
    await lab.digests.run();
    expect(await said()).toHaveLength(2);
  });
});
