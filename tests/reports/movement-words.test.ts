import { describe, expect, test } from 'vitest';
import { flat, told } from './told.ts';

const before = flat(120, 100);
const sentence = (...args: Parameters<typeof told>) => told(...args).sentence;

describe('while it is open', () => {
  test('how far below what, and since when', () => {
    expect(sentence([...before, 40, 40], { opened: 0 })).toBe(
      'Downloads of one have been 60% below usual since 20 Nov 2026 (about 40 a day instead of 100).',
    );
  });

  test('of a long one, the last days where it went otherwise', () => {
    expect(sentence([...before, ...flat(7, 60), ...flat(7, 20)], { opened: 12 })).toBe(
      'Downloads of one have been below usual since 8 Nov 2026, lately 80% below usual (about 20 a day instead of 100).',
    );
  });

  test('the share is of the days that were low, and they are counted', () => {
    expect(sentence([...before, 40, 95, 40, 98, 40, 40], { opened: 0, days: 7 })).toBe(
      'Downloads of one have been 60% below usual on 4 of the 6 days since 16 Nov 2026 (about 40 a day instead of 100).',
    );
  });

  test('a share that is of few of the days has that of all beside it', () => {
    expect(sentence([...before, 40, 95, 40, 98, 40, 96, 40], { opened: 0, days: 7 })).toBe(
      'Downloads of one have been 60% below usual on 4 of the 7 days since 15 Nov 2026 (about 40 a day instead of 100; 36% below usual in all).',
    );
  });

  test('days that are not known, or not to be trusted, are not counted', () => {
    const values = [...before, 40, 95, 40, 0, 98, 40, 40];
    expect(sentence(values, { opened: 0, days: 7, suspect: [3] })).toMatch(
      /been 60% below usual on 4 of the 6 known days since 15 Nov 2026/,
    );
  });

  test('one good day in a long one does not change the share', () => {
    const low = [...before, ...flat(10, 30)];
    expect(sentence([...low, 74, 30], { opened: 11 })).toMatch(/been 70% below usual since/);
    expect(sentence([...low, 74, 30, 30, 74, 74, 30], { opened: 15 })).toMatch(
      /been 70% below usual since/,
    );
  });

  test('a day that is back is told as that', () => {
    expect(sentence([...before, 10, 101], { opened: 0 })).toBe(
      'Downloads of one were 90% below usual on 20 Nov 2026 (about 10 a day instead of 100); 21 Nov was as usual, which may not last.',
    );
  });

  test('where nothing comes in, that', () => {
    expect(sentence([...before, 0, 0], { opened: 0 })).toBe(
      'There have been no downloads of one at all since 20 Nov 2026 (usual: about 100 a day).',
    );
    expect(sentence([...before, 0, 102], { opened: 0 })).toBe(
      'There were no downloads of one at all on 20 Nov 2026 (usual: about 100 a day); 21 Nov was as usual, which may not last.',
    );
  });

  test('a counter that stands still is told as that at once', () => {
    expect(sentence([...before, 0, 0], { source: 'docker', opened: 0 })).toBe(
      'The counter of pulls of one has not moved since 20 Nov 2026 (usual: about 100 a day).',
    );
  });

  test('so is that it has caught up, before it is over', () => {
    expect(sentence([...before, 0, 0, 0, 400, 100], { source: 'docker', opened: 2, days: 3 })).toBe(
      'Pulls of one seemed to be lost from 17 to 19 Nov 2026: the counter had stood still, and caught up.',
    );
  });

  test('what went down bit by bit is told as a slide', () => {
    const slope = Array.from({ length: 20 }, (_, at) => 100 - 3 * (at + 1));
    expect(sentence([...before, ...slope], { opened: 0, days: 14 })).toMatch(
      /^Downloads of one have been sliding since about (1|2|3|4) Nov 2026, to 51% below usual \(about 49 a day instead of 100\)\.$/,
    );
  });

  test('so is a slide from what had become a multiple a fortnight before', () => {
    const slope = Array.from({ length: 14 }, (_, at) => 1000 - 45 * (at + 1));
    expect(sentence([...before, ...flat(14, 1000), ...slope], { opened: 0 })).toMatch(
      /^Downloads of one have been sliding since about \d+ Nov 2026, to 50% below usual \(about 510 a day instead of 1,000\)\.$/,
    );
  });

  test('the end of a burst is no loss', () => {
    const burst = [...before, ...flat(20, 400), 190, 104, 98];
    expect(sentence(burst, { opened: 0 })).toBe(
      'A burst of downloads of one (30 Oct to 18 Nov 2026) is over: about 130 a day since, 100 before it.',
    );
  });

  test('what falls far below what it had before a short burst lost that much of that', () => {
    const burst = [...before, ...flat(10, 400), 40, 40];
    expect(sentence(burst, { opened: 0 })).toBe(
      'Downloads of one have been 60% below usual since 20 Nov 2026 (about 40 a day instead of 100).',
    );
  });

  test('of what had grown for weeks, a fall is told as one', () => {
    const grown = Array.from({ length: 60 }, (_, at) => Math.round(100 * 1.02 ** at));
    expect(sentence([...before, ...grown, 110, 110], { opened: 0 })).toMatch(
      /^Downloads of one have been (5|6)\d% below/,
    );
  });

  test('where in all nothing was lost, that', () => {
    expect(sentence([...before, 500, 40, 40, 40, 500, 40, 40], { opened: 0, days: 7 })).toBe(
      'Downloads of one have been below usual on 5 of the 6 days since 16 Nov 2026; in all, 17% more than usual came in.',
    );
    expect(sentence([...before, 99, 101], { opened: 0 })).toBe(
      'Downloads of one have not been below usual since 20 Nov 2026, by the numbers as they are now.',
    );
  });

  test('a rise is so many times the usual', () => {
    expect(sentence([...before, 1110, 1090], { opened: 0, kind: 'rise' })).toBe(
      'Downloads of one have been 11 times the usual since 20 Nov 2026 (about 1,100 a day instead of 100).',
    );
    expect(sentence([...before, 250, 240], { opened: 0, kind: 'rise' })).toMatch(
      /been 2\.5 times the usual/,
    );
    expect(sentence([...before, 180, 180], { opened: 0, kind: 'rise' })).toMatch(
      /been 80% above usual/,
    );
  });
});

