import type { Sensitivity } from '../../../db/alert-settings.ts';

/** Days that are looked at together. */
export const WINDOWS = [1, 2, 3, 7] as const;
export type Window = (typeof WINDOWS)[number];
export type PerWindow = Readonly<Record<Window, number>>;

/** What a fall has to be, before it is reported. */
export interface Settings {
  /** The share of the usual level that a window has lost, at least. */
  readonly lost: PerWindow;
  /** How many of its own spreads a window lies under the usual level, at least. */
  readonly spreads: PerWindow;
  /** The days before that a window has to lie lower than. */
  readonly newLowDays: number;
  /** Of two days in a row against the fortnight before, and of spreads of that fortnight. */
  readonly fortnight: { readonly lost: number; readonly spreads: number };
  /** Of a fortnight against the four weeks that ended a fortnight before. */
  readonly slow: { readonly lost: number; readonly spreads: number };
}

/** Below this many a day, chance moves a series more than anything worth reporting. */
export const LEAST_LEVEL = 50;

/** Nor is a burst worth watching: this many a day it must have had for twelve weeks. */
export const LEAST_LONG_LEVEL = 40;

/** What is reported at each sensitivity; docs/alerts.md has the figures of each. */
export const settings: Readonly<Record<Sensitivity, Settings>> = {
  sensitive: {
    lost: { 1: 0.7, 2: 0.28, 3: 0.18, 7: 0.18 },
    spreads: { 1: 5, 2: 2, 3: 2, 7: 3 },
    newLowDays: 21,
    fortnight: { lost: 0.4, spreads: 2.5 },
    slow: { lost: 0.3, spreads: 2.5 },
  },
  // A single day has to be nearly gone, as it mostly comes back by itself, and two days further
  // down than three, as they are more often so by chance.
  normal: {
    lost: { 1: 0.8, 2: 0.35, 3: 0.2, 7: 0.22 },
    spreads: { 1: 5, 2: 2, 3: 2, 7: 3 },
    newLowDays: 28,
    fortnight: { lost: 0.4, spreads: 3 },
    slow: { lost: 0.36, spreads: 2.75 },
  },
  quiet: {
    lost: { 1: 0.8, 2: 0.35, 3: 0.22, 7: 0.22 },
    spreads: { 1: 6, 2: 2.5, 3: 2.5, 7: 3.75 },
    newLowDays: 28,
    fortnight: { lost: 0.45, spreads: 4 },
    slow: { lost: 0.36, spreads: 3.5 },
  },
};
