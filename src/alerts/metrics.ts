import type { Extra } from '../../db/alert-settings.ts';
import { PUBLIC_MESSAGES } from '../../db/public-messages.ts';
import { DOWNLOADS } from '../../db/pypi.ts';

/** A number that is watched for drops. */
export interface WatchedMetric {
  readonly metric: string;
  readonly source: string;
  /** Derived from a growing counter, which may stand still for a day and make up for it. */
  readonly isCounter: boolean;
  /** What has to be switched on for it; absent for what is always watched. */
  readonly extra?: Extra;
}

export const watchedMetrics: readonly WatchedMetric[] = [
  { metric: DOWNLOADS, source: 'pypi', isCounter: false },
  { metric: 'docker.pulls', source: 'docker', isCounter: true },
  { metric: 'github.stars', source: 'github', isCounter: true, extra: 'stars' },
  { metric: PUBLIC_MESSAGES, source: 'slack', isCounter: false, extra: 'messages' },
];
