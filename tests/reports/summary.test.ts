import { describe, expect, test } from 'vitest';
import { finishCollection, keepCursor } from '../../db/collections.ts';
import { addDays, type Day, daysBetween } from '../../db/days.ts';
import { replaceReleases } from '../../db/github-releases.ts';
import { setRole, setTracked } from '../../db/subjects.ts';
import { saveUnrecordedDay } from '../../db/unrecorded-days.ts';
import type { Viewer } from '../../db/viewer.ts';
import { downloads as downloadsReport } from '../../reports/downloads.ts';
import { ask } from '../../reports/report.ts';
import { isQuiet, summary, summarySections } from '../../reports/summary.ts';
import {
  asking,
  type Community,
  community,
  everyone,
  growing,
  insider,
  TODAY,
} from './community.ts';
import { packageIn, steady } from './package.ts';
import { repository } from './repository.ts';

/** TODAY is a Sunday: the last whole week is the one before. */
const WEEK = '2026-11-09';
const LONG_AGO = addDays(WEEK, -140);

type Asked = Record<string, unknown>;

const answer = asking(summary);

function data({ db }: Community, params: Asked = {}, viewer: Viewer = everyone) {
  const asked = summary.params.parse({ today: TODAY, to: TODAY, ...params });
  return summary.query(db, asked, viewer);
}

function section(made: Community, name: string, params: Asked = {}, viewer?: Viewer) {
  const found = summarySections(data(made, params, viewer)).find((one) => one.section === name);
  return found?.lines ?? [];
}

/** Daily downloads with a weekly sum that varies a little, then the last weeks as given. */
function downloads(made: Community, name: string, last: readonly number[], week = 1000) {
  const weeks = [
    ...Array.from({ length: 20 - last.length }, (_, at) => week + 20 * (at % 3)),
    ...last,
  ];
  const days = weeks.flatMap((sum) => [
    ...steady(6, Math.floor(sum / 7)),
    sum - 6 * Math.floor(sum / 7),
  ]);
  return packageIn(made.db, { name, from: addDays(WEEK, 7 - days.length), downloads: days });
}

