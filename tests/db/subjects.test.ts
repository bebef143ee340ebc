import { expect, test } from 'vitest';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject, findSubject, setTracked, trackedSubjects } from '../../db/subjects.ts';

test('a subject keeps its first spelling', () => {
  const db = openDatabase(IN_MEMORY);
  const first = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
  expect(ensureSubject(db, 'github', 'acme/rocket', 'ACME/ROCKET')).toEqual(first);
  expect(first).toMatchObject({ name: 'Acme/Rocket', trackedAt: null });
  expect(findSubject(db, 'docker', 'acme/rocket')).toBeUndefined();
});

test('the list of what is polled is put on and taken off', () => {
  const db = openDatabase(IN_MEMORY);
  const { id } = ensureSubject(db, 'pypi', 'rocket', 'rocket');
  ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
  setTracked(db, id, '2022-03-01T00:00:00Z');
  expect(trackedSubjects(db)).toMatchObject([{ id, trackedAt: '2022-03-01T00:00:00Z' }]);
  setTracked(db, id, null);
  expect(trackedSubjects(db)).toEqual([]);
  expect(findSubject(db, 'pypi', 'rocket')?.id).toBe(id);
});
