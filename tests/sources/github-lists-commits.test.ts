import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject, type Subject } from '../../db/subjects.ts';
import { createClient } from '../../src/sources/github/client.ts';
import { commits } from '../../src/sources/github/commits.ts';
import type { Part } from '../../src/sources/source.ts';
import { NOW, quiet } from './cases.ts';
import { collect } from './collect.ts';
import { cutAfter } from './github-lists-issues.ts';
import { type ApiCommit, clientOf, type Fake, fake, githubAnswers } from './github-lists-server.ts';
import { startServer, type TestServer } from './server.ts';

const HOUR = 3_600_000;

let server: TestServer;
beforeAll(async () => {
  server = await startServer(() => {});
});
afterAll(() => server.close());

let db: Db;
let subject: Subject;
let state: Fake;
let part: Part;
beforeEach(() => begin());

function begin() {
  db = openDatabase(IN_MEMORY);
  subject = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
  state = fake({ perPage: 3 });
  part = commits(
    createClient({ apiUrl: server.url, token: 'secret', log: quiet, retryDelayMs: 1 }),
  );
  server.answer = githubAnswers(state);
}

const run = (now = NOW, some: Part = part) => collect(db, 'github', some, [subject], { now });

const sha = (name: string) => createHash('sha1').update(name).digest('hex');

function commit(name: string, date: string, parents: readonly string[]): ApiCommit {
  const person = { name: 'Ada', email: 'ada@example.com', date };
  return {
    sha: sha(name),
    author: { login: 'ada', type: 'User' },
    commit: { author: { ...person, date: '2001-01-01T00:00:00Z' }, committer: person },
    parents: parents.map((parent) => ({ sha: sha(parent) })),
  };
}

/** A line of commits, one a day from 2022-01-01 on, called 0, 1, 2 …; the last is the head. */
function line(count: number) {
  state.commits = Array.from({ length: count }, (_, i) =>
    commit(String(i), new Date(Date.UTC(2022, 0, 1 + i)).toISOString(), i ? [String(i - 1)] : []),
  );
  state.head = sha(String(count - 1));
}

/** One commit on top of all branches becomes the head. */
function mergeAll(at: number) {
  const parents = new Set(state.commits.flatMap((one) => one.parents.map((parent) => parent.sha)));
  const tips = state.commits.filter((one) => !parents.has(one.sha));
  const merge = commit(String(state.commits.length), new Date(at).toISOString(), []);
  state.commits.push({ ...merge, parents: tips.map((tip) => ({ sha: tip.sha })) });
  state.head = merge.sha;
}

const stored = () => db.prepare('SELECT sha FROM github_commit ORDER BY sha').pluck().all();
const told = () => state.commits.map((one) => one.sha).toSorted();
const days = () =>
  db.prepare('SELECT day, value FROM series_day WHERE value > 0 ORDER BY day').raw().all() as [
    string,
    number,
  ][];
const daysTold = () => {
  const all = Map.groupBy(state.commits, (one) => one.commit.committer.date.slice(0, 10));
  return [...all]
    .map(([day, some]): [string, number] => [day, some.length])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
};