describe('changes', () => {
  test('the headline is the most unusual one, in a sentence', () => {
    const made = community();
    downloads(made, 'marquez-python', [1010, 980, 552]);
    downloads(made, 'steady', []);
    expect(answer(made).words.headline).toBe(
      'Downloads of marquez-python fell 44% to 552, the second fall in a row, below the usual 1,000 to 1,040.',
    );
  });

  test('what lasts is measured against what was usual before, and not by its latest small step', () => {
    const made = community();
    downloads(made, 'marquez-python', [560, 552]);
    expect(answer(made).words.headline).toBe(
      'Downloads of marquez-python came to 552, 45% below the usual 1,000 to 1,040, for the second week in a row.',
    );
  });

  test('are ranked by how unusual they are for themselves, not by their size', () => {
    const made = community();
    downloads(made, 'huge', [1_050_000], 1_000_000);
    downloads(made, 'small', [400], 1000);
    expect(answer(made).words.headline).toMatch(/^Downloads of small fell 6\d% to 400/);
    expect(section(made, 'changes').join()).not.toMatch(/huge (rose|fell)/);
  });

  test('at most three are told; a sum is not told beside its parts', () => {
    const made = community();
    for (const name of ['a', 'b', 'c', 'd', 'e']) downloads(made, name, [200]);
    const lines = [answer(made).words.headline, ...section(made, 'changes')];
    expect(lines.filter((line) => /fell/.test(line)).length).toBeLessThanOrEqual(3);
    expect(new Set(lines).size).toBe(lines.length);
    const isSum = lines.some((line) => line.includes('together'));
    const isPart = lines.some((line) => /Downloads of [a-e] fell/.test(line));
    expect(isSum).not.toBe(isPart);
  });

  test('small numbers are no news', () => {
    const made = community();
    downloads(made, 'tiny', [5], 50);
    expect(answer(made).words.headline).toBe('Nothing stands out: 5 downloads last week.');
  });

  test('dependencies are not ours', () => {
    const made = community();
    setRole(made.db, downloads(made, 'needed', [10]), 'dependency');
    expect(answer(made).words.headline).toBe('There are no numbers of last week.');
    expect(data(made).absent).toContain('downloads');
  });

  test('what was taken off the list is told only where it is named', () => {
    const made = community();
    downloads(made, 'kept', []);
    const gone = downloads(made, 'gone', [100]);
    expect(answer(made).words.headline).toMatch(/^Downloads of gone fell/);
    setTracked(made.db, gone, null);
    expect(answer(made).words.headline).toMatch(/^Nothing stands out: 1,0\d0 downloads/);
    const named = answer(made, { subjectIds: [gone] }).words;
    expect(named.headline).toMatch(/^Downloads of gone fell/);
    // Of what was not asked for nothing is lacking.
    expect(named.notes).toEqual([]);
    expect(answer(made).words.notes).toContain('There is no data of stars, pulls and messages.');
  });

  test('what is still far off although it turned is told as such', () => {
    const made = community();
    downloads(made, 'launched', [9000, 6000]);
    expect(answer(made).words.headline).toBe(
      'Downloads of launched fell 33% to 6,000, but stayed far above the usual 1,000 to 1,040, for the second week in a row.',
    );
  });

  test('a new package does not make the sum leap', () => {
    const made = community();
    downloads(made, 'old', []);
    packageIn(made.db, { name: 'new', from: addDays(WEEK, -14), downloads: steady(21, 500) });
    expect(answer(made).words.headline).toMatch(
      /^Nothing stands out: 1,0\d0 downloads \(without new\) last week/,
    );
    expect(section(made, 'missing')).toContain(
      'Too new to be in the sum of downloads: new (3,500).',
    );
    expect(JSON.stringify(answer(made).chart('light'))).toContain('"1 of 2 packages"');
  });

  test('a package is new until it has twelve whole weeks, as in its own report', () => {
    const made = community();
    downloads(made, 'old', []);
    const from = addDays(WEEK, -70);
    packageIn(made.db, { name: 'new', from, downloads: steady(77, 500) });
    const note = (what: string) => `Too new to be in the ${what}.`;
    expect(section(made, 'missing')).toContain(note('sum of downloads: new (3,500)'));
    const asked = { today: TODAY, to: TODAY };
    const { notes } = ask(downloadsReport, made.db, asked, everyone).words;
    expect(notes).toContain(note('sums of weeks: new'));
    const grown = community();
    downloads(grown, 'old', []);
    packageIn(grown.db, { name: 'new', from: addDays(from, -7), downloads: steady(84, 500) });
    expect(section(grown, 'missing').join()).not.toContain('Too new');
    expect(ask(downloadsReport, grown.db, asked, everyone).words.notes.join()).not.toContain('new');
  });

  test('a Monday is compared with Mondays', () => {
    const made = community();
    const days = Array.from({ length: 140 }, (_, at) => (at % 7 < 5 ? 100 : 10));
    packageIn(made.db, { name: 'office', from: LONG_AGO, downloads: days });
    for (const today of [addDays(WEEK, -7), addDays(WEEK, -5), addDays(WEEK, -1)]) {
      const { headline } = answer(made, { today, to: today, granularity: 'daily' }).words;
      expect(headline).toMatch(/^Nothing stands out/);
    }
  });
});

