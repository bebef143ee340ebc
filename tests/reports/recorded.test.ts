import { describe, expect, test } from 'vitest';
import { saveUnrecordedDay } from '../../db/unrecorded-days.ts';
import { messages } from '../../reports/messages.ts';
import { ask } from '../../reports/report.ts';
import { topUsers } from '../../reports/top-users.ts';
import { type Community, community, everyone, TODAY } from './community.ts';

/** The last whole week is that of 9 November. */
const WEEK = { from: '2026-11-09', to: '2026-11-15' };
const LATER = 'Recorded since a later day: #new (9 Nov 2026).';

/** The bot came into #new in the last whole week. */
function invited(): Community {
  const made = community();
  for (const day of ['2026-10-01', '2026-11-04', '2026-11-11']) {
    made.wrote('U1', 'general', day, 4);
    made.wrote('U2', 'general', day, 1);
  }
  made.wrote('U2', 'new', '2026-11-09', 50);
  made.wrote('U3', 'new', '2026-11-10', 2);
  return made;
}

function wordsOf(of: Community, params: Record<string, unknown>) {
  return ask(messages, of.db, { today: TODAY, to: TODAY, ...params }, everyone).words;
}

function rankingOf(of: Community, params: Record<string, unknown>) {
  const { words, table } = ask(topUsers, of.db, { today: TODAY, to: TODAY, ...params }, everyone);
  return { words, changes: table.rows.map((row) => [row[1], row[5]]) };
}

describe('a channel that was not recorded yet', () => {
  const only = { channelIds: ['C-new'] };

  test('was not silent: messages compare it with nothing', () => {
    const { headline, notes } = wordsOf(invited(), { ...only, from: '2026-10-01' });
    expect(headline).toBe('52 messages by 2 people last week in #new.');
    expect(notes).toContain('Nothing is recorded before 9 Nov 2026.');
    expect(wordsOf(invited(), { ...only, ...WEEK }).headline).toBe(headline);
    const october = { from: '2026-10-01', to: '2026-10-31' };
    expect(wordsOf(invited(), { ...only, ...october })).toMatchObject({
      headline: 'Nothing is recorded before 9 Nov 2026.',
      notes: [],
    });
  });

  test('was not silent: nobody in it is new, nor was anybody before', () => {
    const { words, changes } = rankingOf(invited(), { ...only, ...WEEK });
    expect(changes).toEqual([
      ['U2', null],
      ['U3', null],
    ]);
    expect(words.notes[0]).toContain('no earlier period');
    const october = { ...only, from: '2026-10-01', to: '2026-10-31' };
    expect(rankingOf(invited(), october).words.headline).toMatch(
      /^Nothing is recorded before 9 Nov/,
    );
  });

  test('is in no comparison of weeks with others, and named', () => {
    const { headline, lines, notes } = wordsOf(invited(), WEEK);
    expect(headline).toBe(
      '5 messages by 2 people last week, without #new, 5 by 2 the week before.',
    );
    expect(lines[0]).toContain('In all 57 messages');
    expect(notes).toContain(LATER);
  });

  test('is in no comparison of ranks with others, and named', () => {
    const { words, changes } = rankingOf(invited(), WEEK);
    // Only in the new channel is U2 the first, and U3 is nobody new.
    expect(changes).toEqual([
      ['U2', 0],
      ['U1', 0],
      ['U3', null],
    ]);
    expect(words.notes).toContain(LATER);
    expect(words.notes[0]).toBe(
      'Changes of rank compare the 7 whole days with as many before, in the channels that were recorded then.',
    );
  });

  test('has no zeros before, and is told where others were silent', () => {
    const made = invited();
    const asked = { today: TODAY, from: '2026-11-01', to: TODAY, split: 'channel' };
    const { table } = ask(messages, made.db, { ...asked, granularity: 'weekly' }, everyone);
    expect(table.rows.map(([start, channel, count]) => [channel, start, count])).toEqual([
      ['#new', '2026-11-09', 52],
      ['#new', '2026-11-16', 0],
      ['#general', '2026-10-26', 0],
      ['#general', '2026-11-02', 5],
      ['#general', '2026-11-09', 5],
      ['#general', '2026-11-16', 0],
    ]);
    const quiet = { from: '2026-10-02', to: '2026-10-31' };
    expect(wordsOf(made, quiet)).toMatchObject({ notes: [LATER] });
    expect(rankingOf(made, quiet).words.notes).toEqual([LATER]);
  });

  test('is not recorded because a private one is, that the asker may not see', () => {
    const made = invited();
    made.channel('secret', true);
    made.wrote('U1', 'secret', '2026-01-01', 1);
    expect(wordsOf(made, { ...only, ...WEEK }).headline).not.toContain('the week before');
    expect(wordsOf(made, { from: '2026-01-01' }).notes).toContain(
      'Nothing is recorded before 1 Oct 2026.',
    );
  });
});

test('when the bot was off is said of the days compared with, too', () => {
  const made = invited();
  for (const day of ['2026-11-03', '2026-11-04']) saveUnrecordedDay(made.db, day);
  const OFF = 'I was off from 3 to 4 Nov 2026, and did not hear all that was written.';
  expect(wordsOf(made, WEEK).notes).toContain(OFF);
  expect(rankingOf(made, WEEK).words.notes).toContain(OFF);
  // Of a day, no other one is told.
  const day = { from: '2026-11-11', to: '2026-11-11' };
  expect(wordsOf(made, day).notes.join()).not.toContain('I was off');
  expect(rankingOf(made, day).words.notes.join()).not.toContain('I was off');
});
