import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../db/days.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveProvidedDay } from '../../db/provided-days.ts';
import { qualityChecks } from '../../db/quality.ts';
import { type SeriesKey, saveDays } from '../../db/series.ts';
import { ensureSubject, setExternalId, setTracked } from '../../db/subjects.ts';

const TODAY = '2026-11-22';
const seenAt = `${TODAY}T12:00:00Z`;

let db: Db;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
});

function subject(reference: string, trackedAt: string | null = '2026-01-01T00:00:00Z'): number {
  const [source = '', name = ''] = reference.split(':');
  const { id } = ensureSubject(db, source, name.toLowerCase(), name);
  setTracked(db, id, trackedAt);
  return id;
}

/** Values on consecutive days that end with `last`, none where null. */
function days(key: SeriesKey, values: readonly (number | null)[], last: Day = addDays(TODAY, -1)) {
  const rows = values.flatMap((value, index) =>
    value === null ? [] : [{ day: addDays(last, index + 1 - values.length), value }],
  );
  saveDays(db, key, rows, { origin: 'poll', seenAt, completeThrough: last });
}

const stars = (subjectId: number): SeriesKey => ({
  subjectId,
  metric: 'github.stars',
  kind: 'total',
});
const downloads = (subjectId: number, dimension = '', member = ''): SeriesKey => {
  return { subjectId, metric: 'pypi.downloads', kind: 'count', dimension, member };
};

function check(name: string) {
  const found = qualityChecks(db, { today: TODAY }).find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
}

/** What a check says of a subject: `subject detail`. */
function said(name: string): string[] {
  return check(name).failures.map(({ subject, detail }) => `${subject} ${detail}`);
}

function failing(): string[] {
  return qualityChecks(db, { today: TODAY }).flatMap(({ name, ok }) => (ok ? [] : [name]));
}

test('an empty database and a whole one pass every check', () => {
  expect(failing()).toEqual([]);
  days(stars(subject('github:acme/rocket')), [10, 11, 12]);
  const id = subject('pypi:acme-rocket');
  days(downloads(id), [10, 10, 10]);
  days(downloads(id, 'version', '1.0'), [6, 7, 8]);
  days(downloads(id, 'version', 'unknown'), [4, 3, 2]);
  expect(failing()).toEqual([]);
  expect(new Set(qualityChecks(db, { today: TODAY }).map(({ name }) => name)).size).toBe(9);
});

describe('nothing is stored twice', () => {
  test('finds spellings that differ in case only', () => {
    subject('github:acme/rocket');
    db.prepare(
      "INSERT INTO subject (source, key, name) VALUES ('github', 'Acme/Rocket', 'x')",
    ).run();
    expect(said('unique-keys')).toEqual(['github:acme/rocket is stored a second time as x']);
  });

  test('finds a former name that is tracked beside the new one', () => {
    const id = subject('github:acme/new');
    subject('github:acme/old');
    db.prepare("INSERT INTO subject_alias VALUES ('github', 'acme/old', ?)").run(id);
    expect(said('unique-keys')).toEqual([
      'github:acme/old is tracked under its former name beside acme/new',
    ]);
    setTracked(db, id, null);
    expect(said('unique-keys')).toEqual([]);
  });

  test('finds two names of one thing, in one source only', () => {
    for (const name of ['github:acme/a', 'github:acme/b', 'docker:acme/a']) {
      setExternalId(db, subject(name), '77');
    }
    expect(said('unique-keys')).toEqual([
      'github:acme/a is tracked under two names, the other one is acme/b',
    ]);
  });

  test('finds a metric that is total and count', () => {
    const id = subject('pypi:x');
    days(downloads(id), [1]);
    days({ ...downloads(id, 'version', '1.0'), kind: 'total' }, [1]);
    expect(check('unique-keys').failed).toBe(1);
  });
});

test('a day in the future is found, today is none', () => {
  days(stars(subject('github:acme/rocket')), [10], TODAY);
  expect(said('no-future')).toEqual([]);
  days(stars(subject('github:acme/late')), [10], addDays(TODAY, 1));
  expect(said('no-future')).toEqual(['github:acme/late stars has a value on 23 Nov 2026']);
});

describe('missing days', () => {
  test('are counted, with the longest hole', () => {
    days(stars(subject('github:acme/rocket')), [1, null, 3, null, null, null, 7, 8]);
    expect(said('no-holes')).toEqual([
      'github:acme/rocket stars 4 days are missing, the longest hole from 17 Nov 2026 to 19 Nov 2026',
    ]);
  });

  test('are a note when they are long ago', () => {
    const values = Array.from({ length: 200 }, (_, i) => (i === 50 ? null : i));
    days(stars(subject('github:acme/rocket')), values);
    expect(check('no-holes')).toMatchObject({
      ok: true,
      notes: [{ subject: 'github:acme/rocket stars', detail: '1 day is missing, 25 Jun 2026' }],
    });
  });

  test('are none where the provider was asked and had nothing, or where a split has no member', () => {
    const id = subject('pypi:x');
    days(downloads(id), [5, null, 5]);
    days(downloads(id, 'version', '1.0'), [5, null, null]);
    expect(said('no-holes')).toHaveLength(1);
    const day = addDays(TODAY, -2);
    saveProvidedDay(db, id, { day, provider: 'bigquery', askedAt: seenAt, isSettled: true });
    expect(said('no-holes')).toEqual([]);
  });
});

