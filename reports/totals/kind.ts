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

export const STARS: Kind = {
  metric: 'github.stars',
  nature: 'level',
  title: 'GitHub stars',
  one: 'star',
  many: 'stars',
  subject: 'repository',
  subjects: 'repositories',
};

export const PULLS: Kind = {
  metric: 'docker.pulls',
  nature: 'counter',
  title: 'Docker Hub pulls',
  one: 'pull',
  many: 'pulls',
  subject: 'image',
  subjects: 'images',
};
