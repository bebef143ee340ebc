import { z } from 'zod';
import { checkDockerhub } from './dockerhub/checkup.ts';
import { nearImages } from './dockerhub/suggest.ts';
import { getText, readJson, TIMEOUT_MS } from './http.ts';
import { type Reference, type Source, totalsAt } from './source.ts';

interface DockerhubSettings {
  /** The registry's address, `https://hub.docker.com`. */
  readonly apiUrl: string;
  readonly timeoutMs?: number;
}

const REFERENCE = /^(?:([a-z0-9][a-z0-9_-]*)\/)?([a-z0-9][a-z0-9._-]*)$/;

const count = z.int().nonnegative();

/** Keys have come and gone over the years: without pulls there is nothing to tell, without stars there is. */
const repository = z.object({ pull_count: count, star_count: count.nullish().catch(undefined) });

/** Pulls and stars of images on Docker Hub, as totals: both can fall, and counters stand still for days. */
export function createDockerhub({ apiUrl, timeoutMs = TIMEOUT_MS }: DockerhubSettings): Source {
  return {
    id: 'docker',
    title: 'Docker Hub',
    form: 'namespace/image',
    // Late in each quarter of the UTC day, so that a day's last value is close to its end.
    schedule: '52 5,11,17,23 * * *',
    metrics: ['docker.pulls', 'docker.image_stars'],
    collects: 'pulls and stars',
    parts: [],

    parse: parseImage,

    fromUrl(url) {
      if (url.hostname !== 'hub.docker.com') return undefined;
      const [room, ...rest] = url.pathname.split('/').filter(Boolean);
      if (room === '_') return rest[0];
      return room === 'r' ? rest.slice(0, 2).join('/') : undefined;
    },

    async fetch({ key }, context) {
      const body = await getText(`${apiUrl}/v2/repositories/${key}/`, context, timeoutMs);
      return [{ kind: 'repository', takenAt: new Date(context.now).toISOString(), body }];
    },

    daily({ takenAt, body }) {
      const { pull_count, star_count } = readJson(repository, body);
      const total = totalsAt(takenAt);
      const pulls = total('docker.pulls', pull_count);
      return star_count == null ? [pulls] : [pulls, total('docker.image_stars', star_count)];
    },

    suggest: ({ key }, context) => nearImages(apiUrl, key, context, timeoutMs),
    checkup: (context) => checkDockerhub(apiUrl, context, timeoutMs),
  };
}

/** Reads `namespace/image`; an official image, written without a namespace, is `library/image`. */
export function parseImage(reference: string): Reference | undefined {
  const [, namespace = 'library', image] = REFERENCE.exec(reference.toLowerCase()) ?? [];
  return image ? { key: `${namespace}/${image}`, name: reference } : undefined;
}
