import { expect, test } from 'vitest';
import { advisoriesOf } from '../../../db/advisories.ts';
import { listCollections } from '../../../db/collections.ts';
import { addDays, dayOf } from '../../../db/days.ts';
import { polledJoints } from '../../../db/joint-series.ts';
import { IN_MEMORY, openDatabase } from '../../../db/open.ts';
import { providedDays } from '../../../db/provided-days.ts';
import { daysOf, seriesOf } from '../../../db/series.ts';
import { findSubject, trackedSubjects } from '../../../db/subjects.ts';
import { sampleProjects } from '../../../playground/sample/projects.ts';
import { sampleWorkspace } from '../../../playground/sample/workspace.ts';
import { seed } from '../../../playground/seed.ts';

test('a seeded database holds what the sample tells, as if it had been collected', () => {
  const lastDay = addDays(dayOf(Date.now()), -1);
  const projects = sampleProjects(lastDay);
  const db = openDatabase(IN_MEMORY);
  seed(db, sampleWorkspace(lastDay), projects);

  const subjects = trackedSubjects(db);
  expect(subjects).toHaveLength(11);
  expect(subjects.filter(({ role }) => role === 'dependency').map(({ name }) => name)).toEqual([
    'sample-brine',
  ]);
  expect(polledJoints(db, 'docker.pulls').filter(({ parts }) => parts.length > 1)).toMatchObject([
    { series: { subjectName: 'sample/beacon' } },
  ]);

  const id = findSubject(db, 'pypi', 'sample-tidewater')?.id ?? 0;
  const series = seriesOf(db, 'pypi.downloads').find(({ subjectId }) => subjectId === id);
  const told = projects.series.find(
    ({ name, dimension, metric }) =>
      name === 'sample-tidewater' && metric === 'pypi.downloads' && dimension === undefined,
  );
  expect(daysOf(db, series?.id ?? 0, '2000-01-01', lastDay)).toEqual(told?.values);
  expect(series?.completeThrough).toBe(lastDay);
  const { count, splits } = db
    .prepare(
      `SELECT count(*) AS count, count(DISTINCT dimension) - 1 AS splits
       FROM series JOIN series_day ON series_id = series.id WHERE subject_id = ?`,
    )
    .get(id) as { count: number; splits: number };
  expect(splits).toBe(8);
  expect(count).toBe(
    projects.series
      .filter(({ source, name }) => source === 'pypi' && name === 'sample-tidewater')
      .reduce((sum, { values }) => sum + values.length, 0),
  );

  const provided = providedDays(db, id, '2000-01-01', lastDay);
  expect(provided).toHaveLength(400);
  expect(provided.filter(({ isSettled }) => !isSettled)).toHaveLength(2);
  expect(advisoriesOf(db, id)).toMatchObject([{ severity: 'high', ranges: [{ fixed: '1.10.1' }] }]);

  expect(listCollections(db)).toHaveLength(11);
  expect(listCollections(db).every(({ doneAt, failures }) => doneAt && failures === 0)).toBe(true);
  expect(
    db.prepare("SELECT sum(bytes) FROM run WHERE source = 'pypi'").pluck().get(),
  ).toBeGreaterThan(0);
  db.close();
});
