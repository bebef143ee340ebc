import { WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { ensureSubject } from '../../db/subjects.ts';
import { listSubscriptions, type WantedSubscription } from '../../db/subscriptions.ts';
import type { Posts } from '../../src/slack/posts.ts';
import { weekly } from './edition.ts';
import { startLab } from './lab.ts';

/** Digests and what has been said; of Slack there is what `instead` does, and nothing refuses. */
function made(wanted: readonly WantedSubscription[], instead: Partial<Posts> = {}) {
  const posted: string[] = [];
  const told: string[] = [];
  const lab = startLab('http://127.0.0.1:9', {
    wanted,
    wrap: (posts) => ({
      ...posts,
      probe: async () => {},
      zoneOf: async () => 'Europe/Berlin',
      audienceOf: async (workspaceId) => ({ workspaceId, privateChannelIds: [] }),
      upload: async () => 'F1',
      post: async (channelId) => {
        posted.push(channelId);
        return `${posted.length}.0`;
      },
      tell: async (_userId, sentence) => {
        told.push(sentence);
      },
      ...instead,
    }),
  });
  const desk = (channelId = 'CGEN') =>
    lab.digests.deskFor({ workspaceId: 'T1', userId: 'UADA', channelId }, async () => {});
  const kept = () => listSubscriptions(lab.db, 'T1');
  return { ...lab, desk, kept, posted, told };
}

describe('a time zone that nobody knows', () => {
  test('pauses its digest, and holds up no other', async () => {
    const strange = { ...weekly, channelId: 'C1', zone: 'Mars/Base' };
    const { digests, desk, kept, posted, told } = made([strange, { ...weekly, channelId: 'C2' }]);
    await digests.run();
    expect([...new Set(posted)]).toEqual(['C2']);
    expect(told).toEqual([expect.stringContaining('I do not know its time zone')]);
    await desk('C1').subscribe({});
    expect(kept()[0]).toMatchObject({ zone: 'Europe/Berlin', paused: null });
  });

  test('of a person is said, and their digest comes by UTC', async () => {
    const { desk, kept } = made([], { zoneOf: async () => 'Mars/Base' });
    expect((await desk().subscribe({})).sentence).toMatch(
      /^Every Monday at 9:00 in UTC, .*Slack did not tell me your time zone: “\/metrics subscribe in Europe\/Berlin” sets it\./,
    );
    expect(kept()).toMatchObject([{ zone: 'UTC' }]);
    expect((await desk().subscribe({ zone: 'UTC' })).sentence).not.toContain('did not tell');
  });
});

test('a subscription that can’t be looked after holds up no other', async () => {
  const wanted = [
    { ...weekly, channelId: 'C1' },
    { ...weekly, channelId: 'C2' },
  ];
  const { digests, db, posted } = made(wanted);
  db.exec(`CREATE TRIGGER broken BEFORE INSERT ON digest WHEN new.subscription_id = 1
    BEGIN SELECT raise(ABORT, 'broken'); END`);
  await digests.run();
  expect([...new Set(posted)]).toEqual(['C2']);
});

describe('a digest that is changed into one of another kind', () => {
  const friday = { ...weekly, onDay: 5, minute: 600, zone: 'Asia/Tokyo' };

  test('ends as the old kind, and keeps its time', async () => {
    const { desk, kept } = made([friday]);
    const { sentence } = await desk().subscribe({ every: 'month' }, 'week');
    expect(sentence).toMatch(/^On the 1st of every month at 10:00 in Asia\/Tokyo, next on /);
    expect(sentence).toContain('It takes the place of the weekly digest.');
    expect(kept()).toMatchObject([{ every: 'month', onDay: 1, minute: 600, zone: 'Asia/Tokyo' }]);
  });

  test('is the one that was opened, where its kind is not named', async () => {
    const { desk, kept } = made([friday, { ...weekly, every: 'day' }]);
    const { sentence } = await desk().subscribe({ minute: 480 }, 'day');
    expect(sentence).not.toContain('the place of');
    expect(kept()).toMatchObject([
      { every: 'day', minute: 480 },
      { every: 'week', minute: 600 },
    ]);
  });

  test('takes the place of both where there was one of that kind', async () => {
    const { desk, kept } = made([friday, { ...weekly, every: 'day' }]);
    await desk().subscribe({ every: 'day', minute: 480 }, 'week');
    expect(kept()).toMatchObject([{ every: 'day', minute: 480, zone: 'Asia/Tokyo' }]);
  });
});

test('where nothing is named, the one there is was meant, which is said', async () => {
  const { desk, kept } = made([{ ...weekly, every: 'day' }]);
  const said =
    'That is the daily digest that this channel has already; “/metrics subscribe weekly”';
  expect((await desk().subscribe({})).sentence).toContain(said);
  expect((await desk().subscribe({ minute: 480 })).sentence).not.toContain('has already');
  expect(kept()).toMatchObject([{ every: 'day' }]);
  expect((await desk('CNEW').subscribe({})).sentence).toMatch(/^Every Monday/);
});

test('what is hinted at is the digest that was asked for, whatever others there are', async () => {
  const { desk } = made([weekly]);
  const { sentence } = await desk().subscribe({ every: 'day' });
  expect(sentence).toMatch(/“\/metrics subscribe preview daily” .* “subscribe choose daily”/);
});

describe('what was chosen in the window', () => {
  const choice = { every: 'week', sections: ['changes', 'releases'] } as const;
  function chosen(lab: ReturnType<typeof made>, count: number) {
    const names = Array.from({ length: count }, (_, at) => `package-${at}`);
    return names.map((name) => ensureSubject(lab.db, 'pypi', name, name).id);
  }

  test('is said, and the window is not hinted at', async () => {
    const lab = made([weekly]);
    const { sentence } = await lab
      .desk()
      .subscribe({ ...choice, subjectIds: chosen(lab, 2) }, 'week');
    expect(sentence).toMatch(
      /\. It tells only changes and releases of pypi:package-0 and pypi:package-1\. “.metrics subscribe preview weekly” shows it to you now\.$/,
    );
    const all = await lab.desk().subscribe({ sections: null, subjectIds: null });
    expect(all.sentence).toContain('It tells everything, of all that is ours.');
  });

  test('is listed by name, a few of many, and said when something else is changed', async () => {
    const lab = made([weekly]);
    await lab.desk().subscribe({ ...choice, subjectIds: chosen(lab, 6) });
    const viewer = { workspaceId: 'T1', privateChannelIds: [] };
    const named = 'of pypi:package-0, pypi:package-1, pypi:package-2 and 3 more';
    expect(lab.desk().list(viewer)[0]?.detail).toContain(`; only changes and releases; ${named}`);
    const { sentence } = await lab.desk().subscribe({ minute: 600 });
    expect(sentence).toContain(`It tells only changes and releases ${named}.`);
    expect(sentence).toContain('“subscribe choose weekly” opens a window');
  });
});

test('how a quiet one is made to speak again is said', async () => {
  const { desk, kept } = made([weekly]);
  const { sentence } = await desk().subscribe({ whenQuiet: 'nothing' });
  expect(sentence).toContain('“/metrics subscribe weekly always” posts a line then.');
  expect((await desk().subscribe({ whenQuiet: 'line' })).sentence).not.toContain('always');
  expect(kept()).toMatchObject([{ whenQuiet: 'line' }]);
});

test('a digest that is ended while Slack refuses it is not told as paused', async () => {
  const { digests, desk, kept, told } = made([weekly], {
    audienceOf: async () => {
      desk().unsubscribe(undefined);
      throw new WebAPIPlatformError({ ok: false, error: 'is_archived' });
    },
  });
  await digests.run();
  expect(kept()).toEqual([]);
  expect(told).toEqual([]);
});

test('what Slack refused comes when the digest is begun again on the same day, and once', async () => {
  let isMember = false;
  const refused = () => {
    if (!isMember) throw new WebAPIPlatformError({ ok: false, error: 'not_in_channel' });
  };
  const lab = made([weekly], {
    audienceOf: async (workspaceId) => {
      refused();
      return { workspaceId, privateChannelIds: [] };
    },
  });
  await lab.digests.run();
  expect(lab.kept()).toMatchObject([{ paused: 'not_in_channel' }]);
  isMember = true;
  lab.clock.go(5 * 60_000);
  const { sentence } = await lab.desk().subscribe({});
  expect(sentence).toContain('The one that I could not post comes within minutes.');
  await lab.digests.run();
  await lab.digests.run();
  expect(lab.rows()).toMatchObject([{ outcome: 'posted' }]);
  expect((await lab.desk().subscribe({})).sentence).not.toContain('could not post');
});

test('what was refused long ago is not posted when the digest is begun again', async () => {
  let isMember = false;
  const lab = made([weekly], {
    audienceOf: async (workspaceId) => {
      if (isMember) return { workspaceId, privateChannelIds: [] };
      throw new WebAPIPlatformError({ ok: false, error: 'not_in_channel' });
    },
  });
  await lab.digests.run();
  isMember = true;
  lab.clock.go(5 * 24 * 3_600_000);
  expect((await lab.desk().subscribe({})).sentence).not.toContain('could not post');
  await lab.digests.run();
  expect(lab.posted).toEqual([]);
});

test('a digest that can’t be written is not put on Slack', async () => {
  const lab = made([weekly], {
    audienceOf: async () => {
      throw new TypeError('a fault of ours');
    },
  });
  const { sentence } = await lab.desk().sendNow(undefined);
  expect(sentence).toBe('The weekly digest could not be posted: I try again every few minutes.');
});