describe('truth', () => {
  test('a week that is not all in is not told, and that is said', () => {
    const made = community();
    packageIn(made.db, { name: 'late', from: LONG_AGO, downloads: steady(142, 50) });
    made.stars('a/b', LONG_AGO, growing(160, 3));
    const { words, table } = answer(made);
    expect(words.headline).toBe(
      'Nothing stands out: 21 new stars last week; downloads are not known.',
    );
    expect(words.notes).toContain(
      'Downloads of late last week are not known: the data ends on 10 Nov 2026.',
    );
    expect(table.rows.at(-1)).toEqual([WEEK, 21, null, null, null]);
  });

  test('of downloads that are late by their nature the week before is told, and named', () => {
    const made = community();
    const days = [...steady(133, 50), ...steady(7, 20), ...steady(5, 1)];
    packageIn(made.db, { name: 'slow', from: LONG_AGO, downloads: days });
    made.stars('a/b', LONG_AGO, growing(160, 3));
    const { words, table } = answer(made);
    expect(words.headline).toBe(
      'Downloads of slow fell 60% to 140 in the week of 2 Nov 2026, below the usual 350.',
    );
    expect(words.lines).toEqual([
      'In all 21 new stars last week, and 140 downloads in the week of 2 Nov 2026.',
    ]);
    expect(words.notes).toContain(
      'Downloads last week are not all in yet: those in the week of 2 Nov 2026 are shown.',
    );
    expect(table.rows.slice(-2)).toEqual([
      [addDays(WEEK, -7), 21, 140, null, null],
      [WEEK, 21, null, null, null],
    ]);
    const spec = JSON.stringify(answer(made).chart('light'));
    expect(spec).toContain('week of 2 Nov, 350 before');
  });

  test('of downloads that come a day late the latest day is told, among days of its own', () => {
    const made = community();
    packageIn(made.db, { name: 'slow', from: LONG_AGO, downloads: growing(145, 1, 100) });
    made.stars('a/b', LONG_AGO, growing(160, 3));
    const today = '2026-11-15';
    const { words, table, chart } = answer(made, { today, to: today, granularity: 'daily' });
    expect(words.notes).toContain(
      'Downloads yesterday are not all in yet: those on 13 Nov 2026 are shown.',
    );
    expect(table.rows.slice(-2)).toEqual([
      ['2026-11-13', null, 244, null, null],
      ['2026-11-14', 3, null, null, null],
    ]);
    const spec = JSON.stringify(chart('light'));
    expect(spec).toContain('13 Nov, 237 before');
    expect(spec).toContain('a week before');
    expect(spec).not.toContain('not known');
  });

  test('a change of downloads is news until they were told, and is named by its day', () => {
    const made = community();
    const day = '2026-11-10';
    const days = [...steady(139, 1000), 80, 90, 100];
    packageIn(made.db, { name: 'slow', from: LONG_AGO, downloads: days, completeThrough: day });
    const news = (downloadsTold?: Day) =>
      data(made, {
        today: '2026-11-13',
        granularity: 'daily',
        ...(downloadsTold && { downloadsTold }),
      }).changes.map(({ value, calendar }) => [calendar.span.end, value]);
    expect(news()).toEqual([[day, 100]]);
    expect(news(day)).toEqual([]);
    expect(news('2026-11-09')).toEqual([[day, 100]]);
    expect(news('2026-11-07').toSorted()).toEqual([
      ['2026-11-08', 80],
      ['2026-11-09', 90],
      [day, 100],
    ]);
    // As many as may have been late, however long nobody asked.
    expect(news('2026-10-01')).toHaveLength(3);
    const told = { today: '2026-11-13', granularity: 'daily', downloadsTold: day };
    expect(answer(made, told).words.headline).toBe(
      'Nothing stands out: 100 downloads on 10 Nov 2026.',
    );
  });

  test('what ended is left out once, however far back the others are read', () => {
    const made = community();
    const ends = { alive: '2026-11-12', dead: '2026-09-20' };
    for (const [name, completeThrough] of Object.entries(ends)) {
      const downloads = steady(daysBetween(LONG_AGO, completeThrough) + 1, 50);
      const id = packageIn(made.db, { name, from: LONG_AGO, downloads, completeThrough });
      setTracked(made.db, id, '2026-01-01T00:00:00Z');
    }
    const { notes } = answer(made, { today: '2026-11-16', granularity: 'daily' }).words;
    expect(notes).toContain(
      'Left out, because the data ended long ago: downloads of dead on 20 Sep 2026.',
    );
  });

  test('one package without a number takes no downloads from the others', () => {
    const odd = {
      young: { from: '2026-11-10', downloads: steady(3, 5) },
      stuck: { from: LONG_AGO, downloads: steady(137, 5) },
    };
    for (const [name, one] of Object.entries(odd)) {
      const made = community();
      packageIn(made.db, { name: 'slow', from: LONG_AGO, downloads: steady(145, 50) });
      packageIn(made.db, { name, ...one });
      // What had not begun then lacks nothing.
      const without = name === 'stuck' ? ' (without stuck)' : '';
      expect(answer(made).words.headline).toContain(
        `350 downloads${without} in the week of 2 Nov 2026`,
      );
    }
  });

  test('the running week counts nowhere', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, [...growing(147, 3), ...growing(14, 500, 5000)]);
    expect(answer(made).words.headline).toBe('Nothing stands out: 21 new stars last week.');
  });

  test('a counter that began anew, and what ended long ago', () => {
    const made = community();
    made.pulls('a/anew', LONG_AGO, [...growing(142, 300, 1000), ...growing(20, 300)]);
    setTracked(made.db, made.pulls('a/over', LONG_AGO, growing(50, 300)), `${WEEK}T00:00:00Z`);
    expect(section(made, 'missing')).toEqual(
      expect.arrayContaining([
        'Pulls of anew last week are not known: the counter began anew on 11 Nov 2026.',
        'Left out, because the data ended long ago: pulls of a/over on 10 Aug 2026.',
      ]),
    );
  });

  test('silence is a zero, however lively it was before', () => {
    const made = community();
    for (let day = 0; day < 142; day++) made.wrote('U1', 'general', addDays(LONG_AGO, day), 9);
    expect(answer(made).words.headline).toBe(
      'Messages in Slack fell 71% to 18, below the usual 63.',
    );
    expect(section(made, 'contributors')).toEqual(['In Slack 18 messages, all by U1.']);
    const { verdict } = data(made, { granularity: 'daily' }).panels[0] ?? {};
    expect(verdict).toMatchObject({ value: 0, isUnusual: true });
  });

  describe('a channel that the bot joined lately', () => {
    /** Ten messages a day in #general from the first day on, sixty in #help from the other. */
    function talk(general: Day, help: Day): Community {
      const made = community();
      for (let day = general; day < TODAY; day = addDays(day, 1)) {
        made.wrote('U1', 'general', day, 10);
        if (day >= help) made.wrote('U2', 'help', day, 60);
      }
      return made;
    }
    const weeksBefore = (weeks: number) => addDays(WEEK, -7 * weeks);
    const values = (made: Community, viewer?: Viewer) =>
      data(made, {}, viewer).panels[0]?.sum.values.slice(-10);

    test('is no growth, and is named as not counted', () => {
      const made = talk(LONG_AGO, WEEK);
      expect(answer(made).words.headline).toBe(
        'Nothing stands out: 70 messages (without #help) last week.',
      );
      expect(data(made).panels[0]?.people).toBe(1);
      expect(section(made, 'missing')).toContain('Too new to be in the sum of messages: #help.');
      expect(section(made, 'contributors')).toEqual([
        'In Slack, newer channels included, 490 messages by 2 people, the most by U2 (420) and U1 (70).',
      ]);
    });

    test('is named only where something was written', () => {
      const made = talk(LONG_AGO, TODAY);
      made.wrote('U2', 'help', addDays(WEEK, -20), 60);
      expect(section(made, 'missing').join()).not.toContain('#help');
    });

    test('is not named to those who may not see it', () => {
      const made = talk(LONG_AGO, TODAY);
      made.channel('secret', true);
      made.wrote('U2', 'secret', WEEK, 60);
      expect(section(made, 'missing').join()).not.toContain('secret');
      expect(section(made, 'missing', {}, insider)).toContain(
        'Too new to be in the sum of messages: #secret.',
      );
    });

    test('counts when it has twelve whole weeks', () => {
      expect(values(talk(LONG_AGO, addDays(weeksBefore(11), 1)))).toEqual(Array(10).fill(70));
      const all = data(talk(LONG_AGO, weeksBefore(11))).panels[0]?.sum.values;
      expect(all).toEqual([null, ...Array(12).fill(490)]);
    });

    test('counts where no channel is old, and is compared with nothing before it', () => {
      const made = talk(weeksBefore(6), weeksBefore(1));
      expect(values(made)).toEqual([...Array(8).fill(null), 490, 490]);
      const later = talk(weeksBefore(6), addDays(WEEK, 2));
      expect(values(later)).toEqual([...Array(3).fill(null), ...Array(7).fill(70)]);
      expect(section(later, 'missing')).toContain('Too new to be in the sum of messages: #help.');
    });

    test('is all that a guest may see: the data begins with it', () => {
      const made = talk(LONG_AGO, addDays(WEEK, 2));
      const guest = { ...everyone, publicChannelIds: ['C-help'] };
      expect(section(made, 'missing', {}, guest)).toContain(
        'Messages last week are not known: the data begins on 11 Nov 2026.',
      );
    });

    test('is told beside a channel where nobody writes any more', () => {
      const made = community();
      made.wrote('U1', 'general', LONG_AGO, 10);
      made.wrote('U2', 'help', WEEK, 60);
      expect(data(made).absent).not.toContain('messages');
      expect(section(made, 'missing')).toContain('Too new to be in the sum of messages: #help.');
    });
  });

  describe('while the bot was off', () => {
    /** Twenty weeks of talk, with none on the days when the bot was off. */
    function talk(...off: Day[]): Community {
      const made = community();
      for (let day = LONG_AGO; day < TODAY; day = addDays(day, 1)) {
        if (off.includes(day)) saveUnrecordedDay(made.db, day);
        else made.wrote('U1', 'general', day, 60);
      }
      return made;
    }
    const days = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, at) => addDays(WEEK, from + at));

    test.each([
      [days(1, 5), 'from 10 to 14 Nov 2026'],
      [[addDays(WEEK, 2)], 'for hours on 11 Nov 2026'],
      [[WEEK, addDays(WEEK, 6)], 'on 2 days from 9 to 15 Nov 2026'],
    ])('on %j, nobody knows what was written: no fall is told', (off, when) => {
      const made = talk(...off);
      const { words, table } = answer(made);
      expect(words.headline).toBe('No number of last week is known.');
      expect(section(made, 'missing')).toContain(
        `Messages last week are not known: I was off ${when}.`,
      );
      expect(section(made, 'contributors')).toEqual([
        `In Slack at least ${60 * (7 - off.length)} messages, all by U1.`,
      ]);
      expect(table.rows.slice(-2)).toEqual([
        [addDays(WEEK, -7), null, null, null, 420],
        [WEEK, null, null, null, null],
      ]);
    });

    test('is said in the picture, in short', () => {
      const spec = JSON.stringify(answer(talk(...days(1, 5))).chart('light'));
      expect(spec).toContain('"off from 10 to 14 Nov"');
    });

    test('is not cut off there, with days far from each other', () => {
      const spec = JSON.stringify(answer(talk(WEEK, addDays(WEEK, 6))).chart('light'));
      expect(spec).toContain('"off on 2 days"');
      expect(spec).not.toContain('…');
    });

    test('over the turn of a month, only its own days are told', () => {
      const made = talk('2026-09-30', '2026-10-01');
      const asked = { granularity: 'monthly', to: '2026-10-31' };
      expect(section(made, 'missing', asked)).toContain(
        'Messages last month are not known: I was off for hours on 1 Oct 2026.',
      );
    });

    test('a week is no part of the usual range', () => {
      const made = talk(...days(-20, -17), ...days(-13, -10));
      expect(data(made).panels[0]?.verdict).toMatchObject({
        value: 420,
        usual: { low: 420, high: 420, periods: 10 },
      });
    });

    test('a day counts on that day alone', () => {
      const made = talk(addDays(TODAY, -2));
      const value = (to: Day) =>
        data(made, { to, granularity: 'daily' }).panels[0]?.sum.values.at(-1);
      expect([-3, -2, -1].map((age) => value(addDays(TODAY, age)))).toEqual([60, null, 60]);
    });
  });

  test('what there is no data of is said', () => {
    const made = community();
    made.stars('a/b', LONG_AGO, growing(160, 3));
    expect(section(made, 'missing')).toEqual([
      'There is no data of downloads, pulls, messages, issues, pull requests, commits and releases.',
    ]);
  });
});

