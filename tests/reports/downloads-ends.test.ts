import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../db/days.ts';
import { downloads } from '../../reports/downloads.ts';
import { ask } from '../../reports/report.ts';
import { community, everyone, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';

/** TODAY is a Sunday: the last whole week ended seven days ago, on 15 November. */
const LONG_AGO = addDays(TODAY, -199);
const RANGE = { from: addDays(TODAY, -182) };

/** Packages, each with as many downloads on each of its days. */
function answer(
  packages: Readonly<Record<string, readonly [from: Day, days: number, each: number]>>,
  params: Record<string, unknown> = RANGE,
) {
  const { db } = community();
  for (const [name, [from, days, each]] of Object.entries(packages)) {
    packageIn(db, { name, from, downloads: steady(days, each) });
  }
  return ask(downloads, db, { today: TODAY, to: TODAY, ...params }, everyone).words;
}

describe('the weekly sums of downloads', () => {
  test('are without a package that ended: that is no slow-down', () => {
    const { headline, lines } = answer({
      big: [LONG_AGO, 170, 1000],
      small: [LONG_AGO, 199, 300],
    });
    expect(headline).toBe(
      'small, without big, was downloaded 2,100 times last week, 2,100 the week before. Downloads are steady.',
    );
    expect(lines.at(-1)).toContain('2,100 over the 12 before, no difference');
  });

  test('are without one whose last week lacks days', () => {
    const { headline } = answer({
      late: [LONG_AGO, 190, 1000],
      one: [LONG_AGO, 199, 300],
      two: [LONG_AGO, 199, 100],
    });
    expect(headline).toBe(
      '2 packages, without late, were downloaded 2,800 times last week (one 2,100), 2,800 the week before. Downloads are steady.',
    );
  });

  test('are told of those in them, and not of one that is too young', () => {
    const { headline } = answer({
      old: [LONG_AGO, 199, 300],
      young: [addDays(TODAY, -11), 11, 5000],
    });
    expect(headline).toBe(
      'old, without young, was downloaded 2,100 times last week, 2,100 the week before. Downloads are steady.',
    );
  });

  test('are of all where the last week is known of none', () => {
    const { headline } = answer({ one: [LONG_AGO, 190, 1], two: [LONG_AGO, 192, 1] });
    expect(headline).toMatch(/^2 packages were downloaded /);
  });
});
