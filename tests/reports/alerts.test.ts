import { describe, expect, test } from 'vitest';
import { forgetJudged, saveJudged } from '../../db/alert-series.ts';
import { addDays, dayMs } from '../../db/days.ts';
import { replaceReleases } from '../../db/github-releases.ts';
import { movementKey } from '../../db/incident.ts';
import { closeIncident, openIncident, snoozeIncident, voteOnIncident } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { ensureSubject, findSubject, setTracked } from '../../db/subjects.ts';
import { saveSuspectDay } from '../../db/suspect-days.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { community, everyone, growing, TODAY } from './community.ts';
import { type MadePackage, packageIn, steady } from './package.ts';
import { movements, watching } from './watching.ts';

const DAYS = 100;
const FROM = addDays(TODAY, -DAYS);
const FELL = 10;

const answer = (db: Db, params: Record<string, unknown> = {}) =>
  ask(alerts, db, { today: TODAY, ...params }, everyone);

/** So many a day, and fewer on the last ten days. */
const fell = (before: number, after: number) => [
  ...steady(DAYS - FELL, before),
  ...steady(FELL, after),
];

/** A package that fell ten days ago, told on the second day. */
function fallen(db: Db, name: string, made: Partial<MadePackage> = {}) {
  packageIn(db, { name, from: FROM, downloads: fell(100, 40), ...made });
  return watching(db, 'pypi', name, { openedDay: addDays(TODAY, 1 - FELL) });
}

describe('the headline', () => {
  test('says that nothing is watched', () => {
    expect(answer(community().db).words.headline).toMatch(/^Nothing is watched yet/);
  });

  test('says that all is well, and when it last was not', () => {
    const { db } = community();
    watching(db, 'pypi', 'well');
    expect(answer(db).words.headline).toBe('No incident is open; 1 series is watched.');
    const times = { openedDay: addDays(TODAY, -30), closedDay: addDays(TODAY, -20) };
    watching(db, 'pypi', 'worse', times);
    expect(answer(db).words.headline).toBe(
      'No incident is open; 2 series are watched. The last one (downloads of worse) opened on 23 Oct 2026.',
    );
  });

  test('says how far the open one lies below usual, and since when', () => {
    const { db } = community();
    fallen(db, 'low');
    expect(answer(db).words.headline).toBe(
      'Downloads of low have been 60% below usual since 12 Nov 2026 (about 40 a day instead of 100).',
    );
    fallen(db, 'other');
    expect(answer(db).words.headline).toBe(
      '2 incidents are open: downloads of low and downloads of other.',
    );
  });

  test('of one that is over, says how it ended', () => {
    const { db } = community();
    const downloads = [...steady(80, 100), ...steady(4, 0), ...steady(16, 100)];
    packageIn(db, { name: 'back', from: FROM, downloads });
    const openedDay = addDays(FROM, 81);
    watching(db, 'pypi', 'back', { openedDay, closedDay: addDays(FROM, 85) });
    expect(answer(db, { incident: 1 }).words.headline).toBe(
      'There were no downloads of back at all from 2 to 5 Nov 2026 (usual: about 100 a day); 6 and 7 Nov were as usual again.',
    );
    expect(answer(db, { incident: 2 }).words.headline).toBe('There is no incident 2.');
  });
});