describe('people', () => {
  test('who wrote most, and who wrote for the first time', () => {
    const made = community();
    made.user('U1', '*Ada*');
    made.user('U2', 'Newcomer');
    made.user('UB', 'Bot', true);
    made.wrote('U1', 'general', LONG_AGO, 5);
    for (const day of [0, 3]) made.wrote('U1', 'general', addDays(WEEK, day), 2);
    made.wrote('U2', 'general', addDays(WEEK, 1), 1);
    made.wrote('UB', 'general', WEEK, 99);
    expect(section(made, 'contributors')).toEqual([
      'In Slack 5 messages by 2 people, the most by *Ada* (4) and Newcomer (1).',
    ]);
    expect(section(made, 'newcomers')).toEqual([
      'Welcome to Newcomer, who wrote in Slack for the first time.',
    ]);
  });

  test('nothing of a private channel is told to others', () => {
    const made = community();
    made.channel('secret', true);
    made.user('U1', 'Spy');
    made.wrote('U9', 'general', LONG_AGO, 1);
    made.wrote('U9', 'general', WEEK, 3);
    made.wrote('U1', 'secret', WEEK, 7);
    const open = answer(made).words.alt;
    expect(open).not.toMatch(/Spy|10 messages/);
    expect(open).toContain('3 messages');
    expect(answer(made, {}, insider).words.alt).toMatch(/10 messages by 2 people.*Spy/);
  });

  test('nobody is new to a record that has just begun', () => {
    const made = community();
    made.wrote('U1', 'general', addDays(WEEK, -20), 1);
    made.wrote('U2', 'general', WEEK, 1);
    expect(section(made, 'newcomers')).toEqual([]);
    expect(section(made, 'missing').join()).toContain('when the record is 28 days old');
  });

  test('in a channel that is recorded lately, old hands are not greeted', () => {
    const made = community();
    made.wrote('U1', 'random', LONG_AGO, 1);
    made.wrote('U2', 'help', addDays(WEEK, 1), 5);
    made.wrote('U3', 'random', addDays(WEEK, 2), 1);
    expect(section(made, 'newcomers')).toEqual([
      'Welcome to U3, who wrote in Slack for the first time.',
    ]);
  });

  test('who wrote before where the reader may not look is not new', () => {
    const made = community();
    made.channel('secret', true);
    for (const [user, channel] of [
      ['U1', 'help'],
      ['U2', 'random'],
      ['U3', 'secret'],
    ] as const) {
      made.wrote(user, channel, LONG_AGO, 1);
    }
    for (const user of ['U1', 'U2', 'U3', 'U4']) made.wrote(user, 'help', WEEK, 1);
    const guest = { ...everyone, publicChannelIds: ['C-help'] };
    for (const viewer of [guest, everyone, insider]) {
      expect(section(made, 'newcomers', {}, viewer)).toEqual([
        'Welcome to U4, who wrote in Slack for the first time.',
      ]);
    }
  });

  test('who contributed on GitHub, and who did for the first time anywhere of ours', () => {
    const made = community();
    const asked = repository(made.db, 'a/rocket', [
      { at: '2026-11-10', pull: 'ada' },
      { at: '2026-11-11', pull: 'ada' },
      { at: '2026-11-11', commit: 'bob' },
      { at: '2026-11-11', commit: null },
      { at: '2026-11-12', issue: 'carol' },
      { at: '2026-11-12', issue: 'renovate[bot]' },
      { at: '2026-11-16', issue: 'too-late' },
    ]);
    repository(made.db, 'a/other', [{ at: '2025-01-01', commit: 'Carol' }]);
    const params = { subjectIds: [asked] };
    expect(section(made, 'contributors', params)).toEqual([
      'On GitHub 1 issue, 2 pull requests and 1 commit by 3 people, the most active: ada (2 pull requests), bob (1 commit) and carol (1 issue). 1 more commit without an account.',
    ]);
    expect(section(made, 'newcomers', params)).toEqual([
      'Welcome to ada and bob, who contributed on GitHub for the first time.',
    ]);
  });

  test('nobody is greeted while a list is still being loaded, and late lists are named', () => {
    const made = community();
    const id = repository(made.db, 'a/rocket', [{ at: '2026-11-10', pull: 'ada' }]);
    setTracked(made.db, id, '2026-11-01T00:00:00Z');
    const key = { source: 'github', subjectId: id, part: 'issues' };
    keepCursor(made.db, key, 'page 2');
    expect(section(made, 'newcomers')).toEqual([]);
    expect(section(made, 'missing')).toContain(
      'Issues and pull requests of rocket are still being loaded.',
    );
    finishCollection(made.db, key, '2026-11-13T09:00:00.000Z');
    expect(section(made, 'newcomers')).toHaveLength(1);
    expect(section(made, 'missing')).toContain(
      'Issues and pull requests of rocket were last read on 13 Nov 2026: what came later is not told.',
    );
    finishCollection(made.db, key, '2026-11-16T00:10:00.000Z');
    expect(section(made, 'missing').join()).not.toContain('Issues and pull requests of');
  });
});

