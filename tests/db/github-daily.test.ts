import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { saveCommits } from '../../db/github-commits.ts';
import { fillDays, GITHUB_COUNTS, saveTouchedDays } from '../../db/github-daily.ts';
import { type GithubIssue, saveIssues } from '../../db/github-issues.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject } from '../../db/subjects.ts';

let db: Db;
let id: number;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  id = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket').id;
});

const TODAY = '2022-03-10';
const recount = { today: TODAY, seenAt: `${TODAY}T09:30:00.000Z` };
const at = (day: number, hour = 10) =>
  `2022-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;

function issue(number: number, more: Partial<GithubIssue> = {}): GithubIssue {
  return {
    number,
    isPull: false,
    isDraft: false,
    title: 'It breaks',
    author: 'ada',
    state: 'open',
    stateReason: null,
    comments: 0,
    labels: [],
    createdAt: at(1),
    updatedAt: at(1),
    closedAt: null,
    mergedAt: null,
    ...more,
  };
}

const days = (metric: string) =>
  db
    .prepare(
      `SELECT day || ' ' || value FROM series_day JOIN series ON id = series_id
       WHERE metric = ? ORDER BY day`,
    )
    .pluck()
    .all(metric);

describe('issues', () => {
  test('an older state never overwrites a newer one, and the same state is no change', () => {
    expect(saveIssues(db, id, [issue(1, { updatedAt: at(5), title: 'New' })]).changed).toBe(1);
    expect(saveIssues(db, id, [issue(1, { updatedAt: at(4), title: 'Old' })]).changed).toBe(0);
    expect(saveIssues(db, id, [issue(1, { updatedAt: at(5), title: 'New' })]).changed).toBe(0);
    expect(saveIssues(db, id, [issue(1, { updatedAt: at(5), labels: ['bug'] })]).changed).toBe(1);
    expect(db.prepare('SELECT title, labels FROM github_issue').raw().all()).toEqual([
      ['It breaks', '["bug"]'],
    ]);
  });

  test('a list that does not tell the comments leaves them as they were', () => {
    saveIssues(db, id, [issue(1, { comments: 7 })]);
    expect(saveIssues(db, id, [issue(1, { comments: null })]).changed).toBe(0);
    saveIssues(db, id, [issue(1, { comments: null, updatedAt: at(2) })]);
    expect(db.prepare('SELECT comments FROM github_issue').pluck().all()).toEqual([7]);
  });

  test('one that becomes a pull request counts as that, and no longer as an issue', () => {
    saveTouchedDays(db, id, saveIssues(db, id, [issue(1)]).touched, recount);
    const later = issue(1, { isPull: true, updatedAt: at(2), mergedAt: at(2) });
    saveTouchedDays(db, id, saveIssues(db, id, [later]).touched, recount);
    expect(days('github.issues_opened')).toEqual(['2022-03-01 0']);
    expect(days('github.pulls_opened')).toEqual(['2022-03-01 1']);
    expect(days('github.pulls_merged')).toEqual(['2022-03-02 1']);
  });
});

describe('days', () => {
  test('begin with the repository, or with what is older than it', () => {
    db.prepare(
      `INSERT INTO github_repository (subject_id, size_kb, is_fork, is_archived, created_at, seen_at)
       VALUES (?, 1, 0, 0, '2022-03-07T12:00:00Z', '')`,
    ).run(id);
    fillDays(db, id, ['github.commits'], { ...recount, isFirst: true });
    expect(days('github.commits')).toEqual(['2022-03-07 0', '2022-03-08 0', '2022-03-09 0']);
    saveCommits(db, id, [{ sha: 'a', author: null, authorName: '', committedAt: at(6) }]);
    fillDays(db, id, ['github.commits'], { ...recount, isFirst: false });
    expect(days('github.commits')[0]).toBe('2022-03-06 1');
  });

  test('are none where nothing tells since when', () => {
    expect(fillDays(db, id, ['github.commits'], { ...recount, isFirst: true })).toBe(0);
    expect(days('github.commits')).toEqual([]);
  });

  test('of a later date wait for their time', () => {
    const { touched } = saveCommits(db, id, [
      { sha: 'a', author: null, authorName: '', committedAt: at(12) },
    ]);
    saveTouchedDays(db, id, touched, recount);
    expect(days('github.commits')).toEqual([]);
    fillDays(db, id, ['github.commits'], { ...recount, today: '2022-03-13', isFirst: false });
    expect(days('github.commits')).toEqual(['2022-03-12 1']);
  });

  test('that an earlier list has left behind are corrected by the first filling', () => {
    saveCommits(db, id, [{ sha: 'a', author: null, authorName: '', committedAt: at(8) }]);
    const key = { subjectId: id, metric: 'github.commits', kind: 'count' } as const;
    const seenAt = `${TODAY}T00:00:00.000Z`;
    saveDays(db, key, [{ day: '2022-03-09', value: 5 }], { origin: 'poll', seenAt });
    fillDays(db, id, ['github.commits'], { ...recount, isFirst: true });
    expect(days('github.commits')).toEqual(['2022-03-08 1', '2022-03-09 0']);
  });
});

test('whatever order states come in, the days are those of the latest ones', () => {
  const day = fc.integer({ min: 4, max: 9 });
  const state = fc.record({
    number: fc.integer({ min: 1, max: 4 }),
    isPull: fc.boolean(),
    createdAt: fc.integer({ min: 1, max: 3 }).map((one) => at(one)),
    closedAt: fc.option(day.map((one) => at(one, 23))),
    mergedAt: fc.option(day.map((one) => at(one, 0))),
    updatedAt: fc.tuple(day, fc.nat({ max: 23 })).map(([one, hour]) => at(one, hour)),
  });
  const everything = () => GITHUB_COUNTS.flatMap((metric) => [metric, ...days(metric)]);
  fc.assert(
    fc.property(
      fc.array(fc.array(state, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      (batches) => {
        db.exec('DELETE FROM github_issue; DELETE FROM series_day; DELETE FROM series');
        for (const batch of batches) {
          const issues = batch.map(({ number, ...more }) => issue(number, more));
          saveTouchedDays(db, id, saveIssues(db, id, issues).touched, recount);
        }
        fillDays(db, id, GITHUB_COUNTS, { ...recount, isFirst: false });
        const corrected = everything();
        expect(fillDays(db, id, GITHUB_COUNTS, { ...recount, isFirst: true })).toBe(0);
        db.exec('DELETE FROM series_day');
        fillDays(db, id, GITHUB_COUNTS, { ...recount, isFirst: true });
        const isZero = (row: unknown) => String(row).endsWith(' 0');
        const counted = (rows: unknown[]) => rows.filter((row) => !isZero(row));
        expect(counted(corrected)).toEqual(counted(everything()));
      },
    ),
    { numRuns: 100 },
  );
});
