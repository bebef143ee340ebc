import { addDays, dayOf } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import type { Part } from '../../src/sources/source.ts';
import type { ApiIssue, Fake } from './github-lists-server.ts';

export const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

/** An open issue that was created, and last updated, at that instant. */
export function issue(number: number, at: string, more: Partial<ApiIssue> = {}): ApiIssue {
  return {
    number,
    title: `Issue ${number}`,
    user: { login: `person-${number % 5}`, type: 'User' },
    state: 'open',
    comments: 0,
    labels: [],
    created_at: at,
    updated_at: at,
    closed_at: null,
    ...more,
  };
}

/** Something happens to an issue. */
export function change(state: Fake, number: number, at: number, more: Partial<ApiIssue>): void {
  state.issues = state.issues.map((one) =>
    one.number === number ? { ...one, ...more, updated_at: iso(at) } : one,
  );
}

/** What is stored of issues, and what the server holds of the same. */
export const storedIssues = (db: Db) =>
  db
    .prepare(
      `SELECT number, is_pull, title, author, state, comments, updated_at, closed_at, merged_at
       FROM github_issue ORDER BY number`,
    )
    .raw()
    .all();

export const toldIssues = (state: Fake) =>
  state.issues
    .toSorted((a, b) => a.number - b.number)
    .map((one) => [
      one.number,
      one.pull_request ? 1 : 0,
      one.title,
      one.user?.login ?? null,
      one.state,
      one.comments,
      one.updated_at,
      one.closed_at,
      one.pull_request?.merged_at ?? null,
    ]);

export const days = (db: Db) =>
  db
    .prepare<[], [string, string, number]>(
      `SELECT metric, day, value FROM series_day JOIN series ON id = series_id
       ORDER BY metric, day`,
    )
    .raw()
    .all();

/** The counts as they have to be, out of what the server holds. */
export function daysTold(state: Fake, now: number): [string, string, number][] {
  const metrics: [string, boolean, (one: ApiIssue) => string | null | undefined][] = [
    ['github.issues_closed', false, (one) => one.closed_at],
    ['github.issues_opened', false, (one) => one.created_at],
    ['github.pulls_merged', true, (one) => one.pull_request?.merged_at],
    ['github.pulls_opened', true, (one) => one.created_at],
  ];
  const today = dayOf(now);
  const first = state.issues.map((one) => one.created_at.slice(0, 10)).toSorted()[0];
  return metrics.flatMap(([metric, isPull, at]) => {
    const count = (day: string) =>
      state.issues.filter(
        (one) => Boolean(one.pull_request) === isPull && at(one)?.slice(0, 10) === day,
      ).length;
    const rows: [string, string, number][] = [];
    for (let day = first ?? today; day < today; day = addDays(day, 1)) {
      rows.push([metric, day, count(day)]);
    }
    return count(today) > 0 ? [...rows, [metric, today, count(today)]] : rows;
  });
}

/** As the process would be cut off after some batches. */
export function cutAfter(part: Part, batches: number, meanwhile = () => {}): Part {
  return {
    ...part,
    async *collect(subjects, context) {
      let count = 0;
      for await (const batch of part.collect(subjects, context)) {
        if (count === batches) throw new Error('cut');
        yield batch;
        if (count === 0) meanwhile();
        count += 1;
      }
    },
  };
}
