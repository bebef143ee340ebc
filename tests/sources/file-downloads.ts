import { MIRRORS } from '../../src/sources/pypi/query.ts';

/** The columns of the public table that the query reads, as a row is loaded into it. */
export interface LoadedRow {
  /** `2022-03-08 20:54:54 +00:00` */
  readonly timestamp: string;
  readonly project: string;
  readonly country_code?: string | null;
  readonly file: { readonly version?: string | null };
  readonly details?: {
    readonly installer?: { readonly name?: string | null } | null;
    readonly python?: string | null;
    readonly distro?: { readonly name?: string | null } | null;
    readonly system?: { readonly name?: string | null; readonly release?: string | null } | null;
    readonly ci?: boolean | null;
  } | null;
}

/** The parameters of the query, as they are sent. */
export interface Parameters {
  readonly projects: readonly string[];
  readonly mirrors: readonly string[];
  /** ISO instants; `end` is not in the range. */
  readonly first: string;
  readonly end: string;
}

/** What the query selects of a row, by the names that the answer has for it. */
const MEMBERS: Readonly<Record<string, (row: LoadedRow) => string | null | undefined>> = {
  version: ({ file }) => file.version,
  python: ({ details }) => /^[0-9]+\.[0-9]+/.exec(details?.python ?? '')?.[0],
  system: ({ details }) => details?.system?.name,
  distro: ({ details }) => details?.distro?.name,
  cloud: ({ details }) => cloudOf(details?.system?.release),
  country: ({ country_code }) => country_code,
  installer: ({ details }) => details?.installer?.name,
  ci: ({ details }) => ({ true: 'yes', false: 'no' })[String(details?.ci)],
};

export const DIMENSIONS = Object.keys(MEMBERS);

function cloudOf(release: string | null | undefined): string | null {
  if (!release) return null;
  const kernel = release.toLowerCase();
  if (/amzn|aws/.test(kernel)) return 'AWS';
  if (/gcp|google/.test(kernel)) return 'GCP';
  return kernel.includes('azure') ? 'Azure' : 'other';
}

const instantOf = ({ timestamp }: LoadedRow) =>
  Date.parse(timestamp.replace(' +00:00', 'Z').replace(' ', 'T'));

function rowsIn(table: readonly LoadedRow[], { projects, first, end }: Parameters) {
  return table.filter((row) => {
    const at = instantOf(row);
    return at >= Date.parse(first) && at < Date.parse(end) && projects.includes(row.project);
  });
}

/** A line of the answer: day, project, is_mirror, dimension, member, downloads. */
export type AnswerRow = readonly [string, string, string, string, string | null, string];

/** What BigQuery answers to the query over `table`; cells are strings or null. */
export function answerOver(table: readonly LoadedRow[], parameters: Parameters): AnswerRow[] {
  const counts = new Map<string, number>();
  const count = (...cells: readonly (string | boolean | null)[]) => {
    const key = JSON.stringify(cells);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const row of rowsIn(table, parameters)) {
    const day = new Date(instantOf(row)).toISOString().slice(0, 10);
    const installer = row.details?.installer?.name?.toLowerCase();
    const isMirror = installer === undefined || parameters.mirrors.includes(installer);
    count(day, row.project, isMirror, '', null);
    if (isMirror) continue;
    for (const [dimension, memberOf] of Object.entries(MEMBERS)) {
      count(day, row.project, isMirror, dimension, memberOf(row) ?? null);
    }
  }
  return [...counts].map(([key, downloads]) => {
    const [day, project, isMirror, dimension, member] = JSON.parse(key);
    return [day, project, String(isMirror), dimension, member, String(downloads)] as const;
  });
}

/** A download of `acme-rocket` on 2022-03-08 by pip, unless told otherwise. */
export function download(
  {
    installer = 'pip',
    ...details
  }: Omit<NonNullable<LoadedRow['details']>, 'installer'> & {
    readonly installer?: string | null;
  } = {},
  { day = '2022-03-08', ...row }: Partial<LoadedRow> & { readonly day?: string } = {},
): LoadedRow {
  return {
    timestamp: `${day} 12:00:00 +00:00`,
    project: 'acme-rocket',
    country_code: 'US',
    file: { version: '1.0' },
    details: { installer: installer === null ? null : { name: installer }, ...details },
    ...row,
  };
}

export const SOME_MIRROR = MIRRORS[0] as string;
