import { expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { saveDays } from '../../db/series.ts';
import { readCourse } from '../../reports/course.ts';
import { community, TODAY } from './community.ts';
import { movements, watching } from './watching.ts';

const DAYS = 100;

/** A package that had `before` a day, `risen` for so many days, and `now` for the last two. */
function courseOf(before: number, risen: number, kept: number, now: number) {
  const { db } = community();
  const last = addDays(TODAY, -1);
  const subjectId = watching(db, 'pypi', 'low', { openedDay: last });
  const values = Array.from({ length: DAYS }, (_, at) => {
    const back = DAYS - 1 - at;
    const value = back < 2 ? now : back < 2 + kept ? risen : before;
    return { day: addDays(last, -back), value };
  });
  const key = { subjectId, metric: 'pypi.downloads', kind: 'count' } as const;
  saveDays(db, key, values, { origin: 'poll', seenAt: '', completeThrough: last });
  const [incident] = movements(db);
  if (!incident) throw new Error('no incident');
  return { course: readCourse(db, incident, TODAY), db, key, incident };
}

test('what was lost is told against the four weeks before', () => {
  expect(courseOf(1000, 1100, 14, 500).course).toMatchObject({ weeks: 4, missing: 1100 });
});

test('of a series that had just risen, against the fortnight that it fell from', () => {
  const { course } = courseOf(1000, 10_000, 15, 5000);
  expect(course.lost).toBeCloseTo(0.5);
  expect(course.weeks).toBe(2);
});

test('days that are missing before are no rise', () => {
  const { db, key, incident } = courseOf(1000, 1000, 14, 500);
  for (let back = 20; back < 29; back++) {
    db.prepare('DELETE FROM series_day WHERE day = ?').run(addDays(TODAY, -back));
  }
  expect(readCourse(db, incident, TODAY).weeks).toBe(4);
  expect(key.subjectId).toBe(incident.subjectId);
});

test('the day of its last poll is a part of it, though it is not over', () => {
  const { db, key, incident } = courseOf(1000, 1000, 14, 500);
  const polled = { origin: 'poll', seenAt: '', completeThrough: TODAY } as const;
  saveDays(db, key, [{ day: TODAY, value: 100 }], polled);
  expect(readCourse(db, incident, TODAY).end).toBe(TODAY);
});
