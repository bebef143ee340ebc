import { expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { writeEdition } from '../../src/digest/edition.ts';
import { community, everyone, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';

test('the thread tells each subject with what it was in the period before, the largest first', () => {
  const { db } = community();
  // TODAY is a Sunday: the last whole week ended seven days ago.
  const from = addDays(TODAY, -146);
  const lastWeek = { 'large-and-steady': 900, fallen: 40, few: 2, young: 3 };
  for (const [name, value] of Object.entries(lastWeek)) {
    const before = { 'large-and-steady': 900, fallen: 100, few: 1, young: null }[name] ?? null;
    const days = [...new Array<number | null>(133).fill(before), ...steady(14, value)];
    packageIn(db, { name, from, downloads: days });
  }
  const wanted = { every: 'week', sections: null, subjectIds: null } as const;
  const today = { today: TODAY, readOn: TODAY };
  const { details } = writeEdition(db, { ...wanted, ...today }, everyone);
  expect(details.find(({ name }) => name === 'downloads')).toMatchObject({
    title: 'Downloads, one by one, and the week before',
    lines: [
      'large-and-steady: 6,300 (6,300 before, ±0%)',
      'fallen: 280 (700 before, −60%)',
      'young: 21',
      'few: 14 (7 before, +7)',
    ],
  });
  const daily = writeEdition(db, { ...wanted, every: 'day', ...today }, everyone);
  expect(daily.details.find(({ name }) => name === 'downloads')?.title).toBe(
    'Downloads, one by one, and the Saturday before',
  );
});
