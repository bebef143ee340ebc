import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listCollections } from '../db/collections.ts';
import { InputError } from '../db/input-error.ts';
import { type Db, IN_MEMORY, openDatabase } from '../db/open.ts';
import { daysOf, seriesOf } from '../db/series.ts';
import { trackedSubjects } from '../db/subjects.ts';
import { NotFound, RateLimited, Unavailable } from '../src/errors.ts';
import { importCsv } from '../src/importers/import-csv.ts';
import { stars } from '../src/importers/stars.ts';
import { createPoller } from '../src/poll.ts';
import { createGithub } from '../src/sources/github.ts';
import type { Source } from '../src/sources/source.ts';
import { createTracking, type Tracking } from '../src/tracking.ts';
import { fakePart, fakeSource } from './fake-source.ts';
import { startPolling } from './polling.ts';
import { fixture, NOW, quiet } from './sources/cases.ts';
import { reply, startServer, type TestServer } from './sources/server.ts';

let server: TestServer;
let db: Db;
let tracking: Tracking;
beforeEach(async () => {
  server = await startServer((request, response) =>
    reply(
      200,
      fixture(request.url?.includes('/history') ? 'github-history.json' : 'github-repository.json'),
    )(request, response),
  );
  db = openDatabase(IN_MEMORY);
  const sources = [
    createGithub({ apiUrl: server.url, token: undefined, log: quiet, retryDelayMs: 1 }),
  ];
  const now = () => NOW;
  const poller = createPoller({ db, sources, log: quiet, now });
  tracking = createTracking({ db, sources, poller, now });
});
afterEach(() => server.close());

const subjects = () => db.prepare('SELECT count(*) FROM subject').pluck().get();

describe('track', () => {
  test('collects at once and says what it found', async () => {
    const { status, sentence, subject } = await tracking.track('github:Acme/Rocket');
    expect(status).toBe('collecting');
    expect(sentence).toMatch(
      /^Tracking Acme\/Rocket on GitHub: 12 stars on 10 Mar 2022, with days since 22 Feb 2022\. /,
    );
    expect(sentence).toContain('“report stars Acme/Rocket” works now');
    expect(trackedSubjects(db)).toEqual([subject]);
  });

  test('twice, in another spelling, is once', async () => {
    const first = await tracking.track('github:Acme/Rocket');
    const second = await tracking.track('https://github.com/ACME/rocket');
    expect(second.subject).toEqual(first.subject);
    expect(second.sentence).toContain('Tracking Acme/Rocket');
  });

  test('what does not exist is not stored', async () => {
    server.answer = reply(404, '{"message":"Not Found"}');
    await expect(tracking.track('github:acme/gone')).rejects.toThrow(InputError);
    await expect(tracking.track('github:acme/gone')).rejects.toThrow(
      'GitHub knows no “acme/gone”, or does not show it to everyone.',
    );
    expect(subjects()).toBe(0);
  });

  test.each([
    ['a wrong token', reply(401, '{"message":"Bad credentials"}'), 'the token is wrong'],
    ['an answer of another shape', reply(200, '{}'), 'does not understand'],
  ])('%s: nothing is stored', async (_name, answer, sentence) => {
    server.answer = answer;
    await expect(tracking.track('github:acme/rocket')).rejects.toThrow(sentence);
    expect(subjects()).toBe(0);
  });

  test('while GitHub is down or has enough of us, the subject is stored and waits', async () => {
    server.answer = reply(503, '');
    const down = await tracking.track('github:acme/rocket');
    expect(down.status).toBe('waiting');
    expect(down.sentence).toBe(
      'GitHub does not answer at the moment. acme/rocket is on the list, and its numbers will be collected as soon as GitHub answers.',
    );
    const group = await tracking.track('github:acme/*');
    expect(group.sentence).toBe(
      'GitHub does not answer at the moment. acme/* is on the list, and all that it stands for will be collected as soon as GitHub answers.',
    );
    tracking.untrack('github:acme/*');
    server.answer = reply(429, '{}', { 'retry-after': '600' });
    const limited = await tracking.track('github:acme/sled');
    expect(limited.sentence).toMatch(
      /^GitHub wants us to wait until 2022-03-10 09:40 UTC before we ask again\. acme\/sled is on/,
    );
    expect(trackedSubjects(db).map(({ name }) => name)).toEqual(['acme/rocket', 'acme/sled']);
  });

  test('a new name is told', async () => {
    const { sentence } = await tracking.track('github:old/name');
    expect(sentence).toMatch(/GitHub calls it Acme\/Rocket now\./);
  });

  test('an imported subject keeps its days and its spelling, and is polled from now on', async () => {
    importCsv(db, stars, 'day,project,stars\n2022-02-24,ACME/Rocket,3', NOW);
    expect(trackedSubjects(db)).toEqual([]);
    const { sentence } = await tracking.track('github:acme/rocket');
    expect(sentence).toContain('Tracking ACME/Rocket');
    const [series] = seriesOf(db, 'github.stars');
    const days = daysOf(db, series?.id ?? 0, '2022-02-24', '2022-02-25');
    expect(days.map(({ value }) => value)).toEqual([3, 4]);
  });
});

