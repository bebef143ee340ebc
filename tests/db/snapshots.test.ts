import { beforeEach, describe, expect, test } from 'vitest';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { lastPolledAt, saveSnapshot, thinSnapshots } from '../../db/snapshots.ts';
import { ensureSubject } from '../../db/subjects.ts';

let db: Db;
let id: number;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  ({ id } = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket'));
});

const save = (takenAt: string, kind = 'repository') =>
  saveSnapshot(db, id, { kind, takenAt, body: takenAt });
const kept = (subjectId = id) =>
  db
    .prepare(
      `SELECT kind || ' ' || taken_at FROM snapshot WHERE subject_id = ? ORDER BY taken_at, kind`,
    )
    .pluck()
    .all(subjectId);

describe('thinning', () => {
  test("keeps every day's newest of each kind", () => {
    save('2022-03-09T05:00:00Z');
    save('2022-03-09T23:00:00Z');
    save('2022-03-10T05:00:00Z', 'history');
    save('2022-03-10T05:00:00Z');
    save('2022-03-10T11:00:00Z');
    thinSnapshots(db, id, '2022-03-10');
    expect(kept()).toEqual([
      'repository 2022-03-09T23:00:00Z',
      'history 2022-03-10T05:00:00Z',
      'repository 2022-03-10T11:00:00Z',
    ]);
  });

  test("keeps every month's newest of what is older than 90 days", () => {
    save('2021-10-01T05:00:00Z', 'history');
    save('2021-10-01T05:00:00Z');
    save('2021-10-31T05:00:00Z');
    save('2021-12-08T05:00:00Z');
    save('2021-12-09T05:00:00Z');
    save('2021-12-10T05:00:00Z');
    save('2021-12-11T05:00:00Z');
    thinSnapshots(db, id, '2022-03-10');
    expect(kept()).toEqual([
      'history 2021-10-01T05:00:00Z',
      'repository 2021-10-31T05:00:00Z',
      'repository 2021-12-09T05:00:00Z',
      'repository 2021-12-10T05:00:00Z',
      'repository 2021-12-11T05:00:00Z',
    ]);
  });

  test('leaves other subjects alone', () => {
    const other = ensureSubject(db, 'github', 'acme/sled', 'acme/sled').id;
    for (const hour of ['05', '06']) {
      saveSnapshot(db, other, { kind: 'x', takenAt: `2022-03-10T${hour}:00:00Z`, body: '' });
    }
    thinSnapshots(db, id, '2022-03-10');
    expect(kept(other)).toHaveLength(2);
  });
});

test('the last poll is that of the newest snapshot', () => {
  expect(lastPolledAt(db, id)).toBeUndefined();
  save('2022-03-10T05:00:00Z');
  save('2022-03-09T05:00:00Z');
  expect(lastPolledAt(db, id)).toBe('2022-03-10T05:00:00Z');
});
