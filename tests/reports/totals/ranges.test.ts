import { describe, expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { reports } from '../../../reports/index.ts';
import { ask } from '../../../reports/report.ts';
import { type Community, community, everyone, growing, TODAY } from '../community.ts';

const FIRST = addDays(TODAY, -200);

function answer(name: string, { db }: Community, params: Record<string, unknown> = {}) {
  const report = reports.find((one) => one.name === name);
  if (!report) throw new Error(name);
  return ask(report, db, { today: TODAY, to: TODAY, ...params }, everyone);
}

describe('a range that begins just after a dip', () => {
  const made = community();
  made.pulls(
    'a/dip',
    FIRST,
    growing(200, 10, 1000).map((value, at) => (at === 48 || at === 49 ? 5 : value)),
  );
  const from = addDays(FIRST, 50);

  test('is not told with a leap', () => {
    const { words } = answer('pulls', made, {
      from,
      to: addDays(TODAY, -5),
      granularity: 'daily',
    });
    expect(words.headline).toBe('dip has 2,950 pulls.');
    expect(words.notes.join()).toContain('soon back where it had been: dip from 23 Jun 2026.');
  });

  test('has no day that leaps', () => {
    const { table } = answer('pulls', made, { from, measure: 'new', granularity: 'daily' });
    expect(table.rows[0]).toEqual([from, 'a/dip', null, 'no']);
    expect(table.rows[1]?.[2]).toBe(10);
  });

  test('leaps nowhere in a summary', () => {
    const to = addDays(from, 12 * 7 + 1);
    const { table } = answer('summary', made, { today: to, to, granularity: 'daily' });
    expect(table.rows.slice(0, 2).map((row) => [row[0], row[3]])).toEqual([
      [from, null],
      [addDays(from, 7), 10],
    ]);
  });
});
