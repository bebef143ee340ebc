import type { Db } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';
import type { SampleRepository } from '../sample/contributions.ts';
import { insertRows } from './rows.ts';

/**
 * What the lists of the sample repositories would have told, in an empty database. Their people
 * get no row of their own: nobody is to look for the profiles of made-up accounts.
 */
export function seedContributions(db: Db, { name, ...lists }: SampleRepository): void {
  const { id } = ensureSubject(db, 'github', name.toLowerCase(), name);
  insertRows(
    db,
    'github_issue',
    [
      ...['subject_id', 'number', 'is_pull', 'is_draft', 'title', 'author', 'state'],
      ...['state_reason', 'comments', 'labels', 'created_at', 'updated_at', 'closed_at'],
      'merged_at',
    ],
    lists.issues.map((one) => [
      ...[id, one.number, +one.isPull, +one.isDraft, one.title, one.author, one.state],
      ...[one.stateReason, one.comments, JSON.stringify(one.labels), one.createdAt],
      ...[one.updatedAt, one.closedAt, one.mergedAt],
    ]),
  );
  insertRows(
    db,
    'github_commit',
    ['subject_id', 'sha', 'author', 'author_name', 'committed_at'],
    lists.commits.map((one) => [id, one.sha, one.author, one.authorName, one.committedAt]),
  );
  insertRows(
    db,
    'github_release',
    ['subject_id', 'id', 'tag', 'name', 'author', 'is_prerelease', 'published_at'],
    lists.releases.map((one) => [
      ...[id, one.id, one.tag, one.name, one.author, +one.isPrerelease, one.publishedAt],
    ]),
  );
}
