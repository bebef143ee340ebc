import { addDays, type Day, dayMs } from '../../db/days.ts';
import { DOWNLOADS } from '../../db/pypi.ts';
import type { DayValue, SeriesKind } from '../../db/series.ts';
import { createRandom, type Random } from './random.ts';

/** A daily series of the sample projects: what a source would have collected. */
export interface SampleSeries {
  /** The source's id. */
  readonly source: string;
  /** The reference as a person would type it: `sample/tidewater`. */
  readonly name: string;
  readonly metric: string;
  readonly kind: SeriesKind;
  /** The split and its member; both absent for the undivided series. */
  readonly dimension?: string;
  readonly member?: string;
  /** Oldest first; a day without data is absent. */
  readonly values: readonly DayValue[];
}

const SEED = 20_190_313;

/** Packages are fetched by machines and by people at work, stars come at any time. Sunday first. */
const INSTALLS = [0.42, 1.02, 1.1, 1.12, 1.08, 0.95, 0.45];
const STARRING = [0.7, 1.05, 1.15, 1.15, 1.1, 1, 0.75];

/** What comes in on a plain day of that `age`, in days since the series began. */
type Pace = (age: number) => number;

/**
 * Stars, pulls and downloads in all of the made-up projects, ending with `lastDay`; their owner is called
 * `sample`. One project has a launch with a spike of stars, one lacks nine days; the counter of one
 * image freezes and later starts again from nought; the downloads of one package fall sharply
 * twelve days before the end; another package is what the projects depend on, and one image is being replaced by another. The same `lastDay`
 * gives the same series.
 */
export function sampleSeries(lastDay: Day): SampleSeries[] {
  const random = createRandom(SEED);

  function daily(days: number, weekdays: readonly number[], pace: Pace): DayValue[] {
    return Array.from({ length: days }, (_, age) => {
      const day = addDays(lastDay, age + 1 - days);
      const weekday = weekdays[new Date(dayMs(day)).getUTCDay()] as number;
      return { day, value: arrivals(random, pace(age) * weekday) };
    });
  }

  const stars = (days: number, pace: Pace) => running(daily(days, STARRING, pace));
  const pulls = (days: number, pace: Pace) => running(daily(days, INSTALLS, pace));
  const downloads = (days: number, pace: Pace) => daily(days, INSTALLS, pace);
  const ago = (days: number): Day => addDays(lastDay, -days);

  const github = { source: 'github', metric: 'github.stars', kind: 'total' } as const;
  const docker = { source: 'docker', metric: 'docker.pulls', kind: 'total' } as const;
  const pypi = { source: 'pypi', metric: DOWNLOADS, kind: 'count' } as const;
  return [
    {
      ...github,
      name: 'sample/tidewater',
      values: stars(1100, (age) => 0.8 + age / 600 + launch(age - 420)),
    },
    {
      ...github,
      name: 'sample/driftnet',
      values: without(
        stars(860, (age) => 0.6 + age / 500),
        ago(209),
        ago(201),
      ),
    },
    { ...github, name: 'sample/shoal', values: stars(760, (age) => 0.4 + age / 1500) },
    { ...docker, name: 'sample/tidewater', values: pulls(900, (age) => 180 + age * 0.6) },
    {
      ...docker,
      name: 'sample/driftnet',
      values: restarted(
        frozen(
          pulls(800, (age) => 60 + age * 0.25),
          ago(150),
          ago(144),
        ),
        ago(60),
      ),
    },
    { ...pypi, name: 'sample-tidewater', values: downloads(780, (age) => 900 * 1.0012 ** age) },
    { ...pypi, name: 'sample-driftnet', values: downloads(780, (age) => 400 * 1.0015 ** age) },
    {
      ...pypi,
      name: 'sample-shoal',
      values: downloads(780, (age) => (260 + age * 0.9) * (age >= 780 - 12 ? 0.3 : 1)),
    },
    { ...pypi, name: 'sample-brine', values: downloads(780, (age) => 5200 + age * 2.5) },
    {
      ...docker,
      name: 'sample/lantern',
      values: pulls(840, (age) => 320 * (1 - moved(age - 740))),
    },
    { ...docker, name: 'sample/beacon', values: pulls(100, (age) => 320 * moved(age)) },
  ];
}

/** What share has moved to the successor, so many days after it came out: most, and ever slower. */
function moved(age: number): number {
  return age < 0 ? 0 : 0.85 * (1 - Math.exp(-age / 60));
}

/** A front page finds us: a day of many stars, and a tail of two weeks. */
function launch(age: number): number {
  return age < 0 ? 0 : 190 * Math.exp(-age / 2.5);
}

/** A whole number around `mean`: it scatters as independent arrivals do, and a little more. */
export function arrivals(random: Random, mean: number): number {
  const scatter = Math.sqrt(mean) + 0.04 * mean;
  return Math.max(0, Math.floor(mean + scatter * random.bell() + random.next()));
}

function running(values: readonly DayValue[]): DayValue[] {
  let total = 0;
  return values.map(({ day, value }) => {
    total += value;
    return { day, value: total };
  });
}

function without(values: readonly DayValue[], from: Day, to: Day): DayValue[] {
  return values.filter(({ day }) => day < from || day > to);
}

/** The counter shows the value of the day before `from` until `to`, then catches up. */
function frozen(values: readonly DayValue[], from: Day, to: Day): DayValue[] {
  const held = values.findLast(({ day }) => day < from)?.value ?? 0;
  return values.map(({ day, value }) => ({
    day,
    value: day >= from && day <= to ? held : value,
  }));
}

/** The counter starts again from nought on the day after `day`. */
function restarted(values: readonly DayValue[], after: Day): DayValue[] {
  const lost = values.findLast(({ day }) => day <= after)?.value ?? 0;
  return values.map(({ day, value }) => ({ day, value: day > after ? value - lost : value }));
}
