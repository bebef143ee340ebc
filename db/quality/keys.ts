import { statement } from '../statement.ts';
import type { Check, CheckInput, Finding } from './check.ts';

/**
 * The schema forbids the same key twice; this finds what it can't: spellings that differ in case
 * only, a former name that is tracked beside the new one, and two names of one thing.
 */
export const uniqueKeys: Check = {
  name: 'unique-keys',
  title: 'Nothing is stored twice',
  find: (input) => ({
    failures: [...sameSpelling(input), ...formerName(input), ...sameThing(input), ...series(input)],
  }),
};

interface Pair {
  readonly source: string;
  readonly name: string;
  readonly other: string;
}

function finding({ source, name, other }: Pair, why: string): Finding {
  return { subject: `${source}:${name}`, detail: `is ${why} ${other}` };
}

function sameSpelling({ db }: CheckInput): Finding[] {
  return statement<Pair>(
    db,
    `SELECT one.source, one.name, other.name AS other FROM subject AS one
     JOIN subject AS other ON other.source = one.source AND other.id > one.id
       AND lower(other.key) = lower(one.key)`,
  )
    .all()
    .map((pair) => finding(pair, 'stored a second time as'));
}

function formerName({ db }: CheckInput): Finding[] {
  return statement<Pair>(
    db,
    `SELECT former.source, former.name, subject.name AS other FROM subject_alias AS alias
     JOIN subject AS former ON former.source = alias.source AND former.key = alias.key
     JOIN subject ON subject.id = alias.subject_id
     WHERE former.id <> subject.id AND former.tracked_at IS NOT NULL
       AND subject.tracked_at IS NOT NULL`,
  )
    .all()
    .map((pair) => finding(pair, 'tracked under its former name beside'));
}

function sameThing({ db }: CheckInput): Finding[] {
  return statement<Pair>(
    db,
    `SELECT one.source, one.name, other.name AS other FROM subject AS one
     JOIN subject AS other ON other.source = one.source AND other.external_id = one.external_id
       AND other.id > one.id
     WHERE one.tracked_at IS NOT NULL AND other.tracked_at IS NOT NULL`,
  )
    .all()
    .map((pair) => finding(pair, 'tracked under two names, the other one is'));
}

function series({ db }: CheckInput): Finding[] {
  return statement<{ source: string; name: string; metric: string; kinds: string }>(
    db,
    `SELECT subject.source, subject.name, metric, group_concat(DISTINCT kind) AS kinds
     FROM series JOIN subject ON subject.id = subject_id
     GROUP BY subject_id, metric HAVING count(DISTINCT kind) > 1`,
  )
    .all()
    .map(({ source, name, metric, kinds }) => ({
      subject: `${source}:${name} ${metric}`,
      detail: `is both a total and a count (${kinds})`,
    }));
}
