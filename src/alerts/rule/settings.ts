/** Days that are looked at together. */
export const WINDOWS = [1, 2, 3, 7] as const;
export type Window = (typeof WINDOWS)[number];
export type PerWindow = Readonly<Record<Window, number>>;

export const SENSITIVITIES = ['sensitive', 'normal', 'quiet'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** What a fall has to be, before it is told. */
export interface Settings {
  /** How many of its own spreads a window lies under the usual level, at least. */
  readonly spreads: PerWindow;
  /** The same for a fortnight against the four weeks that ended a fortnight before. */
  readonly slowSpreads: number;
}

/**
 * The share of the usual level that is lost, at least. A single day has to be nearly gone: what
 * comes back tomorrow is seldom worth a message. Two days may lie lower than three by chance.
 */
export const LEAST_LOST: PerWindow = { 1: 0.8, 2: 0.35, 3: 0.22, 7: 0.22 };
export const LEAST_SLOWLY_LOST = 0.36;

/** Below this many a day, chance moves a series more than anything worth telling. */
export const LEAST_LEVEL = 50;

/** What is told at each sensitivity: the figures of each are in docs/alerts.md. */
export const settings: Readonly<Record<Sensitivity, Settings>> = {
  sensitive: { spreads: { 1: 4, 2: 1.6, 3: 1.6, 7: 2.4 }, slowSpreads: 2.2 },
  normal: { spreads: { 1: 5, 2: 2, 3: 2, 7: 3 }, slowSpreads: 2.75 },
  quiet: { spreads: { 1: 7, 2: 2.8, 3: 2.8, 7: 4.2 }, slowSpreads: 3.8 },
};
