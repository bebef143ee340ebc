import { parseImage } from '../sources/dockerhub.ts';
import type { Importer } from './importer.ts';

/** Pull totals of images. */
export const pulls: Importer = {
  name: 'pulls',
  source: 'docker',
  metric: 'docker.pulls',
  kind: 'total',
  shapes: [{ day: 'day', subject: 'image', value: 'pull_count' }],
  parse: parseImage,
};
