import { expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { ask } from '../../../reports/report.ts';
import { summary } from '../../../reports/summary.ts';
import { community, everyone, growing, TODAY } from '../community.ts';
import { repository } from '../repository.ts';

/** TODAY is a Sunday: the last whole week is the one before. */
const WEEK = '2026-11-09';
const LONG_AGO = addDays(WEEK, -140);

/** Stars that come by day as told, and then none. */
function stars(each: (day: number) => number) {
  const made = community();
  let total = 500;
  made.stars(
    'a/b',
    LONG_AGO,
    growing(160, 0).map((_, at) => {
      total += each(at);
      return total;
    }),
  );
  return ask(summary, made.db, { today: TODAY, to: TODAY }, everyone);
}

test('of what never was before it is not said that it happens at times', () => {
  const { words } = stars((day) => (day === 142 || day === 143 ? 1 : 0));
  expect(words.alt).toContain('New stars: 2, 0 before, above 0, small numbers.');
});

test('of stars that are lost no percentage of what came is told', () => {
  const spec = JSON.stringify(stars((day) => (day === 142 ? -60 : 5)).chart('light'));
  expect(spec).toContain('"−30"');
  expect(spec).not.toContain('−186%');
  expect(spec).toContain('"−65"');
});

test('what a counter that began anew lacks does not come later', () => {
  const made = community();
  made.pulls('a/anew', LONG_AGO, [...growing(142, 300, 1000), ...growing(20, 300)]);
  const { headline } = ask(summary, made.db, { today: TODAY, to: TODAY }, everyone).words;
  expect(headline).toBe('No number of last week is known.');
});

test('commits are told where none of them has an account', () => {
  const made = community();
  repository(made.db, 'a/rocket', [
    { at: '2026-11-11', commit: null },
    { at: '2026-11-12', commit: null },
  ]);
  const { sections = [] } = ask(summary, made.db, { today: TODAY, to: TODAY }, everyone).words;
  expect(sections.find(({ title }) => title === 'Who made it happen')?.lines).toEqual([
    'On GitHub 2 commits without an account.',
  ]);
});
