import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { parseOptions } from '../../commands/options.ts';
import { addDays } from '../../db/days.ts';
import { pulls } from '../../reports/pulls.ts';
import { asking, type Community, community, everyone, growing, TODAY } from './community.ts';

const answer = asking(pulls);

const LONG_AGO = addDays(TODAY, -199);
const daily = { measure: 'new', granularity: 'daily' } as const;

/** The marks of a layer whose values have `field`. */
function layerWith(of: Community, params: Record<string, unknown>, field: string) {
  const spec = JSON.parse(JSON.stringify(answer(of, params).chart('light')));
  const layers: { data?: { values: Record<string, unknown>[] } }[] = spec.layer;
  return layers.flatMap(({ data }) => data?.values ?? []).filter((row) => field in row);
}

describe('the headline of pulls', () => {
  test('tells total, last whole week against the one before, and the growth', () => {
    const made = community();
    made.pulls('acme/rocket', LONG_AGO, growing(200, 2));
    expect(answer(made).words.headline).toBe(
      'rocket has 398 pulls: +14 last week, +14 the week before. Growth is steady.',
    );
  });

  test('sees growth slow down', () => {
    const made = community();
    made.pulls('acme/rocket', LONG_AGO, [...growing(160, 9), ...growing(40, 2, 1440)]);
    expect(answer(made).words.headline).toContain('Growth is slowing down.');
  });

  test('says why the last week is not known', () => {
    const made = community();
    made.pulls('acme/rocket', LONG_AGO, [...growing(190, 2), ...new Array(10).fill(378)]);
    const { headline, notes } = answer(made).words;
    expect(headline).toBe(
      'rocket has 378 pulls. Its counter has stood still for 10 days, since 12 Nov 2026.',
    );
    expect(notes).toEqual([]);
  });

  test('leaves out, by name, whose last week is not known', () => {
    const made = community();
    made.pulls('acme/rocket', LONG_AGO, growing(200, 2));
    made.pulls('acme/frozen', LONG_AGO, [...growing(190, 2), ...new Array(10).fill(378)]);
    expect(answer(made).words.headline).toBe(
      '776 pulls over 2 images: +14 last week without frozen (rocket +14), +14 the week before. Growth is steady.',
    );
  });

  test('without data is a sentence', () => {
    expect(answer(community()).words.headline).toBe('There are no pull counts here yet.');
  });
});

describe('a hole of three days', () => {
  const made = community();
  const from = addDays(TODAY, -40);
  made.pulls('a/b', from, [...growing(20, 10), null, null, null, ...growing(18, 10, 260)]);

  test('is one column over four days, as high as their average', () => {
    const [wide, ...others] = layerWith(made, daily, 'x2');
    expect(others).toEqual([]);
    expect(wide?.y).toBe(17.5);
    expect((Number(wide?.x2) - Number(wide?.x)) / 86_400_000).toBeCloseTo(3.82, 2);
  });

  test('is said, and no day leaps', () => {
    const { words, table } = answer(made, daily);
    expect(words.notes.join(' ')).toContain('from 2 Nov 2026 to 4 Nov 2026 (+70 meanwhile)');
    expect(Math.max(...table.rows.map((row) => Number(row[2])))).toBe(10);
  });

  test('is level in a line, and no day leaps', () => {
    made.pulls('a/c', from, growing(41, 1));
    const ys = layerWith(made, daily, 'part').map(({ y }) => y);
    expect(ys.filter((y) => y === 17.5)).toHaveLength(4);
    expect(Math.max(...ys.map(Number))).toBe(17.5);
  });
});

test('a week in which the counter began anew is marked in the lines of new pulls', () => {
  const made = community();
  made.pulls('a/b', LONG_AGO, [...growing(150, 10), ...growing(50, 10)]);
  made.pulls('a/c', LONG_AGO, growing(200, 1));
  const weekly = { measure: 'new', granularity: 'weekly' } as const;
  expect(layerWith(made, weekly, 'shape')).toMatchObject([{ shape: 'diamond', y: 70 }]);
  expect(JSON.stringify(answer(made, weekly).chart('light'))).toContain(
    'Diamond: the counter began anew.',
  );
});

