import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../db/input-error.ts';
import { type Db, IN_MEMORY, openDatabase } from '../db/open.ts';
import { daysOf, seriesOf } from '../db/series.ts';
import { trackedSubjects } from '../db/subjects.ts';
import { importCsv } from '../src/importers/import-csv.ts';
import { stars } from '../src/importers/stars.ts';
import { createPoller } from '../src/poll.ts';
import { createGithub } from '../src/sources/github.ts';
import { createTracking, type Tracking } from '../src/tracking.ts';
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
  const sources = [createGithub({ apiUrl: server.url, token: undefined, log: quiet })];
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
    expect(sentence).toBe(
      'Tracking Acme/Rocket on GitHub: 12 stars on 2022-03-10, with days since 2022-02-22.',
    );
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
    server.answer = reply(429, '{}', { 'retry-after': '600' });
    const limited = await tracking.track('github:acme/sled');
    expect(limited.sentence).toMatch(
      /^GitHub wants us to wait until 2022-03-10 09:40 UTC before we ask again\. acme\/sled is on/,
    );
    expect(trackedSubjects(db).map(({ name }) => name)).toEqual(['acme/rocket', 'acme/sled']);
  });

  test('a new name is told', async () => {
    const { sentence } = await tracking.track('github:old/name');
    expect(sentence).toMatch(/GitHub calls it Acme\/Rocket now\.$/);
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

describe('untrack', () => {
  test('takes it off the list and keeps the days', async () => {
    await tracking.track('github:Acme/Rocket');
    const { sentence, status } = tracking.untrack('github acme/rocket');
    expect(status).toBe('stopped');
    expect(sentence).toBe(
      'Acme/Rocket on GitHub is not collected any more. What was collected stays.',
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
      'acme/rocket on GitHub is not tracked.',
    );
  });
});