test('releases of the week, pre-releases as such', () => {
  const made = community();
  const id = made.stars('a/rocket', LONG_AGO, growing(160, 1));
  const release = { name: null, author: null, assets: [] };
  replaceReleases(made.db, id, [
    { ...release, id: 1, tag: 'v1', isPrerelease: false, publishedAt: '2026-11-15T23:00:00Z' },
    { ...release, id: 2, tag: 'v2rc1', isPrerelease: true, publishedAt: '2026-11-09T00:00:00Z' },
    { ...release, id: 3, tag: 'v2', isPrerelease: false, publishedAt: '2026-11-16T00:00:00Z' },
  ]);
  expect(section(made, 'releases')).toEqual([
    'rocket v2rc1, a pre-release, came out on 9 Nov 2026.',
    'rocket v1 came out on 15 Nov 2026.',
  ]);
});

describe('what a digest needs', () => {
  test('a usual week is quiet, and said in one line', () => {
    const made = community();
    downloads(made, 'steady', []);
    expect(isQuiet(data(made))).toBe(true);
    expect(answer(made).words.headline).toMatch(
      /^Nothing stands out: [\d,]+ downloads last week\.$/,
    );
  });

  test.each([
    ['a change', (made: Community) => void downloads(made, 'falling', [100])],
    [
      'a newcomer',
      (made: Community) => void repository(made.db, 'a/b', [{ at: WEEK, issue: 'ada' }]),
    ],
    ['late data', (made: Community) => void made.stars('a/b', LONG_AGO, growing(141, 3))],
  ])('%s is not', (_, fill) => {
    const made = community();
    fill(made);
    expect(isQuiet(data(made))).toBe(false);
  });

  test('only the sections that were asked for are told', () => {
    const made = community();
    downloads(made, 'falling', [100]);
    made.wrote('U1', 'general', addDays(WEEK, -60), 3);
    made.wrote('U1', 'general', WEEK, 3);
    const names = (params: Asked) => summarySections(data(made, params)).map((one) => one.section);
    expect(names({})).toEqual(['changes', 'contributors', 'missing']);
    expect(names({ sections: ['missing', 'releases'] })).toEqual(['missing']);
    expect(answer(made, { sections: [] }).words.lines).toEqual([]);
  });
});

