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
      'Data is missing on 3 days and nothing is filled in; the longest hole is that of b from 2 Nov 2026 to 4 Nov 2026.',
      'b fell from 1,190 to 5 on 5 Nov 2026: taken as a new count, not as lost pulls.',
    ]);
  });
});
