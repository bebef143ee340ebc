import { describe, expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { ask } from '../../../reports/report.ts';
import { summary } from '../../../reports/summary.ts';
import { type Community, community, everyone, TODAY } from '../community.ts';
import { packageIn } from '../package.ts';

const WEEKS = 14;
/** Monday of the last whole week, and of the first one. */
const WEEK = '2026-11-09';
const FROM = addDays(WEEK, -7 * (WEEKS - 1));

/** A package that is downloaded so often each day, by week; without what is known, the first number. */
function downloads(made: Community, name: string, usual: number, last: readonly number[]) {
  const weeks = Array.from({ length: WEEKS }, (_, at) => {
    const told = last[at - (WEEKS - last.length)];
    return told ?? usual + (at % 3) * usual * 0.01;
  });
  const days = weeks.flatMap((each) => Array<number>(7).fill(Math.round(each)));
  packageIn(made.db, { name, from: FROM, downloads: days });
}

/** New stars of each week, on its Mondays. */
function stars(made: Community, name: string, weeks: readonly number[]) {
  let total = 1000;
  const totals = weeks.flatMap((gain) =>
    Array.from({ length: 7 }, (_, day) => {
      if (day === 0) total += gain;
      return total;
    }),
  );
  made.stars(name, addDays(FROM, -1), [1000, ...totals]);
}

const answer = (made: Community, params = {}) =>
  ask(summary, made.db, { today: TODAY, to: TODAY, ...params }, everyone).words;
const changes = (made: Community) => {
  const { headline, sections = [] } = answer(made);
  const told = sections.find(({ title }) => title === 'What changed')?.lines ?? [];
  return [headline, ...told].filter((line) => !line.startsWith('In all'));
};

describe('several of one measure', () => {
  test('that fall together without moving the sum are one story', () => {
    const made = community();
    downloads(made, 'huge', 90_000, []);
    for (const name of ['a', 'b', 'c', 'd']) downloads(made, name, 1000, [500]);
    expect(changes(made)).toEqual([
      'Downloads of 4 packages were below what is usual: a 3,500 (50% below), b 3,500 (50% below), c 3,500 (50% below) and 1 more.',
    ]);
  });

  test('that move the sum are told with it', () => {
    const made = community();
    for (const name of ['a', 'b', 'c', 'd']) downloads(made, name, 1000, [500]);
    expect(changes(made)).toEqual([
      'Downloads of 4 packages together fell 50% to 14,000, below the usual 28,000 to 28,560: unusual in all of them.',
    ]);
  });

  test('of which one or two move the sum are told in its place', () => {
    const made = community();
    downloads(made, 'large', 9000, [4000]);
    downloads(made, 'small', 1000, []);
    expect(changes(made)).toEqual([
      'Downloads of large fell 56% to 28,000, below the usual 63,000 to 64,260.',
    ]);
  });

  test('have the one named that moved the sum by more than its size', () => {
    const made = community();
    downloads(made, 'large', 5000, [1500]);
    for (const name of ['a', 'b', 'c']) downloads(made, name, 2000, [1700]);
    expect(changes(made)).toEqual([
      'Downloads of 4 packages together fell 40% to 46,200, below the usual 77,000 to 78,540: unusual in all of them, mostly in large (10,500).',
    ]);
  });
});

test('a story that a sum would have hidden is told', () => {
  // The part with the largest score took the sum off the list, and the sum took all other parts.
  const made = community();
  downloads(made, 'a', 1000, [6000]);
  downloads(made, 'b', 5000, [11_000]);
  expect(changes(made)).toEqual([
    'Downloads of a rose from 7,000 to 42,000, far above the usual 7,000 to 7,140.',
    'Downloads of b rose 120% to 77,000, above the usual 35,000 to 35,700.',
  ]);
});

test('the larger one comes before what is only unusual for its steadiness', () => {
  const made = community();
  downloads(made, 'steady', 1000, [1250]);
  downloads(made, 'doubled', 1000, [2600]);
  expect(changes(made)[0]).toMatch(/^Downloads of doubled rose/);
});

describe('what lasts', () => {
  test('has its last step told where that is large', () => {
    const made = community();
    downloads(made, 'a', 1000, [850, 400]);
    expect(answer(made).headline).toBe(
      'Downloads of a fell 53% to 2,800, 60% below the usual 7,000 to 7,140, for the second week in a row.',
    );
  });

  test('has falls in a row counted as falls', () => {
    const made = community();
    downloads(made, 'a', 1000, [980, 600]);
    expect(answer(made).headline).toMatch(/, the \w+ fall in a row, below the usual/);
  });
});

test('beyond the usual by a trifle is no news', () => {
  const made = community();
  downloads(made, 'a', 1000, [970]);
  expect(answer(made).headline).toMatch(/^Nothing stands out/);
  expect(answer(made).alt).toContain('just below 7,000 to 7,140');
});

describe('an extreme of what varies much', () => {
  const wild = [300, 40, 500, 60, 350, 30, 450, 80, 400, 50, 380, 70, 320, 560];

  test('is told as such', () => {
    const made = community();
    stars(made, 'a/b', wild);
    expect(answer(made).headline).toBe('Nothing stands out: 560 new stars last week.');
    expect(changes(made)).toContain('New stars were the most of these 13 weeks, which vary much.');
    expect(answer(made).alt).toContain('New stars: 560, 320 before, most of these 13 weeks.');
  });

  test('is none where another one was as far', () => {
    const made = community();
    stars(made, 'a/b', wild.with(2, 600));
    expect(answer(made).alt).toContain('at times');
  });
});

test('growth leads to what is nearer to its line than to the usual', () => {
  const made = community();
  const growing = Array.from({ length: WEEKS }, (_, at) => Math.round(100 * 1.05 ** at));
  stars(made, 'a/b', growing);
  const led = 'New stars are above what was usual, as their growth leads one to expect.';
  expect(changes(made)).toContain(led);
  const other = community();
  stars(other, 'a/b', growing.with(-1, 260));
  expect(changes(other)).not.toContain(led);
});

test('stars that were taken back are told as lost', () => {
  const made = community();
  stars(made, 'a/b', [...Array<number>(13).fill(103), -5]);
  expect(answer(made).headline).toBe(
    'b lost 5 stars, after 103 new ones the week before, below the usual 103.',
  );
});

test('of a day the date stands beside the number', () => {
  const made = community();
  downloads(made, 'a', 1000, [500]);
  const { headline } = answer(made, {
    granularity: 'daily',
    today: '2026-11-17',
    to: '2026-11-16',
  });
  expect(headline).toBe(
    'Downloads of a fell 50% to 500 on 15 Nov 2026 against the Sunday before, below the usual 1,000 to 1,020.',
  );
});

test('months that differ in length are compared by the day', () => {
  const made = community();
  packageIn(made.db, {
    name: 'a',
    from: '2025-09-01',
    downloads: [...Array<number>(365 + 30).fill(100), ...Array<number>(31).fill(180)],
  });
  const asked = { granularity: 'monthly', today: '2026-11-10', to: '2026-11-09' };
  expect(answer(made, asked).headline).toMatch(
    /^Downloads of a rose to 5,580 \(\+80% a day\), above the usual/,
  );
});

test('with holes in the sum it is not too early where the parts are judged', () => {
  const made = community();
  downloads(made, 'whole', 1000, []);
  const days = Array.from({ length: 7 * WEEKS }, (_, at) => (at % 14 === 3 && at < 80 ? null : 50));
  packageIn(made.db, { name: 'holed', from: FROM, downloads: days });
  expect(answer(made).headline).toMatch(/^Nothing stands out/);
});

describe('at the turn of the year', () => {
  const answerOf = (last: number) => {
    const made = community();
    const weeks = [...Array<number>(13).fill(1000), last];
    const downloads = weeks.flatMap((each) => Array<number>(7).fill(each));
    packageIn(made.db, { name: 'a', from: '2026-09-28', downloads });
    return answer(made, { today: '2027-01-04', to: '2027-01-03' });
  };

  test('less is no news', () => {
    const { headline, alt } = answerOf(600);
    expect(headline).toBe('Nothing stands out: 4,200 downloads last week.');
    expect(alt).toContain('below 7,000, holidays');
    expect(alt).toContain(
      'Downloads are below what was usual, as is common at the turn of the year.',
    );
  });

  test('much less is', () => {
    expect(answerOf(300).headline).toMatch(/^Downloads of a fell 70% to 2,100/);
  });
});

test('what is too new to be in the sum is told by itself, and not counted as one of its parts', () => {
  const made = community();
  for (const name of ['a', 'b', 'c']) downloads(made, name, 1000, [500]);
  const young = [...Array<number>(7 * 9).fill(1000), ...Array<number>(7).fill(400)];
  packageIn(made.db, { name: 'young', from: addDays(WEEK, -63), downloads: young });
  expect(changes(made)).toEqual([
    'Downloads of young fell 60% to 2,800, below the usual 7,000.',
    'Downloads of 3 packages together fell 50% to 10,500, below the usual 21,000 to 21,420: unusual in all of them.',
  ]);
});

test('a decline that went on before the turn of the year is none of its', () => {
  const made = community();
  const weeks = [...Array<number>(10).fill(1000), 700, 690, 680, 600];
  const days = weeks.flatMap((each) => Array<number>(7).fill(each));
  packageIn(made.db, { name: 'a', from: '2026-09-28', downloads: days });
  const { alt } = answer(made, { today: '2027-01-04', to: '2027-01-03' });
  expect(alt).not.toContain('turn of the year');
});

test('of a sum that a hole leaves without a usual range its parts are judged', () => {
  const made = community();
  downloads(made, 'whole', 1000, []);
  downloads(made, 'steady', 2000, []);
  const days = Array.from({ length: 7 * WEEKS }, (_, at) => (at % 14 === 3 && at < 80 ? null : 50));
  packageIn(made.db, { name: 'holed', from: FROM, downloads: days });
  expect(answer(made).headline).toMatch(
    /; downloads can’t be judged together, as weeks are missing\.$/,
  );
});

test('what is said in Slack is too new to be judged, and not full of holes', () => {
  const made = community();
  downloads(made, 'a', 1000, []);
  for (let day = 0; day < 30; day++) made.wrote('U1', 'general', addDays(TODAY, -day), 3);
  expect(answer(made).headline).toMatch(/; messages are too new to be judged\.$/);
});