describe('commits', () => {
  test('have an account where there is one, the day of the commit, and nobody’s address', async () => {
    const one = commit('1', '2022-03-01T23:30:00Z', []);
    const two = commit('2', '2022-03-02T10:00:00Z', ['1']);
    const three = commit('3', '2022-03-03T10:00:00Z', ['2']);
    const author = { ...three.commit.author, name: 'eve@example.com' };
    state.commits = [
      { ...one, author: null },
      { ...two, author: {} },
      { ...three, commit: { ...three.commit, author } },
    ];
    state.head = three.sha;
    await run();
    const rows = db.prepare(
      'SELECT author, author_name, committed_at FROM github_commit ORDER BY committed_at',
    );
    expect(rows.raw().all()).toEqual([
      [null, 'Ada', '2022-03-01T23:30:00Z'],
      [null, 'Ada', '2022-03-02T10:00:00Z'],
      ['ada', 'eve', '2022-03-03T10:00:00Z'],
    ]);
    expect(db.serialize().includes('example.com')).toBe(false);
    expect(db.prepare('SELECT login FROM github_person').pluck().all()).toEqual(['ada']);
  });

  test('an empty repository has none yet, and no error', async () => {
    const { note, rows } = await run();
    expect({ note, rows }).toEqual({
      note: 'The repository is empty: it has no commits yet.',
      rows: 0,
    });
    line(2);
    expect(await run(NOW + HOUR)).toMatchObject({ note: undefined, rows: 2 });
  });

  test('an unchanged branch costs one request without a body, a push one more', async () => {
    line(7);
    expect(await run()).toMatchObject({ rows: 7, requests: 3 });
    expect(await run(NOW + HOUR)).toMatchObject({ rows: 0, requests: 1 });
    state.commits.push(commit('7', '2022-03-10T10:00:00Z', ['6']));
    state.head = sha('7');
    expect(await run(NOW + 2 * HOUR)).toMatchObject({ rows: 1, requests: 1 });
    expect(await run(NOW + 3 * HOUR)).toMatchObject({ rows: 0, requests: 1 });
    expect(days()).toEqual(daysTold());
  });

  test('a merge brings the old commits of its branch, however far back they are', async () => {
    line(20);
    await run();
    state.commits.push(
      commit('old', '2022-01-02T12:00:00Z', ['0']),
      commit('merge', '2022-02-01T12:00:00Z', ['19', 'old']),
    );
    state.head = sha('merge');
    expect((await run(NOW + HOUR)).rows).toBe(2);
    expect(stored()).toEqual(told());
    expect(days()).toEqual(daysTold());
  });

  test('a day from which everything is read once more', async () => {
    line(9);
    await run();
    db.exec("UPDATE github_commit SET author_name = 'wrong'");
    await collect(db, 'github', part, [subject], { now: NOW + HOUR, since: '2022-01-06' });
    const names = db.prepare('SELECT author_name FROM github_commit ORDER BY committed_at').pluck();
    // Pages are read whole: the one with the day's first commit has earlier ones.
    expect(names.all()).toEqual([...Array(3).fill('wrong'), ...Array(6).fill('Ada')]);
  });

  test('commits whose clocks were wrong are stored, and do not stretch the days', async () => {
    state.commits = [
      commit('epoch', '1970-01-01T00:00:00Z', []),
      commit('good', '2022-03-08T00:00:00Z', ['epoch']),
      commit('future', '2085-01-01T00:00:00Z', ['good']),
    ];
    state.head = sha('future');
    await run();
    expect(stored()).toEqual(told());
    const all = db.prepare('SELECT day, value FROM series_day ORDER BY day').raw().all();
    expect(all).toEqual([
      ['2022-03-08', 1],
      ['2022-03-09', 0],
    ]);
  });

  test('a first load that was cut while the branch was rewritten begins at the new head', async () => {
    line(10);
    await expect(run(NOW, cutAfter(part, 2))).rejects.toThrow('cut');
    const before = stored();
    state.commits = [
      commit('new', '2022-03-01T10:00:00Z', ['root']),
      commit('root', '2022-02-01T10:00:00Z', []),
    ];
    state.head = sha('new');
    await run(NOW + HOUR);
    expect(stored()).toEqual([...before, sha('new'), sha('root')].toSorted());
  });
});

test('however often it is cut, and whatever is merged meanwhile, no commit is missing', async () => {
  const push = fc.record({
    cut: fc.integer({ min: 0, max: 5 }),
    /** For each new commit: its age in hours, and its parents, counted from the latest. */
    pushed: fc.array(
      fc.record({
        age: fc.nat({ max: 1000 }),
        parents: fc.uniqueArray(fc.nat({ max: 12 }), { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 5 },
    ),
    isMerged: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(push, { minLength: 1, maxLength: 5 }), async (pushes) => {
      begin();
      part = commits(clientOf(state));
      let now = NOW;
      line(1);
      for (const { cut, pushed, isMerged } of pushes) {
        for (const { age, parents } of pushed) {
          const count = state.commits.length;
          const names = parents.map((back) => String(Math.max(0, count - 1 - back)));
          const date = new Date(NOW - age * HOUR).toISOString();
          state.commits.push(commit(String(count), date, [...new Set(names)]));
        }
        if (isMerged) mergeAll(now);
        await run(now, cutAfter(part, cut)).catch((error: Error) => {
          if (error.message !== 'cut') throw error;
        });
        now += HOUR;
      }
      mergeAll(now);
      await run(now);
      expect(stored()).toEqual(told());
      expect(days()).toEqual(daysTold());
      expect((await run(now + HOUR)).rows).toBe(0);
    }),
    { numRuns: 80 },
  );
});
