import { describe, expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { reports } from '../../../reports/index.ts';
import { ask } from '../../../reports/report.ts';
import { type Community, community, everyone, growing, TODAY } from '../community.ts';

const FIRST = addDays(TODAY, -200);

function words(name: string, { db }: Community) {
  const report = reports.find((one) => one.name === name);
  if (!report) throw new Error(name);
  return ask(report, db, { today: TODAY, to: TODAY }, everyone).words;
}

test('whose data ended long ago is named as left out, and when it ended', () => {
  const made = community();
  made.pulls('a/old', FIRST, growing(200, 10));
  made.pulls('a/gone', addDays(FIRST, -200), growing(220, 1));
  expect(words('pulls', made)).toMatchObject({
    headline:
      '2,209 pulls over 2 images: +70 last week without gone (old +70), +70 the week before. Growth is steady.',
    notes: ['The data of gone ends on 25 May 2026.'],
  });
});

describe('what is tracked lately', () => {
  const since = (days: number, each: number) => {
    const made = community();
    made.pulls('a/old', FIRST, growing(200, 10));
    made.pulls('a/young', addDays(TODAY, -days), growing(days, each, 5000));
    return words('pulls', made);
  };

  test.each([14, 21, 77])('is no growth, and named as left out: for %i days', (days) => {
    const { headline, lines, notes } = since(days, 100);
    expect(headline).toMatch(
      /: \+70 last week without young \(old \+70\), \+70 the week before\. Growth is steady\.$/,
    );
    expect(notes).toEqual(['Too new to be in the sums of weeks: young.']);
    expect(lines[0]).toContain(', +700 last week');
    expect(lines.at(-1)).toBe(
      'New pulls a week: 70 over the last 4 whole weeks, 70 over the 12 before, no difference.',
    );
  });

  test('joins when it has the weeks that a trend takes, and then in all of them', () => {
    const { headline, lines } = since(12 * 7 + 8, 100);
    expect(headline).toMatch(
      /: \+770 last week \(young \+700\), \+770 the week before\. Growth is steady\.$/,
    );
    expect(lines.at(-1)).toMatch(/: 770 over .*, 770 over the 8 before, no difference\.$/);
  });

  test('is not what is old and had a hole', () => {
    const made = community();
    made.pulls('a/old', FIRST, growing(200, 10));
    const hole = [addDays(TODAY, -112), addDays(TODAY, -63)] as const;
    const big = growing(200, 1000).map((value, at) => {
      const day = addDays(FIRST, at);
      return hole[0] <= day && day <= hole[1] ? null : value;
    });
    made.pulls('a/big', FIRST, big);
    expect(words('pulls', made).headline).toContain(
      ': +7,070 last week (big +7,000), +7,070 the week before.',
    );
  });

  test('is compared where all is as young, in the weeks that are known of all', () => {
    const made = community();
    made.stars('a/b', addDays(TODAY, -30), growing(30, 1));
    made.stars('a/c', addDays(TODAY, -20), growing(20, 2));
    expect(words('stars', made).headline).toBe(
      '67 stars over 2 repositories: +21 last week (c +14).',
    );
  });
});

test.each([
  [-4, 1, '−21 last week (sinking −28), −21'],
  [-1, 4, '+21 last week (rising +28), +21'],
  [-3, 3, '0 last week, 0'],
])('who is named made the gain, or the loss: %i and %i a day', (loss, gain, told) => {
  const made = community();
  made.stars('a/sinking', FIRST, growing(200, loss, 3000));
  made.stars('a/rising', FIRST, growing(200, gain));
  expect(words('stars', made).headline).toContain(`: ${told} the week before.`);
});
