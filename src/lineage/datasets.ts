import { basename } from 'node:path';
import { columnsOf } from '../../db/lineage.ts';
import type { Db } from '../../db/open.ts';
import { isGroupKey } from '../../db/subjects.ts';
import type { Config } from '../config.ts';
import type { Dataset } from './events.ts';
import { schemaFacet } from './facets.ts';

/** Where the sources are asked. */
export type Endpoints = Pick<Config, 'github' | 'dockerhub' | 'pypistats' | 'osv'>;

/** What a reading of a part asks for, and the tables it writes, the one with its rows first. */
interface Traffic {
  /** @param key of the subject; `''` where all are read at once */
  reads(at: Endpoints, key: string): Dataset;
  readonly writes: readonly string[];
}

const github = (path: string, ...writes: string[]): Traffic => ({
  reads: (at, key) => outside(at.github.apiUrl, `repos/${key}${path}`),
  writes,
});

/**
 * By source and part; `''` is the headline. Naming of the outside world:
 * https://openlineage.io/docs/spec/naming
 */
const traffic: Readonly<Record<string, Readonly<Record<string, Traffic>>>> = {
  github: {
    '': github('', 'series_day', 'snapshot', 'github_repository'),
    'star-history': github('/stargazers/history', 'series_day'),
    languages: github('/languages', 'github_repository'),
    issues: github('/issues', 'github_issue', 'series_day', 'github_person'),
    commits: github('/commits', 'github_commit', 'series_day', 'github_person'),
    'code-frequency': github('/stats/code_frequency', 'github_code_week'),
    releases: github('/releases', 'github_release', 'github_release_asset', 'series_day'),
    contributors: github('/contributors', 'github_contributor', 'github_person'),
    forks: github('/forks', 'github_fork', 'github_person'),
    stargazers: github('/stargazers', 'github_stargazer', 'github_person'),
    people: { reads: (at) => outside(at.github.apiUrl, 'users'), writes: ['github_person'] },
    follows: {
      reads: (at) => outside(at.github.apiUrl, 'users/following'),
      writes: ['github_follow', 'github_person'],
    },
  },
  docker: {
    '': {
      reads: (at, key) => outside(at.dockerhub.apiUrl, `v2/repositories/${key}`),
      writes: ['series_day', 'snapshot'],
    },
  },
  pypi: {
    '': {
      reads: (at, key) => outside(at.pypistats.apiUrl, `api/packages/${key}/overall`),
      writes: ['series_day', 'snapshot', 'provided_day'],
    },
    splits: {
      reads: (at, key) => outside(at.pypistats.apiUrl, `api/packages/${key}`),
      writes: ['series_day'],
    },
    downloads: {
      reads: () => ({ namespace: 'bigquery', name: 'bigquery-public-data.pypi.file_downloads' }),
      writes: ['series_day', 'provided_day'],
    },
    advisories: { reads: (at) => outside(at.osv.apiUrl, 'v1/querybatch'), writes: ['advisory'] },
  },
};

const group: Traffic = {
  reads: (at, key) => outside(at.github.apiUrl, `users/${key.replace('/*', '')}/repos`),
  writes: ['subject'],
};

function outside(address: string, name: string): Dataset {
  return { namespace: address.replace(/\/+$/, ''), name };
}

/**
 * What a reading reads and writes. A part that is not known here has neither: better no edge than
 * a wrong one.
 */
export function trafficOf(
  at: Endpoints,
  source: string,
  part: string,
  key: string,
): { readonly reads: readonly Dataset[]; readonly writes: readonly string[] } {
  const found = isGroupKey(key) ? group : traffic[source]?.[part];
  // Something that was not found has no row, and so no key.
  if (part === '' && key === '') return { reads: [], writes: found?.writes ?? [] };
  return found
    ? { reads: [found.reads(at, key)], writes: found.writes }
    : { reads: [], writes: [] };
}

/** Tables and views of ours as datasets, with the columns that they have in this database. */
export function createTables(db: Db): (name: string) => Dataset {
  const namespace = `sqlite://${basename(db.name)}`;
  const known = new Map<string, Dataset>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    const columns = columnsOf(db, name).map((column) =>
      column.type === '' ? { name: column.name } : column,
    );
    const dataset = { namespace, name, facets: schemaFacet(columns) };
    known.set(name, dataset);
    return dataset;
  };
}
