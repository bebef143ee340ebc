import { expect, test } from 'vitest';
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
