import type { Db } from '../../db/open.ts';
import { mostDownloaded } from '../most-downloaded.ts';
import type { PackageRecord } from '../package-days.ts';
import type { DownloadsParams } from './params.ts';

/**
 * What is drawn. Of a split only our own packages are added up, or it is of a dependency alone;
 * the versions of different packages have nothing to do with each other.
 */
export function splittable(
  db: Db,
  records: readonly PackageRecord[],
  { by, subjectIds }: Pick<DownloadsParams, 'by' | 'subjectIds'>,
): { records: readonly PackageRecord[]; others: readonly string[] } {
  const own = records.filter(({ role }) => role === 'own');
  if (by === 'version' || (by && !subjectIds && own.length === 0)) {
    const { record, others = [] } = mostDownloaded(db, records) ?? {};
    return { records: record ? [record] : [], others };
  }
  return { records: by && !subjectIds ? own : records, others: [] };
}