describe('when it is over', () => {
  test('it has recovered when it is as usual', () => {
    expect(sentence([...before, 40, 40, 40, 97, 102], { opened: 3, closed: 0 })).toBe(
      'Downloads of one were 60% below usual from 17 to 19 Nov 2026 (about 40 a day instead of 100), and recovered.',
    );
  });

  test('else it is said how far it came', () => {
    expect(sentence([...before, 40, 40, 40, 72, 74], { opened: 3, closed: 0 })).toBe(
      'Downloads of one were 60% below usual from 17 to 19 Nov 2026 (about 40 a day instead of 100); 20 and 21 Nov were less low, but still 27% below usual.',
    );
  });

  test('that it hardly came back is said as well', () => {
    expect(sentence([...before, 40, 40, 40, 48, 46], { opened: 3, closed: 0 })).toBe(
      'Downloads of one were 60% below usual from 17 to 19 Nov 2026 (about 40 a day instead of 100), and the alert is over, though 20 and 21 Nov were still 53% below usual.',
    );
  });

  test('of a week that is not over, its days are told', () => {
    expect(sentence([...before, 40, 40, 100, 100, ...flat(5, 50)], { opened: 7, closed: 5 })).toBe(
      'Downloads of one were 60% below usual from 13 to 14 Nov 2026 (about 40 a day instead of 100), recovered on 15 and 16 Nov, and were 50% below usual in the 5 days after.',
    );
  });

  test('it is told later that it fell again', () => {
    expect(sentence([...before, 40, 40, 100, 100, ...flat(7, 50)], { opened: 9, closed: 7 })).toBe(
      'Downloads of one were 60% below usual from 11 to 12 Nov 2026 (about 40 a day instead of 100), recovered on 13 and 14 Nov, and were 50% below usual in the week after.',
    );
  });

  test('so it is when it had not recovered before', () => {
    expect(sentence([...before, 40, 40, 72, 74, ...flat(7, 50)], { opened: 9, closed: 7 })).toMatch(
      /; 13 and 14 Nov were less low, but still 27% below usual, and the week after was 50% below usual\.$/,
    );
  });

  test('a new level that corrected numbers took back is none', () => {
    const about = { opened: 27, closed: 0, outcome: 'new level' } as const;
    expect(sentence([...before, ...flat(28, 101)], about)).toBe(
      'Downloads of one are as usual, by the numbers as they are now.',
    );
  });

  test('that it is not watched any more is said, however it went', () => {
    const about = { opened: 2, closed: 0, outcome: 'not watched' } as const;
    for (const values of [
      [0, 0, 101, 102],
      [0, 0, 0, 0],
      [20, 20, 20, 20],
      [101, 60, 102, 101],
    ]) {
      expect(sentence([...before, ...values], about)).toMatch(/, and are no longer watched\.$/);
    }
  });

  test('where nothing is usual, no share of it is told', () => {
    expect(sentence([20, 20, 60, 62], { opened: 3, closed: 0 })).not.toContain('NaN');
  });

  test('the new level is that of the last week', () => {
    const { course, sentence: said } = told([...before, ...flat(22, 60), ...flat(7, 30)], {
      opened: 27,
      closed: 0,
      outcome: 'new level',
    });
    expect(said).toBe(
      'Downloads of one dropped on 24 Oct 2026 to 70% below usual (about 30 a day instead of 100), which is the new level now.',
    );
    expect(course.end).toBe('2026-11-21');
  });

  test('a counter that caught up had only stood still', () => {
    expect(
      sentence([...before, 0, 0, 0, 400, 100], { source: 'docker', opened: 3, closed: 0 }),
    ).toBe(
      'Pulls of one seemed to be lost from 17 to 19 Nov 2026: the counter had stood still, and caught up.',
    );
  });

  test('the days after one without anything are told', () => {
    expect(sentence([...before, 0, 100, 100], { opened: 2, days: 1, closed: 0 })).toBe(
      'There were no downloads of one at all on 19 Nov 2026 (usual: about 100 a day); 20 and 21 Nov were as usual again.',
    );
  });

  test('a burst that comes again is told as that', () => {
    expect(
      sentence([...before, ...flat(20, 400), 100, 100, 390, 410], { opened: 2, closed: 0 }),
    ).toBe(
      'A burst of downloads of one (29 Oct to 17 Nov 2026) was over from 18 to 19 Nov 2026: about 100 a day, 100 before it, and it rose again.',
    );
  });
});
