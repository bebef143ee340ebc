import { expect, test } from 'vitest';
import { keepAdvisories } from '../../db/advisories.ts';
import { addDays, type Day } from '../../db/days.ts';
import { listIncidents } from '../../db/incidents.ts';
import { setTracked } from '../../db/subjects.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { readVulnerable } from '../../reports/vulnerable.ts';
import { judgeExposure } from '../../src/alerts/exposure.ts';
import { community, everyone, TODAY } from '../reports/community.ts';
import { type MadePackage, packageIn, steady } from '../reports/package.ts';

const DAYS = 100;
const FROM = addDays(TODAY, -DAYS);
const ADVISORY = {
  id: 'GHSA-x',
  aliases: ['CVE-2026-7'],
  publishedAt: `${addDays(TODAY, -50)}T00:00:00Z`,
  ranges: [{ introduced: '0', fixed: '2.0' }],
};

/** 2.0 came `age` days ago; from then on `old` of a hundred still load 1.0. */
function loaded(old: number, age: number, more: Partial<MadePackage> = {}) {
  const { db } = community();
  const splits = {
    version: {
      '1.0': [...steady(DAYS - age, 100), ...steady(age, old)],
      '2.0': [...new Array(DAYS - age).fill(null), ...steady(age, 100 - old)],
    },
  };
  const yesterday = addDays(TODAY, -1);
  const made = {
    name: 'shoal',
    from: FROM,
    splits,
    completeThrough: yesterday,
    advisories: [ADVISORY],
  };
  const subjectId = packageIn(db, { ...made, ...more });
  setTracked(db, subjectId, `${FROM}T00:00:00Z`);
  const judge = (today: Day = TODAY) => judgeExposure(db, today);
  const open = () => listIncidents(db, FROM, 'T1').filter(({ closedDay }) => closedDay === null);
  return { db, subjectId, judge, open };
}

test('most downloads of vulnerable versions, 30 days after the fix, are told once', () => {
  const { db, judge, open } = loaded(60, 40);
  judge();
  judge();
  expect(open()).toMatchObject([{ kind: 'vulnerable', subjectName: 'shoal' }]);
  const { words } = ask(alerts, db, { today: TODAY, incident: 1 }, everyone);
  expect(words.headline).toBe(
    '60% of a week’s downloads of shoal are of versions with CVE-2026-7, 39 days after the fix in 2.0.',
  );
  expect(words.lines).toEqual([
    '/metrics versions shoal shows which versions are still downloaded.',
  ]);
});

test.each([
  ['the fix is younger', loaded(60, 20)],
  ['fewer than half load them', loaded(40, 40)],
  ['it is a dependency', loaded(60, 40, { role: 'dependency' })],
  ['nothing is known to be vulnerable', loaded(60, 40, { advisories: [] })],
  ['the versions are not known', loaded(60, 40, { splits: {}, downloads: steady(DAYS, 100) })],
])('nothing is told where %s', (_why, { judge, open }) => {
  judge();
  expect(open()).toEqual([]);
});

test('it is over when less than 45% load them, or nobody tracks the package', () => {
  const { db, subjectId, judge, open } = loaded(60, 40);
  judge();
  const version = (member: string, value: number) =>
    db
      .prepare(
        `UPDATE series_day SET value = ? WHERE day > ? AND series_id =
         (SELECT id FROM series WHERE subject_id = ? AND member = ?)`,
      )
      .run(value, addDays(TODAY, -8), subjectId, member);
  version('1.0', 47);
  version('2.0', 53);
  judge();
  expect(open()).toHaveLength(1);
  version('1.0', 40);
  version('2.0', 60);
  judge();
  expect(listIncidents(db, FROM, 'T1')).toMatchObject([{ outcome: 'recovered' }]);
  version('1.0', 90);
  judge();
  setTracked(db, subjectId, null);
  judge(addDays(TODAY, 1));
  expect(open()).toEqual([]);
});

test('it is over when the advisory is withdrawn', () => {
  const { db, subjectId, judge, open } = loaded(60, 40);
  judge();
  keepAdvisories(db, subjectId, []);
  judge();
  expect(open()).toEqual([]);
  expect(ask(alerts, db, { today: TODAY, incident: 1 }, everyone).words.headline).toMatch(
    /^On .+, downloads of shoal were no longer mostly of versions whose vulnerability was fixed 30 days/,
  );
});

test.each([['2.1'], [undefined]])(
  'it is no all-clear while what they load instead has one, fixed in %s',
  (fixed) => {
    const young = {
      id: 'GHSA-y',
      aliases: ['CVE-2026-9'],
      publishedAt: `${addDays(TODAY, -5)}T00:00:00Z`,
      ranges: [fixed ? { introduced: '2.0', fixed } : { introduced: '2.0' }],
    };
    const { db, judge } = loaded(60, 40, { advisories: [ADVISORY, young] });
    judge();
    db.exec(`UPDATE series_day SET value = iif(member = '1.0', 10, 90) FROM series
           WHERE series.id = series_id AND member <> '' AND day > '${addDays(TODAY, -9)}'`);
    judge();
    expect(listIncidents(db, FROM, 'T1')).toMatchObject([{ outcome: 'recovered' }]);
    const { headline, lines } = ask(
      alerts,
      db,
      { today: TODAY, incident: 1, details: true },
      everyone,
    ).words;
    expect(`${headline} ${lines.join(' ')}`).not.toMatch(/without a known|recovered/);
    expect(lines).toContain(
      '100% of the newest week’s downloads are of versions with a known vulnerability (CVE-2026-9 and CVE-2026-7).',
    );
  },
);

test('it says no such thing when nobody tracks the package any more', () => {
  const { db, subjectId, judge } = loaded(60, 40);
  judge();
  setTracked(db, subjectId, null);
  judge();
  expect(ask(alerts, db, { today: TODAY, incident: 1 }, everyone).words.headline).toBe(
    'Versions of shoal have not been watched since 22 Nov 2026.',
  );
});

test('each version waits for the fix of its own line, however that is spelled', () => {
  const young = 20;
  const version = {
    '1.4': [...steady(DAYS - 60, 100), ...steady(60, 20)],
    '1.5.0': [...new Array(DAYS - 60).fill(null), ...steady(60, 10)],
    '2.0': [...new Array(DAYS - 60).fill(null), ...steady(60, 60)],
    '2.1': [...new Array(DAYS - young).fill(null), ...steady(young, 10)],
  };
  const ranges = [
    { introduced: '0', fixed: '1.5' },
    { introduced: '2.0', fixed: '2.1' },
  ];
  const { db, subjectId, judge, open } = loaded(0, 40, {
    splits: { version },
    advisories: [{ ...ADVISORY, ranges }],
  });
  expect(readVulnerable(db, subjectId, addDays(TODAY, -1))).toMatchObject({
    share: 0.2,
    fixes: ['1.5'],
    days: 59,
  });
  judge();
  expect(open()).toEqual([]);
});
