import { expect, test } from 'vitest';
import { saveUnrecordedDay } from '../../db/unrecorded-days.ts';
import { messages } from '../../reports/messages.ts';
import { ask, type Report } from '../../reports/report.ts';
import { topUsers } from '../../reports/top-users.ts';
import { community, everyone, TODAY } from './community.ts';

const reports = { messages, 'top-users': topUsers } as unknown as Record<string, Report>;

test.each(Object.entries(reports))('%s says when the bot was off in its range', (_, report) => {
  const made = community();
  made.wrote('U1', 'general', '2026-11-02', 4);
  for (const day of ['2026-11-03', '2026-11-10', '2026-11-11']) saveUnrecordedDay(made.db, day);
  const notes = (from: string) =>
    ask(report, made.db, { today: TODAY, from, to: TODAY }, everyone).words.notes;
  const SAID = 'I was off from 10 to 11 Nov 2026, and did not hear all that was written.';
  expect(notes('2026-11-09')).toContain(SAID);
  expect(notes('2026-11-02')).toContain(SAID.replace('from 10 to', 'on 3 days from 3 to'));
  expect(notes('2026-11-16').join()).not.toContain('I was off');
});
