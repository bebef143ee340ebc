import { z } from 'zod';
import { dayOf, isDay } from '../../db/days.ts';
import { getText, readJson, TIMEOUT_MS } from './http.ts';
import type { Source } from './source.ts';

export interface PypiSettings {
  /** The service's address, `https://pypistats.org`. */
  readonly apiUrl: string;
  readonly timeoutMs?: number;
}

/** The names that PyPI allows, https://packaging.python.org/en/latest/specifications/name-normalization/ */
const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

const overall = z.object({
  data: z.array(
    z.object({
      category: z.string(),
      date: z.string().refine(isDay, 'is not a day'),
      downloads: z.int().nonnegative(),
    }),
  ),
});

/**
 * Downloads of packages on PyPI, as pypistats.org counts them without the mirrors: the last 180
 * days with every poll. Days can be missing.
 */
export function createPypi({ apiUrl, timeoutMs = TIMEOUT_MS }: PypiSettings): Source {
  return {
    id: 'pypi',
    title: 'PyPI',
    form: 'package',
    schedule: '20 4,10,16 * * *',
    metrics: ['pypi.downloads'],
    collects: 'downloads',
    parts: [],

    parse(reference) {
      if (!NAME.test(reference)) return undefined;
      return { key: normalised(reference), name: reference };
    },

    fromUrl(url) {
      const [room, name] = url.pathname.split('/').filter(Boolean);
      if (url.hostname === 'pypi.org') return room === 'project' || room === 'p' ? name : undefined;
      return url.hostname === 'pypistats.org' && room === 'packages' ? name : undefined;
    },

    async fetch({ key }, context) {
      const url = `${apiUrl}/api/packages/${key}/overall?mirrors=false`;
      const body = await getText(url, context, timeoutMs);
      return [{ kind: 'overall', takenAt: new Date(context.now).toISOString(), body }];
    },

    daily({ takenAt, body }) {
      const today = dayOf(Date.parse(takenAt));
      const values = readJson(overall, body)
        .data.filter(({ category, date }) => category === 'without_mirrors' && date < today)
        .map(({ date, downloads }) => ({ day: date, value: downloads }))
        .toSorted((a, b) => (a.day < b.day ? -1 : 1));
      const completeThrough = values.at(-1)?.day;
      return [
        {
          metric: 'pypi.downloads',
          kind: 'count',
          origin: 'poll',
          values,
          ...(completeThrough !== undefined && { completeThrough }),
        },
      ];
    },

    checkup: () => Promise.resolve([]),
  };
}

/** PEP 503: lower case, runs of `-`, `_` and `.` are one `-`. */
function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