describe('what explains a drop', () => {
  const linesOf = (splits: MadePackage['splits']) => {
    const { db } = community();
    fallen(db, 'low', { ...(splits && { splits }) });
    return answer(db).words.lines;
  };

  test('is the member that lost more than its share', () => {
    const lines = linesOf({
      version: { '1.0': fell(50, 0), '2.0': fell(50, 40) },
      country: { US: fell(60, 24), DE: fell(40, 16) },
    });
    expect(lines).toContain(
      'Version 1.0 accounts for 83% of the drop; before, it had 50% of the downloads.',
    );
    expect(lines.join(' ')).not.toMatch(/Country|United States|Germany/);
  });

  test('is a country by its name', () => {
    expect(linesOf({ country: { US: fell(50, 0), DE: fell(50, 40) } })).toContain(
      'United States accounts for 83% of the drop; before, it had 50% of the downloads.',
    );
  });

  test('may have lost more than all together', () => {
    expect(linesOf({ installer: { pip: fell(90, 10), uv: fell(10, 30) } })).toContain(
      'Installer pip alone lost more than the whole drop; before, it had 90% of the downloads.',
    );
  });

  test('is nothing when all fell alike, and not mentioned when nobody told', () => {
    expect(linesOf({ country: { US: fell(60, 24), DE: fell(40, 16) } })).toContain(
      'The drop is spread evenly: no country lost much more than its share.',
    );
    expect(linesOf(undefined).join(' ')).not.toMatch(/explains|split|spread/);
  });

  test('is not looked for where nothing is lost', () => {
    const { db } = community();
    fallen(db, 'low', {
      downloads: steady(DAYS, 100),
      splits: { country: { DE: steady(DAYS, 100) } },
    });
    expect(answer(db).words.sections?.map(({ title }) => title)).toEqual(['Incidents', 'Watched']);
  });

  test('is never what is not known', () => {
    const splits = { country: { unknown: fell(60, 0), DE: fell(40, 40) } };
    expect(linesOf(splits).join(' ')).toMatch(/spread evenly/);
  });
});

describe('of several that are open', () => {
  /** What stands under the title of the picture, whose lines are broken. */
  const subtitleOf = (spec: unknown) => {
    const { title } = spec as { readonly title: { readonly subtitle: readonly string[] } };
    return title.subtitle.join(' ');
  };
  const drawn = (db: Db) => answer(db).chart('light');
  const risen = (db: Db, name: string) => {
    const subjectId = watching(db, 'pypi', name);
    packageIn(db, { name, from: FROM, downloads: fell(100, 300) });
    const key = movementKey('rise', { subjectId, metric: 'pypi.downloads' });
    openIncident(db, { ...key, openedDay: addDays(TODAY, 2 - FELL), days: 3 });
  };

  test('the newest drop or rise is drawn and explained, and both say whose it is', () => {
    const { db } = community();
    fallen(db, 'low');
    fallen(db, 'other');
    openIncident(db, { kind: 'failing', source: 'github', openedDay: TODAY });
    const { headline, sections } = answer(db).words;
    expect(headline).toBe('3 incidents are open: github, downloads of low and downloads of other.');
    const sentence =
      'Downloads of low have been 60% below usual since 12 Nov 2026 (about 40 a day instead of 100).';
    expect(subtitleOf(drawn(db))).toBe(sentence);
    expect(sections?.[1]).toMatchObject({ title: 'About incident 1' });
    expect(sections?.[1]?.lines).toEqual([
      sentence,
      'Drops of downloads of other were noticed in the same days.',
    ]);
  });

  test('each drop is listed with how far below usual it is, unless it is back', () => {
    const { db } = community();
    fallen(db, 'low');
    fallen(db, 'back', { downloads: [...fell(100, 20).slice(0, -1), 100] });
    risen(db, 'high');
    const [{ items = [] } = {}] = answer(db).words.sections ?? [];
    expect(items.map(({ detail }) => detail)).toEqual([
      'a rise of downloads of high, opened on 14 Nov 2026, open',
      'downloads of low, 60% below usual, opened on 13 Nov 2026, open',
      'downloads of back, back for now, opened on 13 Nov 2026, open',
    ]);
  });

  test('a rise is told from a drop', () => {
    const { db } = community();
    fallen(db, 'low');
    risen(db, 'high');
    const { headline, lines } = answer(db).words;
    expect(headline).toBe(
      '2 incidents are open: a rise of downloads of high and downloads of low.',
    );
    expect(subtitleOf(drawn(db))).toBe(
      'Downloads of high have been 3 times the usual since 12 Nov 2026 (about 300 a day instead of 100).',
    );
    expect(lines).toContain(
      'Incident 2: a rise of downloads of high, opened on 14 Nov 2026, open.',
    );
    // Beside its incident, what is not as usual has no line of its own.
    expect(lines.join(' ')).not.toMatch(/As usual|judged through/);
  });
});

