import { addDays, type Day, dayMs, dayOf, weekStart } from '../../db/days.ts';
import type { GithubCommit } from '../../db/github-commits.ts';
import type { GithubIssue } from '../../db/github-issues.ts';
import type { Release } from '../../db/github-releases.ts';
import { people } from './people.ts';
import { createRandom, type Random } from './random.ts';
import { RELEASES } from './releases.ts';

/** What is made in a sample repository. */
export interface SampleRepository {
  /** `sample/tidewater`. */
  readonly name: string;
  readonly issues: readonly GithubIssue[];
  readonly commits: readonly GithubCommit[];
  readonly releases: readonly Omit<Release, 'assets'>[];
}

const SEED = 20_240_229;
const DAYS = 183;
const HOUR_MS = 3_600_000;
const BOT = 'sample-updates[bot]';
/** Work by weekday, Sunday first. */
const WEEKDAYS = [0.2, 1, 1.1, 1.2, 1, 0.8, 0.3];

const REPOSITORIES = [
  {
    name: 'sample/tidewater',
    maintainer: 'Ingrid Solbakken',
    pace: 1,
    package: 'sample-tidewater',
  },
  { name: 'sample/driftnet', maintainer: 'Tomás 🌊', pace: 0.7, package: 'sample-driftnet' },
  { name: 'sample/shoal', maintainer: 'Rohan Deshmukh', pace: 0.4, package: 'sample-shoal' },
] as const;

const ISSUES = [
  'Lineage is lost when a table is renamed',
  'Document how to run it behind a proxy',
  'Crash on an empty schema',
  'Support column types with a time zone',
  'The graph is slow with many small tables',
];
const PULLS = [
  'Keep the order of columns',
  'Retry when the store is restarting',
  'Add a test with an empty table',
  'Explain the settings in the guide',
  'Read large files in pieces',
];
const UPDATES = 'Update dependencies';

/**
 * Half a year of issues, pull requests, commits and releases in the sample repositories, ending
 * with `lastDay`. In the last whole week somebody contributes for the first time. The same
 * `lastDay` gives the same.
 */
export function sampleRepositories(lastDay: Day): SampleRepository[] {
  const random = createRandom(SEED);
  return REPOSITORIES.map((repository, at) => repositoryOf(random, repository, at, lastDay));
}

function repositoryOf(
  random: Random,
  { name, maintainer, pace, package: packageName }: (typeof REPOSITORIES)[number],
  at: number,
  lastDay: Day,
): SampleRepository {
  const owner = loginOf(maintainer);
  const week = addDays(weekStart(addDays(lastDay, 1)), -7);
  const issues: GithubIssue[] = [];
  const commits: GithubCommit[] = [];
  // Each repository greets others; the last ones come in the last whole week.
  const others = people.slice(3 + at * 7, 10 + at * 7).map((one) => loginOf(one.name));
  const newcomer = others.pop() ?? owner;

  function commit(author: string, ms: number): void {
    const sha = `${at}${String(commits.length)}`.padStart(40, '0');
    commits.push({ sha, author, authorName: author, committedAt: new Date(ms).toISOString() });
  }

  function open(isPull: boolean, author: string, ms: number): void {
    const title = author === BOT ? UPDATES : random.pick(isPull ? PULLS : ISSUES);
    const end = ms + random.wait(isPull ? 40 : 150) * HOUR_MS;
    const isOver = dayOf(end) <= lastDay;
    const [createdAt, endedAt] = [ms, isOver ? end : ms].map((at) => new Date(at).toISOString());
    const isMerged = isPull && isOver && random.chance(0.85);
    const closedAt = isOver ? (endedAt ?? null) : null;
    issues.push({
      ...{ number: issues.length + 1, isPull, isDraft: false, author, comments: random.int(0, 6) },
      title: `${title} (sample data)`,
      state: isOver ? 'closed' : 'open',
      stateReason: isOver && !isPull ? 'completed' : null,
      labels: [],
      createdAt: createdAt ?? '',
      updatedAt: endedAt ?? '',
      closedAt,
      mergedAt: isMerged ? closedAt : null,
    });
    if (isMerged) commit(author, end);
  }

  for (let age = 0; age < DAYS; age++) {
    const day = addDays(lastDay, age + 1 - DAYS);
    const rate = pace * (WEEKDAYS[new Date(dayMs(day)).getUTCDay()] ?? 1);
    const hour = () => dayMs(day) + random.int(7, 20) * HOUR_MS + random.int(0, 3_599_999);
    // The newer a contributor, the later in the half year they appear.
    const here = others.slice(0, 2 + Math.floor((age / DAYS) * (others.length - 2)));
    const anyone = () => (random.chance(0.4) ? owner : random.pick(here));
    if (random.chance(0.35 * rate)) open(false, random.pick(here), hour());
    if (random.chance(0.55 * rate)) open(true, anyone(), hour());
    if (random.chance(0.1 * rate)) open(true, BOT, hour());
    if (random.chance(0.4 * rate)) commit(owner, hour());
    if (day === addDays(week, 2)) open(true, newcomer, hour());
  }
  return { name, issues, commits, releases: releasesOf(at, packageName, owner, week, lastDay) };
}

function releasesOf(
  at: number,
  packageName: keyof typeof RELEASES,
  author: string,
  week: Day,
  lastDay: Day,
) {
  const packaged = RELEASES[packageName].map((release, index) => ({
    id: 1000 * (at + 1) + index,
    tag: `v${release.version}`,
    isPrerelease: 'isPrerelease' in release,
    publishedAt: `${addDays(lastDay, 1 - release.daysAgo)}T10:00:00Z`,
  }));
  // One that is no package, in the last whole week.
  const chart = { id: 1, tag: 'chart-1.3.0', isPrerelease: false };
  const others = at === 0 ? [{ ...chart, publishedAt: `${addDays(week, 3)}T14:00:00Z` }] : [];
  return [...packaged, ...others].map((release) => ({ ...release, name: null, author }));
}

/** `sample-ingrid`: nobody's account, and it says so. */
export function loginOf(name: string): string {
  const person = people.find((one) => one.name === name);
  const words = [name, person?.realName ?? ''].map((text) => {
    const letters = text.normalize('NFD').replace(/\p{M}/gu, '');
    return /[A-Za-z][A-Za-z-]*/.exec(letters)?.[0].toLowerCase();
  });
  return `sample-${words.find(Boolean) ?? person?.id.slice(-2)}`;
}
