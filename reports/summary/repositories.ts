import { listCollections, partsOff } from '../../db/collections.ts';
import { type Day, lastDayRead } from '../../db/days.ts';
import { ownRepositories } from '../../db/github-activity.ts';
import { type PublishedRelease, releasesIn } from '../../db/github-releases.ts';
import type { Db } from '../../db/open.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import { shortNames } from '../chart/series.ts';
import type { Span } from './calendar.ts';
import { type Contributors, readContributors } from './people.ts';

const LISTS = ['issues', 'commits', 'releases'] as const;

type ListName = (typeof LISTS)[number];

/** A list of a repository that was not read since the period was over. */
export interface LateList {
  readonly list: ListName;
  readonly name: string;
  /** When it was last read to its end; undefined while it is loaded for the first time. */
  readonly readOn: Day | undefined;
}

export interface Repositories {
  /** Undefined without a list of issues or commits. */
  readonly contributors: Contributors | undefined;
  /** Undefined where no release was ever read. */
  readonly releases: readonly PublishedRelease[] | undefined;
  readonly late: readonly LateList[];
  /** False without a repository: then there is nothing to lack. */
  readonly areAny: boolean;
}

export function readRepositories(db: Db, span: Span, subjectIds: readonly number[]): Repositories {
  const own = ownRepositories(db);
  const told = own.filter(({ id }) => subjectIds.includes(id));
  const idsOf = (all: typeof own) => all.map(({ id }) => id);
  const late = lateLists(db, own, span);
  const isLoading = late.some(({ list, readOn }) => list !== 'releases' && readOn === undefined);
  const asked = { told: idsOf(told), own: idsOf(own), areWhole: !isLoading };
  const names = shortNames(own.map(({ name }) => name));
  const nameOf = (id: number) => names[own.findIndex((one) => one.id === id)] ?? '';
  return {
    contributors: told.some(({ hasIssues, hasCommits }) => hasIssues || hasCommits)
      ? readContributors(db, span, asked)
      : undefined,
    releases: told.some(({ hasReleases }) => hasReleases)
      ? releasesIn(db, asked.told, { from: span.start, to: span.end }).map((one) => ({
          ...one,
          subjectName: nameOf(one.subjectId),
        }))
      : undefined,
    late: late
      .filter(({ id }) => asked.told.includes(id))
      .map(({ id, list, readOn }) => ({ list, name: nameOf(id), readOn })),
    areAny: told.length > 0,
  };
}

/** Of what is polled; what a setting switches off is for the status to report. */
function lateLists(db: Db, own: readonly { readonly id: number }[], { end }: Span) {
  const off = partsOff(db, 'github');
  const tracked = new Set(trackedSubjects(db, 'github').map(({ id }) => id));
  const ids = new Set(own.map(({ id }) => id).filter((id) => tracked.has(id)));
  return listCollections(db, 'github').flatMap(({ subjectId: id, part, doneAt }) => {
    const list = LISTS.find((name) => name === part);
    if (!list || off.has(part) || !ids.has(id)) return [];
    if (doneAt !== null && lastDayRead(Date.parse(doneAt)) >= end) return [];
    return [{ id, list, readOn: doneAt?.slice(0, 10) }];
  });
}
