import { packageName } from '../../db/package-name.ts';
import { DOWNLOADS, MIRROR_DOWNLOADS } from '../../db/pypi.ts';
import { TIMEOUT_MS } from './http.ts';
import { createAdvisories } from './pypi/advisories.ts';
import { createWarehouse } from './pypi/bigquery.ts';
import { checkPypi } from './pypi/checkup.ts';
import { createDownloads } from './pypi/downloads.ts';
import { dailyOverall, getOverall, keepProvider } from './pypi/pypistats.ts';
import { createSplits, createStandIn } from './pypi/splits.ts';
import { nearPackages } from './pypi/suggest.ts';
import type { Part, Source } from './source.ts';

interface PypiSettings {
  /** The service's address, `https://pypistats.org`. */
  readonly apiUrl: string;
  /** Absent, or without a project: downloads come from pypistats.org alone. */
  readonly bigquery?: { readonly project: string | undefined; readonly maxBytes: number };
  /** Where advisories come from, `https://api.osv.dev`; absent: from nowhere. */
  readonly osvUrl?: string;
  readonly timeoutMs?: number;
}

/** The names that PyPI allows, https://packaging.python.org/en/latest/specifications/name-normalization/ */
const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

/**
 * Downloads of packages on PyPI. pypistats.org has the last 180 days with few splits, for everyone;
 * BigQuery, where it is set up, has all days with all splits, and then pypistats.org is only asked
 * whether a package exists, for its first numbers, and while BigQuery supplies none.
 */
export function createPypi(settings: PypiSettings): Source {
  const { apiUrl, bigquery, osvUrl, timeoutMs = TIMEOUT_MS } = settings;
  const { project, maxBytes = 0 } = bigquery ?? {};
  const warehouse = project === undefined ? undefined : createWarehouse({ project, maxBytes });
  const downloads = createDownloads(warehouse);
  const advisories = osvUrl === undefined ? [] : [createAdvisories({ apiUrl: osvUrl, timeoutMs })];
  const parts: readonly Part[] = [
    ...advisories,
    downloads,
    // After BigQuery, for the days that it did not supply.
    warehouse ? createStandIn(apiUrl, timeoutMs) : createSplits(apiUrl, timeoutMs),
  ];

  return {
    id: 'pypi',
    title: 'PyPI',
    form: 'package',
    schedule: '20 4,10,16 * * *',
    metrics: [DOWNLOADS, MIRROR_DOWNLOADS],
    collects: warehouse
      ? 'downloads (by version, Python, system, distribution, cloud, country, installer and CI), mirrors and advisories'
      : 'downloads (by Python and system), mirrors and advisories',
    parts,

    parse(reference) {
      if (!NAME.test(reference)) return undefined;
      return { key: packageName(reference), name: reference };
    },

    fromUrl(url) {
      const [room, name] = url.pathname.split('/').filter(Boolean);
      if (url.hostname === 'pypi.org') return room === 'project' || room === 'p' ? name : undefined;
      return url.hostname === 'pypistats.org' && room === 'packages' ? name : undefined;
    },

    async fetch({ key }, context) {
      if (warehouse && !context.first) return [];
      const body = await getOverall(apiUrl, key, context, timeoutMs);
      return [{ kind: 'overall', takenAt: new Date(context.now).toISOString(), body }];
    },

    daily: dailyOverall,
    save: (db, subject, snapshot) => keepProvider(db, subject.id, snapshot),
    suggest: ({ key }, context) => nearPackages(apiUrl, key, context, timeoutMs),
    checkup: (context) => checkPypi({ apiUrl, warehouse }, context, timeoutMs),
  };
}
