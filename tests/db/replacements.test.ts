import { beforeEach, describe, expect, test } from 'vitest';
import { isMovement } from '../../db/incident.ts';
import { incidentById, openIncident } from '../../db/incidents.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { absorbSubject, renameSubject } from '../../db/renaming.ts';
import {
  heldReplacements,
  listReplacements,
  saveReplacement,
  withRelatives,
} from '../../db/replacements.ts';
import { ensureSubject, type Subject, setTracked, subjectById } from '../../db/subjects.ts';

let db: Db;
let subjects: Record<'a' | 'b' | 'c' | 'd', Subject>;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  const made = (name: string) => {
    const { id } = ensureSubject(db, 'docker', name, name);
    setTracked(db, id, '2026-01-01T00:00:00Z');
    return subjectById(db, id) as Subject;
  };
  subjects = { a: made('a'), b: made('b'), c: made('c'), d: made('d') };
});

type Name = keyof typeof subjects;

function replace(old: Name, successor: Name): void {
  saveReplacement(db, { subjectId: subjects[old].id, successorId: subjects[successor].id });
}

const told = () =>
  listReplacements(db).map((one) =>
    [one.subjectId, one.successorId].map((id) => subjectById(db, id)?.name).join(' → '),
  );

describe('two subjects that turn out to be one', () => {
  test('replace, and are replaced, as each of them was', () => {
    replace('a', 'b');
    replace('c', 'd');
    absorbSubject(db, subjects.c, subjects.b);
    expect(told()).toEqual(['a → c', 'c → d']);
  });

  test('keep the successor of the one that stays', () => {
    replace('a', 'c');
    replace('b', 'd');
    absorbSubject(db, subjects.a, subjects.b);
    expect(told()).toEqual(['a → c']);
  });

  test('replace nothing where they replaced each other, also round a corner', () => {
    replace('a', 'b');
    absorbSubject(db, subjects.b, subjects.a);
    expect(told()).toEqual([]);
    replace('b', 'c');
    replace('c', 'd');
    absorbSubject(db, subjects.b, subjects.d);
    expect(told()).toEqual(['b → c']);
  });

  test('stay what the incidents of a sum are of', () => {
    const opened = { metric: 'docker.pulls', openedDay: '2026-02-01', days: 2, isNews: true };
    for (const [subject, ...others] of [
      [subjects.c, subjects.a, subjects.d],
      [subjects.b, subjects.a],
    ] as const) {
      openIncident(db, {
        kind: 'drop',
        source: 'pypi',
        ...opened,
        subjectId: subject.id,
        sensitivity: 'normal',
        others: others.map(({ id }) => ({ subjectId: id, isLater: false })),
      });
    }
    absorbSubject(db, subjects.b, subjects.a);
    const names = (id: number) => {
      const incident = incidentById(db, id, 'T1');
      return incident && isMovement(incident) ? incident.others.map(({ name }) => name) : undefined;
    };
    expect([names(1), names(2)]).toEqual([['b', 'd'], []]);
  });
});

test('a new name changes nothing', () => {
  replace('a', 'b');
  renameSubject(db, subjects.b, 'e', 'e');
  expect(told()).toEqual(['a → e']);
});

test('holds for what is on the list; relatives are all that is judged together', () => {
  replace('a', 'b');
  replace('b', 'c');
  const ids = Object.fromEntries(Object.entries(subjects).map(([name, { id }]) => [name, id]));
  const relativesOf = (name: string) => withRelatives(db, [ids[name] as number]).toSorted();
  expect(relativesOf('a')).toEqual([ids.a, ids.b, ids.c]);
  expect(relativesOf('c')).toEqual([ids.a, ids.b, ids.c]);
  expect(relativesOf('d')).toEqual([ids.d]);
  setTracked(db, subjects.a.id, null);
  expect(heldReplacements(db)).toHaveLength(1);
  expect(relativesOf('a')).toEqual([ids.a]);
});