describe('the answer to track', () => {
  const parts = [
    fakePart('first', [() => ({})]).part,
    fakePart('second', [() => ({})]).part,
    fakePart('third', [() => ({})], { off: 'It needs a token.' }).part,
  ];
  const starry = fakeSource('a', () => 5, {
    metrics: ['a.stars'],
    collects: 'stars, first and second',
    parts,
    daily: ({ takenAt, body }) => [
      {
        metric: 'a.stars',
        kind: 'total',
        origin: 'poll',
        values: [{ day: takenAt.slice(0, 10), value: Number(body) }],
      },
    ],
  }).source;

  function prepare(source: Source, begin?: (id: string) => void) {
    const { db: own, poller, now } = startPolling([source], []);
    const options = { db: own, sources: [source], poller, now, ...(begin && { begin }) };
    return { own, poller, tracking: createTracking(options) };
  }

  test('says what is collected, what works now, what follows, and what is off', async () => {
    const begun: string[] = [];
    const { tracking: bot, poller } = prepare(starry, (id) => begun.push(id));
    expect((await bot.track('a:me/one')).sentence).toBe(
      'Tracking me/one on A: 5 stars on 10 Mar 2022. Collected from now on: stars, first and second. “/metrics stars me/one” works now; first and more and second and more will follow within the next hours. Switched off: third and more. It needs a token.',
    );
    expect(begun).toEqual(['a']);
    await poller.resume('a');
    expect((await bot.track('a:me/one')).sentence).not.toContain('will follow');
    const { tracking: cli } = prepare(starry);
    expect((await cli.track('a:me/one')).sentence).toMatch(
      /“report stars me\/one” works now; first and more .* will follow with the next poll\./,
    );
  });

  test('tells together what wants for the same setting', async () => {
    const off = (name: string) =>
      fakePart(name, [], { off: `Set THE_TOKEN to collect ${name}.` }).part;
    const { source } = fakeSource('a', () => 5, { parts: [off('first'), off('second')] });
    const { sentence } = await prepare(source).tracking.track('a:me/one');
    expect(sentence).toMatch(
      /Switched off for want of THE_TOKEN: first and more and second and more\.$/,
    );
  });

  test('keeps what something is to us', async () => {
    const { own, tracking: bot } = prepare(starry);
    const role = () => trackedSubjects(own)[0]?.role;
    const { sentence, subject } = await bot.track('a:me/one --as dependency');
    expect(sentence).toContain('It counts as a dependency and is drawn apart.');
    expect([subject.role, role()]).toEqual(['dependency', 'dependency']);
    await bot.track('a:me/one');
    expect(role()).toBe('dependency');
    await bot.track('a me/one as own');
    expect(role()).toBe('own');
    await expect(bot.track('a:me/one as friend')).rejects.toThrow(
      '“as friend” is not known: write “as dependency” or “as own”.',
    );
  });

  test('names what is like a name that was not found, if the source can', async () => {
    const gone = () => {
      throw new NotFound('404');
    };
    const suggesting = (suggest: () => Promise<string[]>) =>
      prepare(fakeSource('a', gone, { suggest }).source).tracking.track('a:me/on');
    await expect(suggesting(async () => ['me/one', 'me/none'])).rejects.toThrow(
      'A knows no “me/on”, or does not show it to everyone. Did you mean me/one or me/none?',
    );
    const unable = suggesting(() => Promise.reject(new Unavailable('down')));
    await expect(unable).rejects.toThrow(/everyone\.$/);
    await expect(suggesting(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
  });

  test('while it waits, it is put off until the source may be asked', async () => {
    const busy = () => {
      throw new RateLimited('slow', NOW + 3_600_000);
    };
    const { own, tracking: bot } = prepare(fakeSource('a', busy).source);
    expect((await bot.track('a:me/one as dependency')).subject.role).toBe('dependency');
    expect(listCollections(own)).toMatchObject([{ retryAt: '2022-03-10T10:30:00.000Z' }]);
  });
});

describe('untrack', () => {
  test('takes it off the list and keeps the days', async () => {
    await tracking.track('github:Acme/Rocket');
    const { sentence, status } = tracking.untrack('github acme/rocket');
    expect(status).toBe('stopped');
    expect(sentence).toBe(
      'Acme/Rocket on GitHub is no longer collected. What was collected stays.',
    );
    expect(trackedSubjects(db)).toEqual([]);
    expect(seriesOf(db, 'github.stars')).toHaveLength(1);
  });

  test('and back again is the same subject, polled once more', async () => {
    const { subject } = await tracking.track('github:Acme/Rocket');
    tracking.untrack('github:acme/rocket');
    await tracking.track('github:acme/rocket');
    expect(trackedSubjects(db)).toEqual([subject]);
    expect(seriesOf(db, 'github.stars')).toHaveLength(1);
  });

  test('of what is not tracked is refused', () => {
    expect(() => tracking.untrack('github:acme/rocket')).toThrow(
      'acme/rocket on GitHub is not tracked: “list” shows what is.',
    );
    expect(() => tracking.untrack('rocket')).toThrow(
      'Nothing tracked is called “rocket”: “list” shows what is.',
    );
  });

  describe('by name', () => {
    const things = fakeSource('a', () => 5, {
      parse: (name) => (name.includes('/') ? { key: name.toLowerCase(), name } : undefined),
    });
    const packages = fakeSource('b', () => 5, {
      parse: (name) => {
        const isName = /^[\w-]+$/.test(name);
        return isName ? { key: name.toLowerCase().replaceAll('_', '-'), name } : undefined;
      },
    });
    async function listed(...references: string[]) {
      const sources = [things.source, packages.source];
      const { db: own, poller, now } = startPolling(sources, []);
      const bot = createTracking({ db: own, sources, poller, now });
      for (const reference of references) await bot.track(reference);
      const left = () => trackedSubjects(own).map(({ source, name }) => `${source}:${name}`);
      return { bot, left };
    }

    test.each(['Rocket', 'a:rocket', 'salt_brine', 'b salt-brine'])(
      'the whole of one is enough: %s',
      async (typed) => {
        const { bot, left } = await listed('a:Acme/Rocket', 'b:salt-brine');
        expect(bot.untrack(typed).status).toBe('stopped');
        expect(left()).toHaveLength(1);
      },
    );

    test.each(['Acme', '*', 'a:*'])('an owner, or a sign for all, is none: %s', async (typed) => {
      const { bot, left } = await listed('a:Acme/Rocket', 'b:salt-brine');
      expect(() => bot.untrack(typed)).toThrow(InputError);
      expect(left()).toHaveLength(2);
    });

    test.each([
      ['brine', 'Nothing tracked is called “brine”. Did you mean b:salt-brine?'],
      ['roket', 'Nothing tracked is called “roket”. Did you mean a:acme/rocket or b:rocket?'],
      ['b:brine', 'brine on B is not tracked. Did you mean b:salt-brine?'],
      ['a:acme/roket', 'acme/roket on A is not tracked. Did you mean a:acme/rocket?'],
      [
        'rocket',
        '“rocket” is in the name of several: a:acme/rocket, b:rocket and b:my-rocket. Say which one.',
      ],
    ])('%s is asked back', async (typed, sentence) => {
      const all = ['a:acme/rocket', 'b:my-rocket', 'b:rocket', 'b:salt-brine'];
      const { bot, left } = await listed(...all);
      expect(() => bot.untrack(typed)).toThrow(sentence);
      expect(left()).toHaveLength(4);
    });
  });
});