describe('falling totals', () => {
  test('are found with their day; a new count is a note', () => {
    days(stars(subject('github:acme/rocket')), [1000, 800]);
    const pulls = { metric: 'docker.pulls', kind: 'total' } as const;
    days({ ...pulls, subjectId: subject('docker:acme/image') }, [1000, 999, 3]);
    const { failures, notes } = check('no-falls');
    expect(failures.map(({ subject, detail }) => `${subject} ${detail}`).toSorted()).toEqual([
      'docker:acme/image pulls fell from 1,000 to 999 on 20 Nov 2026',
      'github:acme/rocket stars fell from 1,000 to 800 on 21 Nov 2026',
    ]);
    expect(notes).toEqual([
      {
        subject: 'docker:acme/image pulls',
        detail: 'fell from 999 to 3 on 21 Nov 2026, which is taken as a new count',
      },
    ]);
  });

  test('are nothing strange where stars are taken back and issues closed', () => {
    const id = subject('github:acme/rocket');
    days(stars(id), [1000, 995]);
    days({ subjectId: id, metric: 'github.open_issues', kind: 'total' }, [500, 20]);
    expect(said('no-falls')).toEqual([]);
  });
});

test('negative numbers are found', () => {
  days(downloads(subject('pypi:x')), [3, -2, -1]);
  expect(said('no-negatives')).toEqual([
    'pypi:x downloads is -2 on 20 Nov 2026 and negative on 2 days in all',
  ]);
});

describe('splits', () => {
  test('that do not come to their whole are found; a hundredth may lack', () => {
    const id = subject('pypi:x');
    days(downloads(id), [1000, 1000, 1000]);
    days(downloads(id, 'python', '3.12'), [1000, 700, 991]);
    days(downloads(id, 'system', 'Linux'), [1000, 1300, 1400]);
    expect(said('splits-add-up')).toEqual([
      'pypi:x downloads by system comes to 1,400 of 1,000 on 21 Nov 2026, and differs on 2 days in all',
      'pypi:x downloads by python comes to 700 of 1,000 on 20 Nov 2026',
    ]);
  });

  test('that are mostly unknown are found, and a CI that is not told is none', () => {
    const id = subject('pypi:x');
    days(downloads(id, 'python', '3.12'), [40]);
    days(downloads(id, 'python', 'unknown'), [60]);
    days(downloads(id, 'country', 'unknown'), [50]);
    days(downloads(id, 'country', 'SE'), [50]);
    days(downloads(id, 'ci', 'unknown'), [100]);
    expect(said('little-unknown')).toEqual(['pypi:x downloads by python is unknown for 60%']);
  });

  test('by versions that cannot be read are found', () => {
    const id = subject('pypi:x');
    for (const version of ['1.0', '1.0rc1', 'unknown', '2004-final-x', '1!2.0.post3']) {
      days(downloads(id, 'version', version), [1]);
    }
    expect(said('versions-parse')).toEqual([
      'pypi:x has a version “2004-final-x”, which no installer can order',
    ]);
  });
});

describe('a series that does not go on', () => {
  test('is found when it is tracked, and not while it is new', () => {
    const long = addDays(TODAY, -20);
    days(stars(subject('github:acme/stuck')), [5], long);
    days(stars(subject('github:acme/left', null)), [5], long);
    days(stars(subject('github:acme/new', `${addDays(TODAY, -2)}T00:00:00Z`)), [5], long);
    expect(said('goes-on')).toEqual([
      'github:acme/stuck stars is complete through 2 Nov 2026 only',
    ]);
  });

  test('is found when its source never finished a day', () => {
    saveDays(db, stars(subject('github:acme/x')), [{ day: TODAY, value: 1 }], {
      origin: 'poll',
      seenAt,
    });
    expect(said('goes-on')).toEqual([
      'github:acme/x stars has no day that its source has finished',
    ]);
  });
});

test('of many findings the first are told, and all are counted', () => {
  for (let index = 0; index < 30; index += 1) {
    days(stars(subject(`github:acme/${index}`)), [1], addDays(TODAY, 1 + index));
  }
  const { failures, failed } = check('no-future');
  expect(failures).toHaveLength(20);
  expect(failed).toBe(30);
  expect(failures[0]?.detail).toBe('has a value on 22 Dec 2026');
});