describe('what is outside of the usual and no news', () => {
  const alt = (weeks: readonly number[]) => {
    const made = community();
    downloads(made, 'one', weeks);
    const { headline, alt, lines } = answer(made).words;
    expect(headline).toMatch(/^Nothing stands out/);
    return `${lines.join(' ')} ${alt}`;
  };

  test('is where growth leads, in words and picture', () => {
    const told = alt(Array.from({ length: 20 }, (_, at) => Math.round(1000 * 1.04 ** at)));
    expect(told).toContain(
      'Downloads are above what was usual, as their growth leads one to expect.',
    );
    expect(told).toContain('2,107, 2,026 before, growing past 1,374 to 1,941.');
  });

  test('or only a little outside, or so few that it says nothing', () => {
    expect(alt([1045])).toContain('1,045, 1,000 before, just above 1,000 to 1,040.');
    const made = community();
    downloads(made, 'tiny', [5], 50);
    expect(answer(made).words.alt).toContain('below 50 to 90, small numbers.');
  });
});

describe('why an earlier period is not known', () => {
  const anew = (day: number) => {
    const made = community();
    const days = growing(154, 10, 5000).map((value, at) => (at < day ? value : value - 6000));
    made.pulls('a/image', addDays(WEEK, 6 - 153), days);
    return answer(made);
  };

  test('stands below the words', () => {
    const { words } = anew(130);
    expect(words.notes).toContain(
      'Pulls of image in the week of 19 Oct are not known (“?”): the counter began anew on 23 Oct 2026.',
    );
    expect(JSON.stringify(anew(130).chart('light'))).toContain('not known: counter anew on 23 Oct');
    // Nobody can mend it: it is no news.
    expect(words.headline).toMatch(/^Nothing stands out/);
  });

  test('and in the place of the one before, where it is that', () => {
    expect(JSON.stringify(anew(144).chart('light'))).toContain('"? counter anew on 6 Nov"');
  });
});

