import { describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { saveDays } from '../../db/series.ts';
import { readCourse } from '../../reports/course.ts';
import { community, TODAY } from './community.ts';
import { flat, LAST, told } from './told.ts';
import { movements, watching } from './watching.ts';

const before = flat(120, 100);
const at = (back: number) => addDays(LAST, -back);

describe('what is usual', () => {
  test('is not moved by one wrong day, nor by a burst of three', () => {
    const wild = [...before];
    wild.splice(100, 4, 90_000, 70_000, 100, 80_000);
    const { course } = told([...wild, 50, 50], { opened: 0 });
    expect(course).toMatchObject({ lost: 0.5, usual: 100, now: 50, missing: 100 });
    expect(course.days.at(-1)).toMatchObject({ low: 100, high: 100 });
  });

  test('has the habits of the weekdays in it', () => {
    const weeks = Array.from({ length: 20 }, () => [100, 100, 100, 100, 100, 40, 40]).flat();
    const { course } = told([...weeks, 50, 50], { opened: 0 });
    expect(course.usual).toBeCloseTo(580 / 7);
    expect(course.lost).toBeCloseTo(0.5);
    const { course: weekend } = told([...weeks.slice(0, -2), 20, 20], { opened: 0 });
    // The average of a week, whichever days it is of; the share is of those.
    expect(weekend.usual).toBeCloseTo(580 / 7);
    expect(weekend.lost).toBeCloseTo(0.5);
  });

  test('of a series that has just risen is that of the fortnight that it fell from', () => {
    const { course } = told([...before, ...flat(15, 1000), 500, 500], { opened: 0 });
    expect(course).toMatchObject({ weeks: 2, usual: 1000, lost: 0.5 });
    expect(told([...before, ...flat(14, 110), 50, 50], { opened: 0 }).course.weeks).toBe(4);
  });

  test('is the same in the sentence and in the band of the picture', () => {
    const noisy = before.map((_, day) => 100 + ((day * 37) % 21) - 10);
    const { course } = told([...noisy, 40, 40], { opened: 0 });
    const { low, high } = course.days.at(-1) ?? {};
    expect(low).toBeLessThan(course.usual ?? 0);
    expect(high).toBeGreaterThan(course.usual ?? 0);
    expect(low).toBeGreaterThan(85);
  });
});

describe('its days', () => {
  test('begin where it fell, also before those that it was noticed from', () => {
    expect(told([...before, ...flat(6, 50)], { opened: 0 }).course.onset).toBe(at(5));
  });

  test('begin with a low one', () => {
    expect(
      told([...before, 98, 101, 50, 50, 50, 50, 50], { opened: 0, days: 7 }).course.onset,
    ).toBe(at(4));
  });

  test('do not begin with a low one that two others part from it', () => {
    const values = [...before, 13, 101, 97, 30, 30, 95, 30];
    expect(told(values, { opened: 0, days: 7 }).course.onset).toBe(at(3));
  });

  test('do not begin with a suspect one', () => {
    const { course } = told([...before, 3, 3, 3], { opened: 0, days: 3, suspect: [2] });
    expect(course.onset).toBe(at(1));
    expect(told([...before, 3, 3, 3], { opened: 0, suspect: [2] }).course.onset).toBe(at(1));
  });

  test('of which a suspect one does not count', () => {
    const { course } = told([...before, 50, 0, 50], { opened: 0, days: 3, suspect: [1] });
    expect(course).toMatchObject({ onset: at(2), lost: 0.5, farDays: 2, knownDays: 2 });
  });

  test('of a counter, nor does the day after it', () => {
    const values = [...before, 50, 0, 150, 50];
    const { course } = told(values, { source: 'docker', opened: 0, days: 4, suspect: [2] });
    expect(course).toMatchObject({ lost: 0.5, farDays: 2, knownDays: 2 });
  });

  test('end with the last low one', () => {
    const { course } = told([...before, 50, 50, 100, 100, 100], { opened: 3, closed: 0 });
    expect(course).toMatchObject({ end: at(3), back: { from: at(2), to: at(0), isUsual: true } });
  });
});

test('what is lost is reckoned for the days that are not known, too', () => {
  const values = [...before, 50, 0, 150, 50, 50, 50];
  const { course } = told(values, { source: 'docker', opened: 0, days: 6, suspect: [4] });
  expect(course).toMatchObject({ knownDays: 4, missing: 300 });
});

test('the usual level is the same on each day of the week', () => {
  const week = [100, 110, 120, 110, 90, 40, 30];
  const usual = [1, 2, 3, 4, 5, 6, 7].map((days) => {
    const low = week.slice(0, days).map((value) => value / 2);
    return told([...Array(17).fill(week).flat(), ...low], { opened: 0, days }).course.usual;
  });
  expect(new Set(usual.map((value) => value?.toFixed(6))).size).toBe(1);
  expect(usual[0]).toBeCloseTo(600 / 7);
});

describe('a slide', () => {
  const wobbly = (value: number, day: number) =>
    Math.round(value * (1 + (((day * 37) % 21) - 10) / 100));

  test('begins where the line does that fits it', () => {
    const slope = Array.from({ length: 14 }, (_, day) => 97 - 3 * day);
    const { course } = told([...before, ...slope].map(wobbly), { opened: 0, days: 7 });
    expect(course.isSlide).toBe(true);
    expect([at(15), at(14), at(13), at(12), at(11)]).toContain(course.onset);
  });

  test('is none where it fell within a day, low days of the source before that or not', () => {
    const step = [...before.slice(10), 0, ...flat(9, 96), ...flat(7, 60)].map(wobbly);
    const { course } = told(step, { opened: 0, days: 7, suspect: [16] });
    expect(course).toMatchObject({ isSlide: false, onset: at(6) });
  });

  test('is none where a level that is a little lower was there for weeks before', () => {
    const steps = [...flat(120, 130), ...flat(24, 100), ...flat(7, 60)].map(wobbly);
    const { course } = told(steps, { opened: 0, days: 7 });
    expect(course).toMatchObject({ isSlide: false, onset: at(6) });
  });
});

test('a step is no slide, however noisy', () => {
  const noisy = before.map((_, day) => 100 + ((day * 37) % 61) - 30);
  const after = flat(7, 45).map((value, day) => value + ((day * 29) % 31) - 15);
  expect(told([...noisy, ...after], { opened: 0, days: 7 }).course.isSlide).toBe(false);
});

test('the day of its last poll is a part of it, though it is not over', () => {
  const { db } = community();
  const subjectId = watching(db, 'pypi', 'low', { openedDay: LAST });
  const key = { subjectId, metric: 'pypi.downloads', kind: 'count' } as const;
  const polled = { origin: 'poll', seenAt: '', completeThrough: TODAY } as const;
  const days = [...before, 50, 50, 10].map((value, index) => ({
    day: addDays(TODAY, index - 122),
    value,
  }));
  saveDays(db, key, days, polled);
  const [incident] = movements(db);
  expect(incident && readCourse(db, incident, TODAY).end).toBe(TODAY);
});
