import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../db/days.ts';
import { openIncident } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { saveReplacement } from '../../db/replacements.ts';
import { saveDays } from '../../db/series.ts';
import { setTracked } from '../../db/subjects.ts';
import { alerts } from '../../reports/alerts.ts';
import { downloads } from '../../reports/downloads.ts';
import { pulls } from '../../reports/pulls.ts';
import { ask, type Report } from '../../reports/report.ts';
import { isQuiet, summary, summarySections } from '../../reports/summary.ts';
import { community, everyone, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';

/** TODAY is a Sunday: the last whole week is the one before. */
const WEEK = '2026-11-09';
const FROM = addDays(WEEK, -140);
const LAST = addDays(TODAY, -1);
const DAYS = 153;

type Days = readonly (number | null)[];

function moving(db: Db, name: string, days: Days, from: Day = FROM): number {
  const id = packageIn(db, { name, from, downloads: days, completeThrough: LAST });
  setTracked(db, id, '2026-01-01T00:00:00Z');
  return id;
}

/** Of a hundred a day, `new` has had a tenth more each week, for the last six weeks. */
const share = (age: number) => Math.max(0, Math.floor((age - (DAYS - 48)) / 7) + 1);
const olds = Array.from({ length: DAYS }, (_, age) => 100 - 10 * share(age));
const news = Array.from({ length: 48 }, (_, age) => 10 * share(age + DAYS - 48));

function move(change: (days: Days) => Days = (days) => days) {
  const { db } = community();
  const subjectId = moving(db, 'old', change(olds));
  const successorId = moving(db, 'new', news, addDays(FROM, DAYS - 48));
  saveReplacement(db, { subjectId, successorId });
  return { db, subjectId, successorId };
}

/** Without a day in the week that is so many weeks before the last whole one. */
const without = (weeks: number) => (days: Days) =>
  days.map((value, age) => (age === 142 - 7 * weeks ? null : value));

const SENTENCE =
  'The move from old to new: 60% of the downloads were of new in the week of 9 Nov 2026 (50% the week before).';

function lines(report: unknown, db: Db, params: Record<string, unknown> = {}): readonly string[] {
  const asked = { today: TODAY, to: TODAY, ...params };
  return ask(report as Report, db, asked, everyone).words.lines;
}

describe('downloads', () => {
  test('tell the move, of whichever of the two they are', () => {
    const { db, subjectId, successorId } = move();
    const other = moving(db, 'other', steady(DAYS, 5));
    expect(lines(downloads, db)).toContain(SENTENCE);
    expect(lines(downloads, db, { subjectIds: [subjectId] })).toContain(SENTENCE);
    expect(lines(downloads, db, { subjectIds: [successorId] }).at(-1)).toBe(SENTENCE);
    expect(lines(downloads, db, { subjectIds: [other] }).join()).not.toContain('The move');
  });

  test('compare whole weeks, and say where one is not known', () => {
    const before = move(without(1));
    expect(lines(downloads, before.db)).toContain(SENTENCE.replace(' (50% the week before)', ''));
    const last = move(without(0));
    expect(lines(downloads, last.db)).toContain(
      'The move from old to new: the week of 9 Nov 2026 is not known of both.',
    );
  });

  test('tell the move up to the end of the range', () => {
    const { db } = move();
    expect(lines(downloads, db, { to: addDays(WEEK, 5) })).toContain(
      'The move from old to new: 50% of the downloads were of new in the week of 2 Nov 2026 (40% the week before).',
    );
  });

  test('tell no move before there is a successor, nor a share of it', () => {
    const { db } = move();
    const first = addDays(FROM, DAYS - 48);
    expect(lines(downloads, db, { to: addDays(first, -1) }).join()).not.toContain('The move');
    expect(lines(downloads, db, { to: addDays(first, 8) }).at(-1)).toMatch(
      /^The move from old to new: \d+% of the downloads were of new in the week of \d+ Oct 2026\.$/,
    );
  });

  test('name all that is replaced', () => {
    const { db, successorId } = move();
    const subjectId = moving(db, 'older', steady(DAYS, 100));
    saveReplacement(db, { subjectId, successorId });
    expect(lines(downloads, db)).toContain(
      'The move from old and older to new: 30% of the downloads were of new in the week of 9 Nov 2026 (25% the week before).',
    );
  });
});

test('pulls tell the move by what came in, and none for repositories', () => {
  const made = community();
  const total = (days: readonly number[]) => {
    let sum = 0;
    return days.map((value) => {
      sum += value;
      return sum;
    });
  };
  const subjectId = made.pulls('me/old', FROM, total(olds));
  const successorId = made.pulls('me/new', addDays(FROM, DAYS - 48), total(news));
  for (const id of [subjectId, successorId]) {
    setTracked(made.db, id, '2026-01-01T00:00:00Z');
    const key = { subjectId: id, metric: 'docker.pulls', kind: 'total' } as const;
    saveDays(made.db, key, [], { origin: 'poll', seenAt: '', completeThrough: LAST });
  }
  saveReplacement(made.db, { subjectId, successorId });
  expect(lines(pulls, made.db)).toContain(
    SENTENCE.replace('old to new', 'me/old to me/new')
      .replace('were of new', 'were of me/new')
      .replace('downloads', 'pulls'),
  );
});

describe('a summary', () => {
  const data = (db: Db, params: Record<string, unknown> = {}) =>
    summary.query(db, summary.params.parse({ today: TODAY, to: TODAY, ...params }), everyone);
  const changes = (db: Db, params: Record<string, unknown> = {}) =>
    summarySections(data(db, params)).find(({ section }) => section === 'changes')?.lines ?? [];

  test('tells the move, and neither the fall of the one nor the rise of the other', () => {
    const { db, subjectId } = move();
    moving(db, 'other', steady(DAYS, 5));
    // It was told before the two were known to be one.
    const opened = { metric: 'pypi.downloads', openedDay: addDays(WEEK, -9), days: 2 } as const;
    openIncident(db, {
      kind: 'drop',
      source: 'pypi',
      ...opened,
      subjectId,
      sensitivity: 'normal',
      isNews: true,
    });
    expect(changes(db)).toEqual([SENTENCE]);
    expect(summary.words(data(db)).headline).toBe('Nothing stands out: 735 downloads last week.');
    expect(isQuiet(data(db, { sections: ['releases'] }))).toBe(true);
    // Asked for by one of its names, it is told of both.
    expect(changes(db, { subjectIds: [subjectId] })).toEqual([SENTENCE]);
  });

  test('a day tells the move of the week that ended with it, and the next days not again', () => {
    const { db } = move();
    const on = (today: string) =>
      changes(db, { today, to: today, granularity: 'daily' }).filter((line) =>
        line.startsWith('The move'),
      );
    expect(on(addDays(WEEK, 7))).toEqual([SENTENCE]);
    expect(on(addDays(WEEK, 6))).toEqual([]);
    expect(on(addDays(WEEK, 8))).toEqual([]);
  });

  test('counts the two in the picture, where both names have no room', () => {
    const { chart } = ask(summary, move().db, { today: TODAY, to: TODAY }, everyone);
    expect(JSON.stringify(chart('light'))).toContain('"2 packages"');
  });

  test('tells the change of both together', () => {
    const fallen = (days: Days) => days.map((value, age) => (age < 140 ? value : 10));
    const { db } = move(fallen);
    moving(db, 'other', steady(DAYS, 5));
    expect(summary.words(data(db)).headline).toMatch(
      /^Downloads of new and old together fell 30% to 490, below/,
    );
    expect(changes(db)[0]).toMatch(/^The move from old to new: 86%/);
  });

  test('counts what is moved as two, and is not known where one of them is not', () => {
    const { db } = move(without(0));
    const { panels } = data(db);
    expect(panels).toMatchObject([
      { histories: [{ name: 'new and old together', lack: { reason: 'hole' } }] },
    ]);
    expect(changes(db)).toEqual([]);
    expect(panels[0]?.sum).toMatchObject({ members: 1, subjects: 2 });
  });

  test('goes on with the successor when the old one is over', () => {
    const { db } = move((days) => days.slice(0, 110));
    const [history] = data(db).panels[0]?.histories ?? [];
    expect(history?.name).toBe('new and old together');
    // The week in which it ended is not known.
    expect(history?.values.slice(-7)).toEqual([700, null, 140, 210, 280, 350, 420]);
    expect(data(db).ended).toEqual([]);
  });

  test('counts the week in which the successor came from its first day on', () => {
    const { db } = community();
    const subjectId = moving(db, 'old', steady(DAYS, 100));
    const since = addDays(WEEK, -12);
    const successorId = moving(db, 'new', steady(DAYS - 128, 10), since);
    saveReplacement(db, { subjectId, successorId });
    const [history] = data(db).panels[0]?.histories ?? [];
    expect(history?.values.slice(-4)).toEqual([700, 750, 770, 770]);
  });

  test('has no word for a move that is over', () => {
    const { db } = community();
    const subjectId = moving(db, 'old', steady(DAYS, 0));
    saveReplacement(db, { subjectId, successorId: moving(db, 'new', steady(DAYS, 100)) });
    expect(changes(db)).toEqual([]);
    expect(lines(downloads, db).join()).toContain('100% of the downloads were of new');
  });
});

describe('alerts', () => {
  test('tell the move, with an incident only its own', () => {
    const { db, successorId, subjectId } = move();
    const other = moving(db, 'other', steady(DAYS, 5));
    const opened = { metric: 'pypi.downloads', openedDay: addDays(WEEK, 2), days: 2 } as const;
    const about = { ...opened, sensitivity: 'normal', isNews: true } as const;
    openIncident(db, { kind: 'drop', source: 'pypi', ...about, subjectId: other });
    openIncident(db, {
      kind: 'drop',
      source: 'pypi',
      ...about,
      subjectId: successorId,
      others: [{ subjectId, isLater: false }],
    });
    expect(lines(alerts, db)).toContain(SENTENCE);
    expect(lines(alerts, db, { incident: 1 })).not.toContain(SENTENCE);
    expect(lines(alerts, db, { incident: 2 })).toContain(SENTENCE);
    expect(lines(alerts, db)).toContain(
      'Incident 2: downloads of new and old together, opened on 11 Nov 2026, open.',
    );
  });

  test('look for what explains the fall of a sum among what is added up', () => {
    const { db } = community();
    const fell = (before: number, after: number) => [
      ...steady(DAYS - 10, before),
      ...steady(10, after),
    ];
    const subjectId = moving(db, 'old', fell(70, 10));
    const successorId = moving(db, 'new', fell(30, 28));
    saveReplacement(db, { subjectId, successorId });
    openIncident(db, {
      kind: 'drop',
      source: 'pypi',
      subjectId: successorId,
      metric: 'pypi.downloads',
      openedDay: addDays(LAST, -8),
      days: 2,
      sensitivity: 'normal',
      isNews: true,
      others: [{ subjectId, isLater: false }],
    });
    expect(lines(alerts, db)[2]).toBe(
      'Package old accounts for 97% of the drop; before, it had 70% of the downloads.',
    );
  });
});