describe('the picture', () => {
  const texts = (made: Community, params: Asked = {}): string[] => {
    const spec = JSON.stringify(answer(made, params).chart('light'));
    return [...spec.matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text ?? '');
  };

  test('writes the number large, the one before and what is usual', () => {
    const made = community();
    downloads(made, 'marquez-python', [900, 800, 552]);
    expect(texts(made)).toEqual(
      expect.arrayContaining([
        'Downloads',
        'marquez-python',
        '552',
        '−31%',
        '800 the week before',
        'below usual, 1,000–1,040',
        // Of those before the fall began.
        'usual: 10–90% of up to 12 weeks before',
      ]),
    );
    const steady = community();
    downloads(steady, 'marquez-python', [552]);
    expect(texts(steady)).toContain('usual: 10–90% of 12 weeks before');
  });

  test('says that a number is not in, and marks what is not known but not what was before', () => {
    const made = community();
    const days = [...steady(50, 9), null, ...steady(7, 9)];
    packageIn(made.db, { name: 'late', from: addDays(WEEK, -56), downloads: days });
    const found = texts(made);
    expect(found).toContain('not in yet');
    expect(found).toContain('the data ends on 10 Nov');
    expect(found.filter((text) => text.startsWith('usual'))).toEqual([]);
    // The hole, this week, and the legend.
    expect(found.filter((text) => text === '?')).toHaveLength(3);
  });

  test('compares months by the day', () => {
    const made = community();
    packageIn(made.db, { name: 'p', from: addDays(TODAY, -500), downloads: steady(500, 10) });
    expect(texts(made, { granularity: 'monthly' })).toEqual(
      expect.arrayContaining(['310', '±0% a day', '300 the month before']),
    );
  });
});

test.each([
  [{ granularity: 'daily' }, 'Yesterday, Saturday 21 Nov 2026', ' yesterday.'],
  [{}, 'Last week, 9–15 Nov 2026', ' last week.'],
  [{ granularity: 'monthly' }, 'Last month, October 2026', ' last month.'],
  [{ to: '2026-11-14' }, 'Week of 2–8 Nov 2026', ' in the week of 2 Nov 2026.'],
  // In the east it is Monday already, and that week is no longer their last one.
  [{ readOn: '2026-11-23' }, 'Week of 9–15 Nov 2026', ' in the week of 9 Nov 2026.'],
  [{ granularity: 'daily', readOn: '2026-11-23' }, 'Saturday 21 Nov 2026', ' on 21 Nov 2026.'],
  [{ granularity: 'monthly', to: '2026-08-31' }, 'August 2026', ' in August 2026.'],
])('%j is of the last whole period', (params, title, when) => {
  const made = community();
  made.stars('a/b', addDays(TODAY, -600), growing(601, 20));
  const asked = answer(made, params);
  expect(asked.chart('light')).toMatchObject({ title: { text: title } });
  expect(asked.words.headline.endsWith(when)).toBe(true);
});
