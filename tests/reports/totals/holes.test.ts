import { describe, expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { reports } from '../../../reports/index.ts';
import { ask } from '../../../reports/report.ts';
import { type Community, community, everyone, growing, TODAY } from '../community.ts';

const FIRST = addDays(TODAY, -40);

function notes(name: string, { db }: Community, params: Record<string, unknown> = {}) {
  const report = reports.find((one) => one.name === name);
  if (!report) throw new Error(name);
  return ask(report, db, { today: TODAY, to: TODAY, ...params }, everyone).words.notes;
}

/** A hole of three days, from 2 Nov to 4 Nov, before which the total is 1,190. */
const hole = (after: number) => [
  ...growing(20, 10, 1000),
  null,
  null,
  null,
  ...growing(17, 10, after),
];

describe('a counter that began anew within a hole', () => {
  const made = community();
  made.pulls('a/b', FIRST, hole(5));

  test.each([{}, { measure: 'new', granularity: 'daily' }])('lost no pulls in it: %j', (params) => {
    expect(notes('pulls', made, params)).toEqual([
      'Data is missing on 3 days and nothing is filled in: of b from 2 Nov 2026 to 4 Nov 2026.',
      'b fell from 1,190 to 5 on 5 Nov 2026: taken as a new count, not as lost pulls.',
    ]);
  });
});

test('of several holes, the longest is told', () => {
  const made = community();
  made.pulls('a/b', FIRST, hole(1230));
  made.pulls('a/c', FIRST, [...growing(20, 10), null, ...growing(19, 10, 210)]);
  expect(notes('pulls', made)).toEqual([
    'Data is missing on 3 days and nothing is filled in; the longest hole is that of b from 2 Nov 2026 to 4 Nov 2026 (+40 meanwhile).',
  ]);
});

describe('a hole that reaches over an edge of the range', () => {
  const made = community();
  made.pulls('a/b', FIRST, hole(1230));
  const of = (from: string, to: string) => notes('pulls', made, { from, to });

  test.each([
    ['2026-11-03', TODAY, 'on 2 days', 'from 3 Nov 2026 to 4 Nov 2026'],
    ['2026-10-20', '2026-11-03', 'on 2 days', 'from 2 Nov 2026 to 3 Nov 2026'],
    // Before its first day nothing is counted from.
    ['2026-11-05', '2026-11-15', 'on 1 day', 'on 4 Nov 2026'],
    ['2026-11-02', TODAY, 'on 3 days', 'from 2 Nov 2026 to 4 Nov 2026 (+40 meanwhile)'],
  ])('is told as far as it lies in it: %s to %s', (from, to, days, where) => {
    expect(of(from, to)).toContain(
      `Data is missing ${days} and nothing is filled in: of b ${where}.`,
    );
  });

  test('is told however long it is', () => {
    const made = community();
    made.stars('a/b', addDays(TODAY, -400), [...growing(100, 1), ...new Array(299).fill(null), 99]);
    expect(notes('stars', made, { from: addDays(TODAY, -30) }).join()).toContain(
      ': of b from 23 Oct 2026 to 20 Nov 2026.',
    );
  });

  test('is none where the record begins, and none where it ends', () => {
    expect(of('2026-10-01', '2026-10-20').join()).not.toContain('missing');
    expect(of('2026-11-10', TODAY).join()).not.toContain('missing');
  });
});

test('what a counter gained in a hole beside a dip is not known', () => {
  const made = community();
  made.pulls('a/b', FIRST, [...growing(19, 10, 1000), 5, null, null, ...growing(18, 10, 1220)]);
  expect(notes('pulls', made)[0]).toMatch(/ b from 2 Nov 2026 to 3 Nov 2026\.$/);
});
