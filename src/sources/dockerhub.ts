import { z } from 'zod';
import { addDays, dayOf } from '../../db/days.ts';
import { getText, readJson, TIMEOUT_MS } from './http.ts';
import type { Reference, Source } from './source.ts';

export interface DockerhubSettings {
  /** The registry's address, `https://hub.docker.com`. */
  readonly apiUrl: string;
  readonly timeoutMs?: number;
}

const REFERENCE = /^(?:([a-z0-9][a-z0-9_-]*)\/)?([a-z0-9][a-z0-9._-]*)$/;

const repository = z.object({ pull_count: z.int().nonnegative() });

/** Pulls of images on Docker Hub. */
export function createDockerhub({ apiUrl, timeoutMs = TIMEOUT_MS }: DockerhubSettings): Source {
  return {
    id: 'docker',
    title: 'Docker Hub',
    form: 'namespace/image',
    // Late in each quarter of the UTC day, so that a day's last value is close to its end.
    schedule: '52 5,11,17,23 * * *',
    metrics: ['docker.pulls'],
    collects: 'pulls',
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
      const { pull_count } = readJson(repository, body);
      const day = dayOf(Date.parse(takenAt));
      return [
        {
          metric: 'docker.pulls',
          kind: 'total',
          origin: 'poll',
          values: [{ day, value: pull_count }],
          completeThrough: addDays(day, -1),
        },
      ];
    },

    checkup: () => Promise.resolve([]),
  };
}

/** Reads `namespace/image`; an official image, written without a namespace, is `library/image`. */
export function parseImage(reference: string): Reference | undefined {
  const [, namespace = 'library', image] = REFERENCE.exec(reference.toLowerCase()) ?? [];
  return image ? { key: `${namespace}/${image}`, name: reference } : undefined;
}
