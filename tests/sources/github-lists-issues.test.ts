import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject, type Subject } from '../../db/subjects.ts';
import { createClient } from '../../src/sources/github/client.ts';
import { issues } from '../../src/sources/github/issues.ts';
import type { Part } from '../../src/sources/source.ts';
import { NOW, quiet } from './cases.ts';
import { collect } from './collect.ts';
import {
  change,
  cutAfter,
  days,
  daysTold,
  iso,
  issue,
  storedIssues,
  toldIssues,
} from './github-lists-issues.ts';
import { type Fake, fake, githubAnswers } from './github-lists-server.ts';
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

function begin(parts: Partial<Fake> = {}) {
  db = openDatabase(IN_MEMORY);
  subject = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
  state = fake({ perPage: 3, ...parts });
  part = issues(createClient({ apiUrl: server.url, token: 'secret', log: quiet, retryDelayMs: 1 }));
  server.answer = githubAnswers(state);
  server.requests.length = 0;
}

const run = (now = NOW, some: Part = part) => collect(db, 'github', some, [subject], { now });
describe('issues and pull requests', () => {
  test('are told apart, with what is told of them', async () => {
    state.issues = [
      issue(1, '2022-03-01T10:00:00Z', { user: null, labels: [{ name: 'bug' }], comments: 4 }),
      issue(2, '2022-03-02T10:00:00Z', {
        user: { login: 'ghost', type: 'User' },
        state: 'closed',
        state_reason: 'not_planned',
        closed_at: '2022-03-03T10:00:00Z',
      }),
      issue(3, '2022-03-02T11:00:00Z', {
        draft: true,
        user: { login: 'helper[bot]', type: 'Bot' },
        pull_request: { merged_at: '2022-03-04T10:00:00Z' },
      }),
    ];
    const { rows, note } = await run();
    expect({ rows, note }).toEqual({ rows: 3, note: undefined });
    expect(storedIssues(db)).toEqual(
      toldIssues(state).map((row) => (row[0] === 2 ? row.with(3, null) : row)),
    );
    const reasons = db.prepare('SELECT labels, is_draft, state_reason FROM github_issue').raw();
    expect(reasons.all()).toEqual([
      ['["bug"]', 0, null],
      ['[]', 0, 'not_planned'],
      ['[]', 1, null],
    ]);
    const people = db.prepare('SELECT login, type, read_at FROM github_person').raw().all();
    expect(people).toEqual([['helper[bot]', 'Bot', null]]);
  });

  test('a day counts what happened on it, a quiet day 0, and yesterday is complete', async () => {
    state.issues = [
      issue(1, '2022-03-07T10:00:00Z', { state: 'closed', closed_at: '2022-03-09T01:00:00Z' }),
      issue(2, '2022-03-10T01:00:00Z'),
    ];
    await run();
    expect(days(db).filter(([metric]) => metric === 'github.issues_opened')).toEqual([
      ['github.issues_opened', '2022-03-07', 1],
      ['github.issues_opened', '2022-03-08', 0],
      ['github.issues_opened', '2022-03-09', 0],
      ['github.issues_opened', '2022-03-10', 1],
    ]);
    const complete = db.prepare('SELECT DISTINCT complete_through FROM series').pluck().all();
    expect(complete).toEqual(['2022-03-09']);
  });

  test('a reopened issue and one that is closed on another day correct the days before', async () => {
    const closed = { state: 'closed', closed_at: '2022-03-08T10:00:00Z' } as const;
    state.issues = [issue(1, '2022-03-07T10:00:00Z', closed), issue(2, '2022-03-07T10:00:00Z')];
    await run();
    const closings = () =>
      days(db)
        .filter(([metric]) => metric === 'github.issues_closed')
        .map(([, day, value]) => `${day} ${value}`);
    expect(closings()).toContain('2022-03-08 1');
    change(state, 1, NOW + HOUR, { state: 'open', closed_at: null });
    await run(NOW + 6 * HOUR);
    expect(closings()).toContain('2022-03-08 0');
  });

  test('an unchanged list costs one request without a body', async () => {
    state.issues = [issue(1, '2022-03-01T10:00:00Z')];
    await run();
    await run(NOW + 6 * HOUR);
    const before = server.requests.length;
    const again = await run(NOW + 30 * HOUR);
    expect(server.requests.length - before).toBe(1);
    expect(again).toMatchObject({ rows: 0, requests: 1 });
    expect(days(db).filter(([, day]) => day === '2022-03-10')).toHaveLength(4);
  });

  test('what comes behind a full page is seen, though that page is the same', async () => {
    state.perPage = undefined;
    state.issues = Array.from({ length: 100 }, (_, i) => issue(i + 1, '2022-03-10T09:00:00Z'));
    await run();
    await run(NOW + 6 * HOUR);
    await run(NOW + 12 * HOUR);
    state.issues.push(issue(101, iso(NOW + 13 * HOUR)));
    expect((await run(NOW + 18 * HOUR)).rows).toBe(1);
  });

  test('instants are asked for in whole seconds, as GitHub writes them', async () => {
    await run(NOW + 123);
    expect(server.requests.at(-1)).toContain('since=2022-03-10T08%3A30%3A00Z');
  });

  test('more than a page that was updated in the same second is paged through', async () => {
    state.issues = Array.from({ length: 10 }, (_, i) => issue(i + 1, '2022-03-01T10:00:00Z'));
    await run();
    const all = Array.from({ length: 10 }, (_, i) => i + 1);
    for (const number of all) change(state, number, NOW + HOUR, { title: `Renamed ${number}` });
    await run(NOW + 6 * HOUR);
    expect(storedIssues(db)).toEqual(toldIssues(state));
  });

  test('while the first load is under way, no day is counted', async () => {
    state.issues = Array.from({ length: 10 }, (_, i) =>
      issue(i + 1, `2022-03-0${1 + (i % 9)}T10:00:00Z`),
    );
    await expect(run(NOW, cutAfter(part, 2))).rejects.toThrow('cut');
    expect(storedIssues(db)).toHaveLength(6);
    expect(days(db)).toEqual([]);
    await run(NOW + HOUR);
    expect(days(db)).toEqual(daysTold(state, NOW));
  });

  test('a first load goes on where it was cut', async () => {
    state.issues = Array.from({ length: 30 }, (_, i) => issue(i + 1, '2022-03-01T10:00:00Z'));
    await expect(run(NOW, cutAfter(part, 6))).rejects.toThrow('cut');
    const before = server.requests.length;
    const { batches } = await run(NOW + HOUR);
    // Four pages that are left, and one that asks what was updated meanwhile.
    expect(batches).toBe(5);
    expect(server.requests.length - before).toBe(5);
  });

  test('a day from which everything is read once more', async () => {
    state.issues = [issue(1, '2022-03-01T10:00:00Z'), issue(2, '2022-03-05T10:00:00Z')];
    await run();
    db.exec("UPDATE github_issue SET title = 'wrong'");
    await collect(db, 'github', part, [subject], { now: NOW + HOUR, since: '2022-03-03' });
    expect(storedIssues(db).map((row) => (row as string[])[2])).toEqual(['wrong', 'Issue 2']);
  });
});

