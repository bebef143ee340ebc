import { addDays, type Day } from '../../db/days.ts';
import { BIGQUERY, DOWNLOADS, MIRROR_DOWNLOADS, PYPISTATS } from '../../db/pypi.ts';
import type { DayValue } from '../../db/series.ts';
import { type SampleRepository, sampleRepositories } from './contributions.ts';
import { createRandom, type Random } from './random.ts';
import { FIXED, RELEASES, type Release } from './releases.ts';
import { arrivals, type SampleSeries, sampleSeries } from './series.ts';
import { splitsOf, type ToldDays } from './splits.ts';

/** All that the bot would have collected about the sample projects. */
export interface SampleProjects {
  readonly lastDay: Day;
  readonly series: readonly SampleSeries[];
  /** The packages that the sample projects only depend on. */
  readonly dependencies: readonly string[];
  /** Images that take the place of others. */
  readonly successors: readonly SampleSuccessor[];
  /** Who told which days of which package. */
  readonly told: readonly SampleStretch[];
  readonly advisories: readonly SampleAdvisory[];
  readonly repositories: readonly SampleRepository[];
}

export interface SampleSuccessor {
  readonly name: string;
  readonly replaces: string;
}

/** Days of a package, oldest first, that one provider told. */
export interface SampleStretch {
  readonly name: string;
  readonly provider: typeof BIGQUERY | typeof PYPISTATS;
  readonly days: readonly Day[];
}

export interface SampleAdvisory {
  readonly name: string;
  readonly id: string;
  readonly summary: string;
  readonly severity: string;
  readonly publishedOn: Day;
  /** The first version that is not vulnerable; all before it are. */
  readonly fixed: string;
}

const SEED = 20_230_817;

/** For how many days back each provider was asked; the coarse one before the other. */
const ASKED: Readonly<Record<keyof typeof RELEASES, { bigquery: number; pypistats: number }>> = {
  'sample-tidewater': { bigquery: 400, pypistats: 0 },
  'sample-driftnet': { bigquery: 120, pypistats: 60 },
  'sample-shoal': { bigquery: 45, pypistats: 135 },
  'sample-brine': { bigquery: 90, pypistats: 0 },
};

/** The sample projects up to `lastDay`. The same `lastDay` gives the same projects. */
export function sampleProjects(lastDay: Day): SampleProjects {
  const random = createRandom(SEED);
  const whole = sampleSeries(lastDay);
  const names = Object.keys(ASKED) as (keyof typeof ASKED)[];
  const stretches = names.flatMap((name) => {
    const { bigquery, pypistats } = ASKED[name];
    const total = whole.find((one) => one.metric === DOWNLOADS && one.name === name);
    const values = total?.values ?? [];
    return [
      { name, provider: PYPISTATS, totals: values.slice(-bigquery - pypistats, -bigquery) },
      { name, provider: BIGQUERY, totals: values.slice(-bigquery) },
    ] as const;
  });
  const parts = stretches.flatMap(({ name, provider, totals }) => {
    const told = { totals, isCoarse: provider === PYPISTATS };
    return partsOf(random, name, told, RELEASES[name], lastDay);
  });
  return {
    lastDay,
    series: [...whole, ...joined(parts)],
    dependencies: ['sample-brine'],
    successors: [{ name: 'sample/beacon', replaces: 'sample/lantern' }],
    told: stretches.map(({ name, provider, totals }) => ({
      name,
      provider,
      days: totals.map(({ day }) => day),
    })),
    advisories: [advisory(lastDay)],
    repositories: sampleRepositories(lastDay),
  };
}

function partsOf(
  random: Random,
  name: string,
  told: ToldDays,
  releases: readonly Release[],
  lastDay: Day,
): SampleSeries[] {
  const package_ = { source: 'pypi', name, kind: 'count' } as const;
  const splits = splitsOf(random, told, releases, lastDay).map((split) => ({
    ...package_,
    metric: DOWNLOADS,
    ...split,
  }));
  const values = mirrored(random, told.totals, releases, lastDay);
  return [...splits, { ...package_, metric: MIRROR_DOWNLOADS, values }];
}

/** Mirrors fetch every file once in a while, and all of a new release at once. */
function mirrored(
  random: Random,
  totals: readonly DayValue[],
  releases: readonly Release[],
  lastDay: Day,
): DayValue[] {
  const fresh = new Set(releases.map(({ daysAgo }) => addDays(lastDay, 1 - daysAgo)));
  return totals.map(({ day }) => ({ day, value: arrivals(random, fresh.has(day) ? 260 : 45) }));
}

/** One series of what several stretches tell of the same member, the oldest stretch first. */
function joined(parts: readonly SampleSeries[]): SampleSeries[] {
  const bySeries = Map.groupBy(parts, ({ name, metric, dimension, member }) =>
    [name, metric, dimension, member].join('\n'),
  );
  return [...bySeries.values()].map((same) => ({
    ...(same[0] as SampleSeries),
    values: same.flatMap(({ values }) => values),
  }));
}

function advisory(lastDay: Day): SampleAdvisory {
  const publishedOn = addDays(lastDay, -FIXED.daysAgo);
  return {
    name: 'sample-tidewater',
    id: `SAMPLE-${publishedOn.slice(0, 4)}-1`,
    summary: 'A made-up flaw: a crafted tide table lets its author read files (sample data)',
    severity: 'high',
    publishedOn,
    fixed: FIXED.version,
  };
}
