import type { Nature } from '../growth.ts';

/** What a report of totals is about. */
export interface Kind {
  /** `docker.pulls`. */
  readonly metric: string;
  readonly nature: Nature;
  /** `GitHub stars`. */
  readonly title: string;
  /** What is counted, singular and plural: `star`, `stars`. */
  readonly one: string;
  readonly many: string;
  /** What has the total: `repository`, `repositories`. */
  readonly subject: string;
  readonly subjects: string;
}
