import { saveAdvisories } from '../../db/advisories.ts';
import { addDays, type Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { saveReplacement } from '../../db/replacements.ts';
import { statement } from '../../db/statement.ts';
import { ensureSubject, setRole } from '../../db/subjects.ts';
import type {
  SampleAdvisory,
  SampleProjects,
  SampleStretch,
  SampleSuccessor,
} from '../sample/projects.ts';
import type { SampleSeries } from '../sample/series.ts';
import { seedContributions } from './contributions.ts';
import { insertRows } from './rows.ts';

/** Days that a provider may still add to when they are asked for. */
const LATE_DAYS = 2;

/** What the sources would have collected of the sample projects, in an empty database. */
export function seedProjects(db: Db, projects: SampleProjects, now: string): void {
  for (const one of projects.series) seedSeries(db, one, projects.lastDay, now);
  for (const name of projects.dependencies) setRole(db, packageId(db, name), 'dependency');
  for (const one of projects.successors) seedSuccessor(db, one);
  for (const stretch of projects.told) seedStretch(db, stretch, projects.lastDay);
  for (const advisory of projects.advisories) seedAdvisory(db, advisory);
  for (const repository of projects.repositories) seedContributions(db, repository);
}

function seedSeries(db: Db, series: SampleSeries, lastDay: Day, now: string): void {
  const { source, name, metric, kind, dimension = '', member = '', values } = series;
  const subject = ensureSubject(db, source, name.toLowerCase(), name);
  const id = statement<number>(
    db,
    `INSERT INTO series (subject_id, metric, dimension, member, kind, complete_through)
     VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
  )
    .pluck()
    .get(subject.id, metric, dimension, member, kind, lastDay) as number;
  insertRows(
    db,
    'series_day',
    ['series_id', 'day', 'value', 'origin', 'seen_at'],
    values.map(({ day, value }) => [id, day, value, 'import', now]),
  );
}

function seedSuccessor(db: Db, { name, replaces }: SampleSuccessor): void {
  const [subjectId, successorId] = [replaces, name].map(
    (image) => ensureSubject(db, 'docker', image, image).id,
  ) as [number, number];
  saveReplacement(db, { subjectId, successorId });
}

function seedStretch(db: Db, { name, provider, days }: SampleStretch, lastDay: Day): void {
  const id = packageId(db, name);
  const settled = addDays(lastDay, -LATE_DAYS);
  insertRows(
    db,
    'provided_day',
    ['subject_id', 'day', 'provider', 'asked_at', 'is_settled'],
    days.map((day) => [id, day, provider, `${addDays(day, 1)}T10:20:00.000Z`, +(day <= settled)]),
  );
}

function seedAdvisory(db: Db, { name, publishedOn, fixed, ...advisory }: SampleAdvisory): void {
  const publishedAt = `${publishedOn}T09:00:00Z`;
  const ranges = [{ introduced: '0', fixed }];
  saveAdvisories(db, packageId(db, name), [
    { ...advisory, aliases: [], publishedAt, modifiedAt: publishedAt, ranges },
  ]);
}

function packageId(db: Db, name: string): number {
  return ensureSubject(db, 'pypi', name, name).id;
}
