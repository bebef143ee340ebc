import { parseRepository } from '../sources/github.ts';
import type { Importer } from './importer.ts';

/** Star totals: the daily model of the OpenLineage community, and what star-history.com exports. */
export const stars: Importer = {
  name: 'stars',
  source: 'github',
  metric: 'github.stars',
  kind: 'total',
  shapes: [
    { day: 'day', subject: 'project', value: 'stars' },
    { day: 'Date', subject: 'Repository', value: 'Stars' },
  ],
  parse: parseRepository,
};