describe('a counter that stood still', () => {
  const made = community();
  made.pulls('a/b', LONG_AGO, [
    ...growing(150, 10),
    ...new Array(6).fill(1490),
    ...growing(44, 10, 1560),
  ]);

  test('is called that, and no drop', () => {
    const { words } = answer(made, daily);
    expect(words.notes.join(' ')).toContain('The counter of b stood still for 6 days');
    expect([words.headline, ...words.lines, ...words.notes].join(' ')).not.toMatch(
      /drop|fell|lost/,
    );
  });

  test('on the same days as another one is told with it', () => {
    const made = community();
    const still = [...growing(190, 2), ...new Array(10).fill(378)];
    for (const name of ['a/one', 'a/two']) made.pulls(name, LONG_AGO, still);
    made.pulls('a/three', LONG_AGO, [...growing(180, 2), ...new Array(20).fill(358)]);
    expect(answer(made).words.notes).toEqual([
      'The counters of one and two have stood still for 10 days, since 12 Nov 2026.',
      'The counter of three has stood still for 20 days, since 2 Nov 2026.',
    ]);
  });

  test('catches up without a leap', () => {
    const { table } = answer(made, daily);
    expect(new Set(table.rows.map((row) => row[2]))).toEqual(new Set([10, null]));
    const [wide] = layerWith(made, { ...daily, from: addDays(TODAY, -100) }, 'x2');
    expect(wide?.y).toBe(10);
  });

  test('is marked where it moves again', () => {
    expect(layerWith(made, {}, 'shape')).toMatchObject([{ shape: 'square', y: 1560 }]);
  });
});

test('columns reach to the end of the data, and say why one is missing', () => {
  const made = community();
  made.pulls('a/b', LONG_AGO, [...growing(190, 2), ...new Array(10).fill(378)]);
  const params = { ...daily, from: addDays(TODAY, -20) };
  const spec = JSON.parse(JSON.stringify(answer(made, params).chart('light')));
  const { scale, axis } = spec.encoding.x;
  expect(scale.domain[1]).toBe(Date.parse(TODAY) + 43_200_000);
  expect(axis.title).toEqual(['Where a column is missing, the counter stood still.']);
});

test('every fall is a new count, marked, and nothing is derived across it', () => {
  const made = community();
  made.pulls('a/b', LONG_AGO, [...growing(150, 10), ...growing(50, 10, 1400)]);
  expect(layerWith(made, {}, 'shape')).toMatchObject([{ shape: 'diamond', y: 1400 }]);
  const { words, table } = answer(made, daily);
  expect(words.notes.join(' ')).toContain('fell from 1,490 to 1,400');
  expect(table.rows.map((row) => row[2]).filter((value) => value === null)).toHaveLength(2);
});

describe('/metrics pulls', () => {
  const command = commands.find(({ name }) => name === 'pulls');
  const made = community();
  const id = made.pulls('acme/rocket', LONG_AGO, growing(200, 2));
  const run = (text: string) =>
    command?.run(
      { text, options: parseOptions(text, command.words ?? [], TODAY) },
      {
        db: made.db,
        viewer: everyone,
        today: TODAY,
        now: Date.parse(TODAY),
        isSample: false,
        tracker: {
          forms: [],
          track: () => Promise.reject(new Error('not asked')),
          untrack() {
            throw new Error('not asked');
          },
        },
      },
    );

  test('reads images, range and words', () => {
    expect(run('rocket 30d new log weekly dark')).toMatchObject({
      report: pulls,
      theme: 'dark',
      params: {
        subjectIds: [id],
        from: addDays(TODAY, -30),
        to: TODAY,
        measure: 'new',
        scale: 'log',
        granularity: 'weekly',
      },
    });
  });

  test('is not split, and knows its images', () => {
    expect(() => run('by version')).toThrow('can’t be split');
    expect(() => run('rokcet')).toThrow('Did you mean acme/rocket?');
  });
});