describe('where issues are switched off', () => {
  const merged = { pull_request: { merged_at: '2022-03-04T10:00:00Z' } };

  test('pull requests come from their own list, and the status says so', async () => {
    state.issuesAreOff = true;
    state.issues = [1, 2, 3, 4, 5].map((n) => issue(n, `2022-03-0${n}T10:00:00Z`, merged));
    const { note } = await run();
    expect(note).toMatch(/^Issues are switched off .*pull requests/);
    expect(storedIssues(db)).toEqual(toldIssues(state).map((row) => row.with(5, null)));
    expect(new Set(days(db).map(([metric]) => metric))).toEqual(
      new Set(['github.pulls_opened', 'github.pulls_merged']),
    );
    change(state, 2, NOW + HOUR, { title: 'Later' });
    const { rows } = await run(NOW + 6 * HOUR);
    expect(rows).toBe(1);
    const before = server.requests.length;
    expect(await run(NOW + 12 * HOUR)).toMatchObject({ rows: 0, note });
    expect(server.requests.length - before).toBe(2);
  });

  test('what was known stays, and issues come back when they are switched on again', async () => {
    state.issues = [issue(1, '2022-03-01T10:00:00Z'), issue(2, '2022-03-02T10:00:00Z', merged)];
    await run();
    state.issuesAreOff = true;
    change(state, 2, NOW + HOUR, { title: 'Meanwhile' });
    await run(NOW + 6 * HOUR);
    expect(storedIssues(db)).toEqual(toldIssues(state));
    state.issuesAreOff = false;
    change(state, 1, NOW + 7 * HOUR, { title: 'Back' });
    const { note } = await run(NOW + 30 * HOUR);
    expect(note).toBeUndefined();
    expect(storedIssues(db)).toEqual(toldIssues(state));
    expect(days(db)).toEqual(daysTold(state, NOW + 30 * HOUR));
  });
});
