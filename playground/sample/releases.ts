/** A release of a sample package. */
export interface Release {
  readonly version: string;
  /** How many days before the last day of the sample it came out. */
  readonly daysAgo: number;
  /** What share of the downloads names exactly this version, in files that nobody touches. */
  readonly pinned?: number;
  /** True for one that installers leave alone unless they are asked for it. */
  readonly isPrerelease?: boolean;
}

/** The release with which the advisory about sample-tidewater is mended. */
export const FIXED = { version: '1.10.1', daysAgo: 96 } as const;

/** Oldest first. */
export const RELEASES = {
  'sample-tidewater': [
    { version: '1.4.2', daysAgo: 900, pinned: 0.07 },
    { version: '1.6.0', daysAgo: 590 },
    { version: '1.7.0', daysAgo: 480 },
    { version: '1.8.0', daysAgo: 372 },
    { version: '1.8.1', daysAgo: 341 },
    { version: '1.9.0', daysAgo: 262 },
    { version: '1.10.0', daysAgo: 158 },
    FIXED,
    { version: '2.0.0rc1', daysAgo: 40, isPrerelease: true },
    { version: '2.0.0', daysAgo: 26 },
  ],
  'sample-driftnet': [
    { version: '0.9.0', daysAgo: 700, pinned: 0.03 },
    { version: '0.10.0', daysAgo: 320 },
    { version: '0.11.0', daysAgo: 121 },
    { version: '0.11.1', daysAgo: 52 },
  ],
  'sample-shoal': [
    { version: '3.1.0', daysAgo: 410 },
    { version: '3.2.0', daysAgo: 74 },
  ],
  'sample-brine': [
    { version: '24.1', daysAgo: 600, pinned: 0.04 },
    { version: '24.4', daysAgo: 290 },
    { version: '25.2', daysAgo: 63 },
  ],
} as const satisfies Readonly<Record<string, readonly Release[]>>;

/** A release is taken up within weeks, and by some never. */
const TAKEN_UP = 0.9;
const WEEKS_DAYS = 24;
const PRERELEASE = 0.004;

/**
 * What share of the downloads each of `releases` has on the day that many days before the last:
 * the newest takes from all that came before, an old one that is pinned keeps its part.
 */
export function shares(releases: readonly Release[], daysAgo: number): number[] {
  let left = 1;
  const found = new Array<number>(releases.length).fill(0);
  for (let at = releases.length - 1; at >= 0; at -= 1) {
    const { daysAgo: out, isPrerelease, pinned = 0 } = releases[at] as Release;
    const age = out - daysAgo;
    if (age < 0) continue;
    if (isPrerelease) {
      found[at] = PRERELEASE;
      continue;
    }
    const taken = at === 0 ? 1 : TAKEN_UP * (1 - Math.exp(-age / WEEKS_DAYS));
    found[at] = left * taken + pinned;
    left *= 1 - taken;
  }
  return found;
}
