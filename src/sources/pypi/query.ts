import type { BigQuery, Query } from '@google-cloud/bigquery';
import { z } from 'zod';
import { addDays, type Day, isDay } from '../../../db/days.ts';

/** Some packages and a range of whole days, both ends included. */
export interface Question {
  /** Normalised names. */
  readonly projects: readonly string[];
  readonly first: Day;
  readonly last: Day;
}

/**
 * Who copies the whole index rather than installs a package, in lower case. A download by nobody
 * known (no installer at all: scripts, scrapers) is kept apart with them, as pypistats.org does.
 */
export const MIRRORS: readonly string[] = [
  'artifactory',
  'bandersnatch',
  'devpi',
  'nexus',
  'pep381client',
  'z3c.pypimirror',
];

const TABLE = 'bigquery-public-data.pypi.file_downloads';

/** What the downloads are split by, and how each is read from the table's columns. */
const DIMENSIONS: Readonly<Record<string, string>> = {
  version: 'file.version',
  python: "REGEXP_EXTRACT(details.python, r'^[0-9]+\\.[0-9]+')",
  system: 'details.system.name',
  distro: 'details.distro.name',
  // Kernels of the clouds' own images carry the cloud in their name: 5.10.0-1113-aws.
  cloud: `CASE
      WHEN details.system.release IS NULL OR details.system.release = '' THEN NULL
      WHEN REGEXP_CONTAINS(LOWER(details.system.release), r'amzn|aws') THEN 'AWS'
      WHEN REGEXP_CONTAINS(LOWER(details.system.release), r'gcp|google') THEN 'GCP'
      WHEN REGEXP_CONTAINS(LOWER(details.system.release), r'azure') THEN 'Azure'
      ELSE 'other'
    END`,
  country: 'country_code',
  installer: 'details.installer.name',
  // Installers say it when they see a CI; hardly any says that it sees none.
  ci: "CASE WHEN details.ci THEN 'yes' WHEN NOT details.ci THEN 'no' END",
};

const NAMES = Object.keys(DIMENSIONS);

const lines = (of: (name: string) => string) => NAMES.map(of).join('');

/**
 * Every split in one reading of the columns. `dimension` is empty in the rows of the total; only
 * those tell of mirrors. A member that is NULL was not reported by the installer: GROUPING() keeps
 * it apart from the NULL of a column that the row is not grouped by.
 */
export const SQL = `WITH download AS (
  SELECT
    FORMAT_TIMESTAMP('%F', timestamp) AS day,
    project,
    details.installer.name IS NULL OR LOWER(details.installer.name) IN UNNEST(@mirrors) AS is_mirror,
${NAMES.map((name) => `    ${DIMENSIONS[name]} AS ${name}`).join(',\n')}
  FROM \`${TABLE}\`
  WHERE timestamp >= @first AND timestamp < @end AND project IN UNNEST(@projects)
), counted AS (
  SELECT day, project, is_mirror, COUNT(*) AS downloads,${lines(
    (name) => `
    ${name}, GROUPING(${name}) AS without_${name},`,
  )}
  FROM download
  GROUP BY GROUPING SETS (
    (day, project, is_mirror)${lines(
      (name) => `,
    (day, project, is_mirror, ${name})`,
    )}
  )
), told AS (
  SELECT day, project, is_mirror, downloads,
    CASE 0${lines(
      (name) => `
      WHEN without_${name} THEN '${name}'`,
    )}
      ELSE ''
    END AS dimension,
    CASE 0${lines(
      (name) => `
      WHEN without_${name} THEN ${name}`,
    )}
    END AS member
  FROM counted
)
SELECT day, project, is_mirror, dimension, member, downloads
FROM told
WHERE dimension = '' OR NOT is_mirror`;

/** The query and its parameters, as the client takes them. */
export function queryFor(
  { projects, first, last }: Question,
  timestamp: typeof BigQuery.timestamp,
): Query {
  return {
    query: SQL,
    params: {
      projects: [...projects],
      mirrors: [...MIRRORS],
      first: timestamp(`${first}T00:00:00Z`),
      end: timestamp(`${addDays(last, 1)}T00:00:00Z`),
    },
  };
}

export const downloadRow = z.object({
  day: z.string().refine(isDay, 'is not a day'),
  project: z.string(),
  is_mirror: z.boolean(),
  dimension: z.enum(['', ...NAMES]),
  member: z.string().nullable(),
  downloads: z.int().nonnegative(),
});

/** A line of the answer: how often a package was downloaded on a day, whole or in part. */
export type DownloadRow = z.infer<typeof downloadRow>;