test('names what is over before it is told how it went', () => {
  const { db } = community();
  fallen(db, 'low');
  const subjectId = findSubject(db, 'pypi', 'low')?.id ?? 0;
  const key = movementKey('drop', { subjectId, metric: 'pypi.downloads' });
  closeIncident(db, key, addDays(TODAY, -1), 'new level');
  const { headline, sections } = answer(db).words;
  expect(headline).toMatch(/The last one \(downloads of low\) opened on 13 Nov 2026\.$/);
  expect(sections?.[1]?.lines[0]).toBe(
    'Downloads of low dropped on 12 Nov 2026 to 60% below usual (about 40 a day instead of 100), which is the new level now.',
  );
});

test('the picture says of what it is, and marks the days of the drop from its first', () => {
  const { db } = community();
  fallen(db, 'low');
  const spec = JSON.stringify(answer(db, { incident: 1 }).chart('light'));
  expect(spec).toContain('{"text":"Downloads of low, a day"');
  expect(spec).toContain('Red, from the diamond on: the drop, since 12 Nov 2026.');
  const [, marked] =
    /"values":(\[[^\]]*\])\},"mark":\{"type":"line","color":"#c10246"/.exec(spec) ?? [];
  const days = Array.from({ length: FELL }, (_, at) => dayMs(addDays(TODAY, at - FELL)));
  expect(JSON.parse(marked ?? '[]')).toEqual(days.map((x) => ({ x, y: 40 })));
});

test('the picture calls what came after a burst by that name', () => {
  const { db } = community();
  const downloads = [...steady(DAYS - FELL - 20, 100), ...steady(20, 400), ...steady(FELL, 100)];
  fallen(db, 'low', { downloads });
  const { words, chart } = answer(db);
  expect(words.headline).toMatch(/^A burst of downloads of low \(23 Oct to 11 Nov 2026\) is over/);
  expect(JSON.stringify(chart('light'))).toContain(
    'Red, from the diamond on: after the burst, since 12 Nov 2026.',
  );
});

