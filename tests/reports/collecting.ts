import { randomUUID } from 'node:crypto';
import {
  failCollection,
  finishCollection,
  keepCursor,
  type LoadProgress,
  type SourcePart,
  saveSourceParts,
  tryCollection,
} from '../../db/collections.ts';
import { addDays, type Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { endRun, type RunCosts, type RunOutcome, startRun } from '../../db/runs.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';
import { growing, TODAY } from './community.ts';

export const NOW = `${TODAY}T14:00:00.000Z`;

/** The instant so many hours before NOW. */
export function hoursAgo(hours: number): string {
  return new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
}

const TITLES: Readonly<Record<string, string>> = {
  github: 'GitHub',
  docker: 'Docker Hub',
  pypi: 'PyPI',
};
const METRICS: Readonly<Record<string, string>> = {
  github: 'github.stars',
  docker: 'docker.pulls',
  pypi: 'pypi.downloads',
};

function part(source: string, name: string, more: Partial<SourcePart> = {}): SourcePart {
  return {
    source,
    part: name,
    sourceTitle: TITLES[source] ?? source,
    partTitle: name,
    scope: 'subject',
    everyHours: 0,
    off: null,
    ...more,
  };
}

/** The parts of three sources as a process has them; one of GitHub's is switched off. */
export function parts(db: Db): void {
  saveSourceParts(db, [
    part('github', ''),
    part('github', 'issues', { partTitle: 'issues and pull requests' }),
    part('github', 'stargazers', { off: 'It takes a token: set GITHUB_TOKEN.' }),
    part('docker', ''),
    part('pypi', ''),
    part('pypi', 'splits', { partTitle: 'downloads by version', scope: 'source', everyHours: 24 }),
  ]);
}

interface Collected {
  /** Hours since it was last read; null when it never was. */
  readonly read?: number | null;
  /** Hours since it was put on the list; null when it is not. */
  readonly tracked?: number | null;
  /** How many days of data there are, up to `last`. */
  readonly days?: number;
  readonly last?: Day;
  /** Days without data. */
  readonly holes?: readonly Day[];
  /** How often the last runs failed, every six hours. */
  readonly failures?: number;
  readonly error?: string;
  /** What is told of the issues, beside that they were read with the headline. */
  readonly issues?: LoadProgress | 'failing';
  readonly note?: string;
}

/** Puts `github:acme/rocket` on the list, with its days and how reading it went. */
export function collected(db: Db, reference: string, told: Collected = {}): number {
  const { read = 2, tracked = 2400, failures = 0, error = 'It does not answer.' } = told;
  const [source = '', name = ''] = reference.split(':');
  const { id } = ensureSubject(db, source, name.toLowerCase(), name);
  setTracked(db, id, tracked === null ? null : hoursAgo(tracked));
  saveHeadline(db, id, source, told);
  const key = { source, subjectId: id, part: '' };
  if (read !== null) {
    tryCollection(db, key, hoursAgo(read));
    ran(db, key, read, 'done');
    finishCollection(db, key, hoursAgo(read));
  }
  fail(db, key, failures, error);
  if (source !== 'github') return id;
  const issues = { ...key, part: 'issues' };
  if (typeof told.issues === 'object') keepCursor(db, issues, 'page 3', told.issues);
  else if (told.issues === 'failing') fail(db, issues, 4, error);
  else if (read !== null) finishCollection(db, issues, hoursAgo(read), told.note);
  return id;
}

function saveHeadline(db: Db, subjectId: number, source: string, told: Collected): void {
  const { days = 100, last = addDays(TODAY, -1), holes = [] } = told;
  const metric = METRICS[source] ?? '';
  const kind = source === 'pypi' ? 'count' : 'total';
  const values = growing(days, 1, 50)
    .map((value, index) => ({ day: addDays(last, index + 1 - days), value }))
    .filter(({ day }) => !holes.includes(day));
  if (values.length === 0) return;
  const how = { origin: 'poll', seenAt: NOW, completeThrough: last } as const;
  saveDays(db, { subjectId, metric, kind }, values, how);
}

type Key = Parameters<typeof failCollection>[1];

function fail(db: Db, key: Key, times: number, error: string): void {
  for (let index = 0; index < times; index += 1) {
    failCollection(db, key, error);
    ran(db, key, 1 + 6 * (times - 1 - index), 'failed');
  }
  if (times > 0) tryCollection(db, key, hoursAgo(1));
}

export function ran(
  db: Db,
  key: Key,
  hours: number,
  outcome: RunOutcome,
  costs: Partial<RunCosts> = {},
): void {
  const startedAt = hoursAgo(hours);
  const run = { id: randomUUID(), parentId: randomUUID(), ...key, startedAt };
  startRun(db, run);
  const none = { requests: 1, rows: 0, bytes: 0, costUsd: 0 };
  endRun(db, { ...run, endedAt: startedAt, outcome, error: null, ...none, ...costs });
}
