import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { stars } from '../../reports/stars.ts';
import { shared } from '../shared.ts';
import { asking, community, growing, TODAY } from './community.ts';

const answer = asking(stars);

const LONG_AGO = addDays(TODAY, -199);

describe('the headline of stars', () => {
  test('tells total, last whole week against the one before, and the growth', () => {
    const made = community();
    made.stars('marquezproject/marquez', LONG_AGO, growing(200, 2));
    expect(answer(made).words.headline).toBe(
      'marquez has 398 stars: +14 last week, +14 the week before. Growth is steady.',
    );
  });

  test('adds up several and names the top mover', () => {
    const made = community();
    made.stars('a/slow', LONG_AGO, growing(200, 1));
    made.stars('a/fast', LONG_AGO, growing(200, 3));
    expect(answer(made).words.headline).toBe(
      '796 stars over 2 repositories: +28 last week (fast +21), +28 the week before. Growth is steady.',
    );
    expect(answer(made).words.lines[0]).toBe(
      'fast: 597 stars, +21 last week (+21 the week before).',
    );
  });

  test('does not judge today, nor the week that is going on', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, [...growing(193, 1), ...growing(7, 500, 1000)]);
    expect(answer(made).words.headline).toContain('+7 last week, +7 the week before');
  });

  test('sees growth speed up, with the method in the lines', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, [...growing(160, 1), ...growing(40, 9, 160)]);
    const { headline, lines } = answer(made).words;
    expect(headline).toContain('Growth is speeding up.');
    expect(lines.join(' ')).toContain('less than once in a hundred times');
  });

  test('says when it is too early for a trend', () => {
    const made = community();
    made.stars('a/b', addDays(TODAY, -20), growing(21, 3));
    const { headline, lines } = answer(made).words;
    expect(headline).toBe('b has 60 stars: +21 last week.');
    expect(lines.join(' ')).toContain('too early');
  });

  test('a falling total is told as a loss', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, growing(200, -2, 5000));
    expect(answer(made).words.headline).toBe(
      'b has 4,602 stars: −14 last week, −14 the week before. Stars are being lost at a steady pace.',
    );
  });

  test('names the week where the data ended long ago', () => {
    const made = community();
    made.stars('a/b', '2021-01-04', growing(200, 1));
    const { headline, notes } = answer(made).words;
    expect(headline).toContain('+7 in the week of 12 Jul 2021');
    expect(notes).toContain('The data ends on 22 Jul 2021.');
  });
});

describe('stars', () => {
  test('without data are a sentence and no chart', () => {
    const { words, table, chart } = answer(community());
    expect(words).toMatchObject({ headline: 'There are no star counts here yet.', notes: [] });
    expect(table.rows).toEqual([]);
    expect(chart('light')).toBeUndefined();
  });

  test('of one repository out of several', () => {
    const made = community();
    made.stars('a/x', LONG_AGO, growing(200, 1));
    const id = made.stars('a/y', LONG_AGO, growing(200, 1));
    expect(answer(made, { subjectIds: [id] }).words.headline).toMatch(/^y has/);
  });

  test('a hole is broken, noted, and filled with nothing', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, [...growing(100, 1), null, null, null, ...growing(97, 1, 103)]);
    const { words, table } = answer(made);
    expect(table.rows).toHaveLength(197);
    expect(words.notes.join(' ')).toContain('missing on 3 days');
    const spec = JSON.stringify(answer(made).chart('light'));
    expect(spec).toContain('"part":"0.1"');
  });

  test('a count that began anew is noted, and not told as a loss', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, [...growing(150, 1, 500), ...growing(50, 1)]);
    const { notes } = answer(made).words;
    expect(notes.join(' ')).toContain('fell from 649 to 0');
    const gains = answer(made, { measure: 'new' }).table.rows.map((row) => Number(row[2]));
    expect(Math.min(...gains)).toBeGreaterThanOrEqual(0);
  });

  test('today is provisional in the table', () => {
    const made = community();
    made.stars('a/b', addDays(TODAY, -1), [5, 6]);
    expect(answer(made).table.rows.map((row) => row[3])).toEqual(['no', 'yes']);
  });

  test('by age leaves out whose history does not go back to the first star', () => {
    const made = community();
    made.stars('a/young', LONG_AGO, growing(200, 1));
    made.stars('a/old', LONG_AGO, growing(200, 1, 4000));
    const { words, chart } = answer(made, { align: 'age' });
    expect(words.notes.join(' ')).toContain('first star: old');
    expect(JSON.stringify(chart('light'))).toContain('Days since the first star');
  });

  test('nothing but zeros has a chart, and none on a logarithmic scale', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, growing(200, 0));
    // Today's total is no part of the line yet: it is dashed.
    expect(answer(made).chart('light')).toHaveProperty('layer[0].data.values.length', 199);
    expect(answer(made, { scale: 'log' }).chart('light')).toBeUndefined();
    expect(answer(made).words.headline).toContain('b has 0 stars');
  });

  test('the alternative text of fifty repositories stays within what Slack takes', () => {
    const made = community();
    for (let i = 0; i < 50; i++) {
      made.stars(`owner/${'a-long-name-'.repeat(6)}${i}`, LONG_AGO, growing(200, i + 1));
    }
    const { words } = answer(made);
    expect(words.alt.length).toBeLessThanOrEqual(2000);
    expect(words.lines.length).toBeLessThan(15);
  });
});

const file = shared('data/openlineage/github_daily_summary_history.csv');

test.skipIf(!file)('the real history of OpenLineage and Marquez (needs ../shared)', () => {
  const made = community();
  const totals = new Map<string, Map<string, number>>();
  for (const line of readFileSync(file ?? '', 'utf8')
    .trim()
    .split('\n')
    .slice(1)) {
    const [day = '', project = '', count] = line.split(',');
    const days = totals.get(project) ?? new Map<string, number>();
    days.set(day, Math.max(days.get(day) ?? 0, Number(count)));
    totals.set(project, days);
  }
  for (const [project, days] of totals) {
    for (const [day, value] of days) made.stars(project, day, [value]);
  }
  const { table, words } = answer(made);
  const last = table.rows.filter(([day]) => day === '2021-11-07').map((row) => [row[1], row[2]]);
  expect(last).toEqual([
    ['MarquezProject/marquez', 828],
    ['OpenLineage/OpenLineage', 553],
  ]);
  expect(words.headline).toMatch(/^1,381 stars over 2 repositories/);
});