describe('a spike that dwarfs all else', () => {
  const spiked = (spikes: Readonly<Record<number, number>>, kind: 'drop' | 'rise' = 'drop') => {
    const { db } = community();
    const days = kind === 'drop' ? fell(100, 40) : fell(100, 90_000);
    const downloads = days.map((value, at) => spikes[at] ?? value);
    packageIn(db, { name: 'low', from: FROM, downloads });
    const subjectId = watching(db, 'pypi', 'low');
    const key = movementKey(kind, { subjectId, metric: 'pypi.downloads' });
    openIncident(db, { ...key, openedDay: addDays(TODAY, 1 - FELL), days: 2 });
    const spec = JSON.stringify(answer(db, { incident: 1 }).chart('light'));
    const [, top] = /"y":\{"field":"y".*?"domain":\[0,(\d+)\]/.exec(spec) ?? [];
    return { spec, top: Number(top) };
  };

  test('is cut off, and its number stands beside it and below', () => {
    const { spec, top } = spiked({ 60: 89_446, 61: 69_983, 80: 700 });
    expect(top).toBe(200);
    expect(spec).toContain('"label":"89,446"');
    expect(spec).toContain('Cut off at the top: 89,446 on 13 Oct 2026 and 1 lower one.');
  });

  test('is not, where all else can be seen beside it, or where it is the rise', () => {
    expect(spiked({ 60: 380 }).top).toBe(400);
    const { spec, top } = spiked({}, 'rise');
    expect(top).toBeGreaterThanOrEqual(90_000);
    expect(spec).not.toContain('Cut off');
  });
});

test('more of an incident is told to whoever asks', () => {
  const { db } = community();
  const splits = { country: { US: fell(60, 10), DE: fell(30, 20), FR: fell(10, 10) } };
  fallen(db, 'low', { splits });
  saveSuspectDay(db, 'pypi.downloads', addDays(TODAY, -9));
  const short = answer(db, { incident: 1 }).words.lines;
  const { lines } = answer(db, { incident: 1, details: true }).words;
  expect(lines[0]).toBe('Incident 1, opened on 13 Nov 2026: open.');
  expect(lines.slice(1, short.length + 1)).toEqual(short);
  expect(short.at(-1)).toBe('Most of pypi was very low on 13 Nov 2026: its numbers may be wrong.');
  // Beside the red days of the drop, not a second red.
  expect(JSON.stringify(answer(db).chart('light'))).toContain('Tinted background: days on which');
  expect(lines.slice(short.length + 1)).toEqual([
    'Noticed from the numbers of 12 to 13 Nov 2026, at the sensitivity “normal”.',
    'About 600 downloads were lost from 12 to 21 Nov 2026.',
    'By country: United States 83% of the loss (it had 60% before) and Germany 17% (30%).',
    ...[15, 16, 17, 18, 19, 20, 21].map(
      (day) => `${day} Nov 2026: 40; usually between 100 and 100.`,
    ),
  ]);
});

test('tells who fell too, and what was released', () => {
  const { db } = community();
  fallen(db, 'rocket-python');
  fallen(db, 'sibling');
  const { id } = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
  setTracked(db, id, `${FROM}T00:00:00Z`);
  const about = { name: null, author: null, isPrerelease: false, assets: [] };
  replaceReleases(db, id, [
    { ...about, id: 1, tag: 'v2', publishedAt: `${addDays(TODAY, -FELL - 1)}T10:00:00Z` },
    { ...about, id: 2, tag: 'v1', publishedAt: `${addDays(TODAY, -40)}T10:00:00Z` },
  ]);
  const { lines } = answer(db, { incident: 1 }).words;
  expect(lines).toContain('Drops of downloads of sibling were noticed in the same days.');
  expect(lines.filter((line) => line.includes('released'))).toEqual([
    'Acme/Rocket v2 was released on 11 Nov 2026.',
  ]);
  const { lines: others } = answer(db, { incident: 2 }).words;
  expect(others.join(' ')).not.toMatch(/released/);
});

describe('a drop that was told anew, as something was said to be replaced', () => {
  const keyOfLow = (db: Db) => {
    const subjectId = findSubject(db, 'pypi', 'low')?.id ?? 0;
    return movementKey('drop', { subjectId, metric: 'pypi.downloads' });
  };

  /** The drop of `low`, once as it was watched alone, and once together with `old`. */
  function judgedTwice() {
    const { db } = community();
    fallen(db, 'low');
    const old = watching(db, 'pypi', 'old');
    closeIncident(db, keyOfLow(db), addDays(TODAY, -3), 'not watched');
    const others = [{ subjectId: old, isLater: false }];
    openIncident(db, {
      ...keyOfLow(db),
      openedDay: addDays(TODAY, -8),
      sensitivity: 'normal',
      others,
    });
    return db;
  }

  test.each([1, 2])('did not happen beside itself (incident %i)', (incident) => {
    const { lines } = answer(judgedTwice(), { incident }).words;
    expect(lines.join(' ')).not.toMatch(/in the same days/);
  });

  test('is counted once', () => {
    const { lines } = answer(judgedTwice()).words;
    expect(lines).toContain('Drops of downloads: 1 incident in 90 days.');
  });

  test('is none when it was of the sum alone, and that is undone', () => {
    const { db } = community();
    const low = watching(db, 'pypi', 'low');
    const old = watching(db, 'pypi', 'old');
    const others = [{ subjectId: old, isLater: false }];
    openIncident(db, { ...keyOfLow(db), openedDay: addDays(TODAY, -8), others });
    const line = 'Drops of downloads: 1 incident in 90 days.';
    expect(answer(db).words.lines).toContain(line);
    closeIncident(db, keyOfLow(db), TODAY, 'not watched');
    const { headline, lines } = answer(db).words;
    expect(headline).toBe('No incident is open; 2 series are watched.');
    expect(lines.join(' ')).not.toMatch(/incident|together/i);
    // While both are judged as one, what became of it is told.
    const judged = { judgedThrough: TODAY, state: '{}', standing: 'normal', others } as const;
    saveJudged(db, { subjectId: low, metric: 'pypi.downloads' }, judged);
    forgetJudged(db, { subjectId: old, metric: 'pypi.downloads' });
    expect(answer(db).words.lines).toContain(line);
  });

  test('is two when the first was over before the second began', () => {
    const db = judgedTwice();
    closeIncident(db, keyOfLow(db), addDays(TODAY, -2), 'recovered');
    openIncident(db, { ...keyOfLow(db), openedDay: addDays(TODAY, -1), sensitivity: 'normal' });
    expect(answer(db).words.lines).toContain('Drops of downloads: 2 incidents in 90 days.');
  });
});

test('of one that is long over, still tells what opened with it', () => {
  const { db } = community();
  const times = { openedDay: addDays(TODAY, -200), closedDay: addDays(TODAY, -190) };
  watching(db, 'pypi', 'one', times);
  watching(db, 'pypi', 'two', times);
  const { lines } = answer(db, { incident: 1 }).words;
  expect(lines.join(' ')).toContain('Drops of downloads of two were noticed');
});

test('lists incidents by their number, then what is watched, the worst first', () => {
  const { db, pulls } = community();
  fallen(db, 'low');
  pulls('a/image', FROM, growing(90, 60));
  watching(db, 'docker', 'a/image', { judgedThrough: addDays(TODAY, -11) });
  watching(db, 'pypi', 'late', { judgedThrough: addDays(TODAY, -5) });
  for (const name of ['a', 'b', 'c', 'd']) watching(db, 'pypi', name);
  watching(db, 'pypi', 'tiny', { standing: 'small' });
  watching(db, 'docker', 'b/image');
  const { sections = [], ranking } = answer(db).words;
  expect(ranking).toBeUndefined();
  expect(sections.map(({ title, items }) => [title, items])).toEqual([
    [
      'Incidents',
      [{ name: 'Incident 1', detail: 'downloads of low, opened on 13 Nov 2026, open' }],
    ],
    [
      'Watched',
      [
        { name: 'No data', detail: 'pulls of a/image since 12 Nov 2026' },
        { name: 'Too small to judge (under 50 a day)', detail: 'downloads of tiny' },
        {
          name: 'As usual',
          detail:
            'pulls of b/image; downloads of a, b, c and 2 more, judged through 17 Nov 2026 or later',
        },
      ],
    ],
  ]);
});

test('counts votes, and tells what is snoozed', () => {
  const { db } = community();
  fallen(db, 'low');
  const vote = { workspaceId: 'T1', isUseful: true, votedAt: `${TODAY}T10:00:00Z` };
  voteOnIncident(db, 1, { ...vote, userId: 'U1' });
  voteOnIncident(db, 1, { ...vote, userId: 'U2' });
  voteOnIncident(db, 1, { ...vote, userId: 'U2', isUseful: false });
  snoozeIncident(db, 1, 'U1', addDays(TODAY, 7));
  expect(movements(db, FROM)).toMatchObject([{ useful: 1, notUseful: 1 }]);
  const { lines } = answer(db).words;
  expect(lines[0]).toBe(
    'Incident 1: downloads of low, opened on 13 Nov 2026, snoozed until 29 Nov, 0:00 in UTC.',
  );
  expect(lines).toContain(
    'Drops of downloads: 1 incident in 90 days; votes: 1 useful, 1 not useful.',
  );
  expect(answer(db, { incident: 1, details: true }).words.lines[0]).toBe(
    'Incident 1, opened on 13 Nov 2026: snoozed until 29 Nov, 0:00 in UTC; votes: 1 useful, 1 not useful.',
  );
});

test('the table has the days of the one that is drawn, with what was usual', () => {
  const { db } = community();
  fallen(db, 'low');
  const { columns, rows } = answer(db).table;
  expect(columns).toEqual(['incident', 'subject', 'metric', 'day', 'value', 'low', 'high']);
  expect(rows.at(-1)).toEqual([1, 'low', 'pypi.downloads', addDays(TODAY, -1), 40, 100, 100]);
});
