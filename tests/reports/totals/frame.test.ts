import { describe, expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { stars } from '../../../reports/stars.ts';
import { asking, type Community, community, growing, TODAY } from '../community.ts';

const LONG_AGO = addDays(TODAY, -199);
const WEEK = { from: addDays(TODAY, -7) };

const answer = asking(stars);

interface Drawn {
  readonly title: { readonly text: string };
  readonly encoding: {
    readonly x: { readonly axis: { readonly title?: string[] } };
    readonly y: { readonly scale: { readonly domain: [number, number] } };
  };
}

function drawn(of: Community, params: Record<string, unknown> = {}) {
  const spec = answer(of, params).chart?.('light');
  const { title, encoding } = spec as unknown as Drawn;
  return {
    title: title.text,
    domain: encoding.y.scale.domain,
    print: encoding.x.axis.title ?? [],
    text: JSON.stringify(spec),
  };
}

describe('the axis of totals', () => {
  test('begins at zero where that shows how they grow', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, growing(200, 10));
    expect(drawn(made)).toMatchObject({ title: 'GitHub stars', domain: [0, 2000] });
  });

  test('fits a line that would be flat, with whole steps', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, growing(200, 3, 2000));
    const { domain, text } = drawn(made, WEEK);
    expect(domain[0]).toBeGreaterThan(2500);
    expect(domain[0]).toBeLessThanOrEqual(2000 + 192 * 3);
    expect(domain[1]).toBeGreaterThanOrEqual(2597);
    expect(text).toContain('2,590');
  });

  test('does not blow up what hardly moves', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, [...growing(199, 0, 50_000), 50_003]);
    const [low, high] = drawn(made, WEEK).domain;
    expect(high - low).toBeGreaterThanOrEqual(500);
    const few = community();
    few.stars('a/b', LONG_AGO, [...growing(199, 0, 12), 13]);
    expect(drawn(few, WEEK).domain).toEqual([6, 18]);
  });

  test('is one of changes where flat lines are far apart, with the totals at their ends', () => {
    const made = community();
    made.stars('a/large', LONG_AGO, growing(200, 3, 2000));
    made.stars('a/small', LONG_AGO, growing(200, 1, 300));
    const { title, domain, print, text } = drawn(made, WEEK);
    expect(title).toBe('Change in GitHub stars');
    expect(domain[0]).toBe(0);
    expect(print[0]).toMatch(/^Counted from the totals of \d+ \w+ 2026\.$/);
    expect(text).toContain('large: 2,597 (+24)');
    expect(text).toContain('small: 499 (+8)');
    expect(answer(made, WEEK).words.headline).toContain('+32');
  });

  test('stays as it is with a logarithmic scale, and by age', () => {
    const made = community();
    made.stars('a/large', LONG_AGO, growing(200, 3, 2000));
    made.stars('a/small', LONG_AGO, growing(200, 1));
    expect(drawn(made, { ...WEEK, scale: 'log' }).title).toBe('GitHub stars');
    expect(drawn(made, { ...WEEK, align: 'age' }).title).toBe('GitHub stars, by age');
  });
});

test('totals that are asked for by month say that they are drawn by day', () => {
  const made = community();
  made.stars('a/b', LONG_AGO, growing(200, 3));
  const note = 'Totals are drawn day by day: “stars new monthly” draws what came in each month.';
  expect(answer(made, { ...WEEK, granularity: 'monthly' }).words.notes).toContain(note);
  expect(answer(made, { granularity: 'monthly', measure: 'new' }).words.notes).not.toContain(note);
  expect(answer(made, WEEK).words.notes).not.toContain(note);
});
