import { type Day, daysBetween } from '../../db/days.ts';
import type { DayValue } from '../../db/series.ts';
import type { Random } from './random.ts';
import { type Release, shares } from './releases.ts';

/** The days of one member of a dimension: those on which it had downloads. */
interface Split {
  readonly dimension: string;
  readonly member: string;
  /** Oldest first. */
  readonly values: readonly DayValue[];
}

/** A member's share a year before the last day, and on the last day; they move in a line. */
type Shares = Readonly<Record<string, readonly [then: number, now: number]>>;

const YEAR_DAYS = 365;
/** How much the shares of one day stray from those of the next. */
const SCATTER = 0.06;

/**
 * What a query of PyPI's public data tells beside the version. Who has no installer is counted
 * with the mirrors, and hardly any installer says that it sees no CI.
 */
const DIMENSIONS: Readonly<Record<string, Shares>> = {
  python: {
    '3.8': [0.1, 0.03],
    '3.9': [0.17, 0.08],
    '3.10': [0.2, 0.14],
    '3.11': [0.24, 0.22],
    '3.12': [0.2, 0.27],
    '3.13': [0.05, 0.17],
    '3.14': [0.002, 0.06],
    unknown: [0.035, 0.03],
  },
  system: {
    Linux: [0.81, 0.8],
    Darwin: [0.08, 0.09],
    Windows: [0.08, 0.08],
    unknown: [0.03, 0.03],
  },
  distro: {
    'Debian GNU/Linux': [0.35, 0.38],
    Ubuntu: [0.27, 0.25],
    'Amazon Linux': [0.1, 0.08],
    macOS: [0.08, 0.09],
    'Alpine Linux': [0.05, 0.05],
    'Red Hat Enterprise Linux': [0.02, 0.02],
    'Rocky Linux': [0.01, 0.01],
    'CentOS Linux': [0.015, 0.004],
    'Fedora Linux': [0.004, 0.005],
    unknown: [0.1, 0.11],
  },
  cloud: {
    AWS: [0.29, 0.27],
    GCP: [0.08, 0.09],
    Azure: [0.13, 0.16],
    other: [0.46, 0.44],
    unknown: [0.04, 0.04],
  },
  country: {
    US: [0.36, 0.34],
    DE: [0.12, 0.13],
    NL: [0.08, 0.08],
    IE: [0.07, 0.06],
    FR: [0.06, 0.07],
    GB: [0.06, 0.06],
    IN: [0.04, 0.06],
    JP: [0.04, 0.04],
    CA: [0.03, 0.03],
    SG: [0.03, 0.03],
    BR: [0.02, 0.03],
    unknown: [0.02, 0.02],
  },
  installer: {
    pip: [0.84, 0.6],
    uv: [0.08, 0.33],
    poetry: [0.06, 0.05],
    pdm: [0.01, 0.01],
    setuptools: [0.01, 0.004],
  },
  ci: {
    yes: [0.3, 0.34],
    unknown: [0.7, 0.66],
  },
};

/** The dimensions of which pypistats.org tells. */
const COARSE: readonly string[] = ['python', 'system'];

/** A stretch of days with one provider: the coarse one tells of some dimensions only. */
export interface ToldDays {
  readonly totals: readonly DayValue[];
  readonly isCoarse: boolean;
}

/**
 * Divides the totals of each day among the members of each dimension. The members of a dimension
 * add up to the total of the day; one without downloads has no row, as a query answers none.
 */
export function splitsOf(
  random: Random,
  { totals, isCoarse }: ToldDays,
  releases: readonly Release[],
  lastDay: Day,
): Split[] {
  const told = Object.entries(DIMENSIONS).filter(
    ([dimension]) => !isCoarse || COARSE.includes(dimension),
  );
  const splits = told.flatMap(([dimension, members]) =>
    divided(random, dimension, Object.keys(members), totals, lastDay, (daysAgo) =>
      Object.values(members).map(([then, now]) =>
        Math.max(0, now + ((then - now) * daysAgo) / YEAR_DAYS),
      ),
    ),
  );
  if (isCoarse) return splits;
  const versions = releases.map(({ version }) => version);
  return [
    ...splits,
    ...divided(random, 'version', versions, totals, lastDay, (daysAgo) =>
      shares(releases, daysAgo),
    ),
  ];
}

function divided(
  random: Random,
  dimension: string,
  members: readonly string[],
  totals: readonly DayValue[],
  lastDay: Day,
  sharesOn: (daysAgo: number) => readonly number[],
): Split[] {
  const splits = members.map((member) => ({ dimension, member, values: [] as DayValue[] }));
  for (const { day, value } of totals) {
    const weights = sharesOn(daysBetween(day, lastDay)).map(
      (share) => share * (1 + SCATTER * random.bell()),
    );
    for (const [at, part] of apportion(value, weights).entries()) {
      if (part > 0) splits[at]?.values.push({ day, value: part });
    }
  }
  return splits.filter(({ values }) => values.length > 0);
}

/** Whole numbers in proportion to `weights` that add up to `total`. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let weighed = 0;
  let given = 0;
  return weights.map((weight) => {
    weighed += weight;
    const until = Math.round((total * weighed) / sum);
    const part = until - given;
    given = until;
    return part;
  });
}
