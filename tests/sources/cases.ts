import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { createDockerhub } from '../../src/sources/dockerhub.ts';
import { createGithub } from '../../src/sources/github.ts';
import { createPypi } from '../../src/sources/pypi.ts';
import type { Source } from '../../src/sources/source.ts';

export const quiet = pino({ level: 'silent' });

/** The instant of every poll in these tests. */
export const NOW = Date.parse('2022-03-10T09:30:00Z');

/**
 * A part's fixture: with it, the contract's tests also read the part, read it again into the same
 * rows, and look whether these stay when it fails. Without one, it is only made to fail.
 */
interface PartCase {
  /** What the server answers beside `SourceCase.answers`, by the path that is asked for. */
  readonly answers: Readonly<Record<string, string>>;
  /** A query whose rows show what was read, in a fixed order. */
  readonly query: string;
  /** Its rows, the columns of each joined by spaces. */
  readonly rows: readonly string[];
}

/** What the contract's tests know of a source. */
export interface SourceCase {
  readonly id: string;
  create(apiUrl: string, timeoutMs?: number): Source;
  /** The same with all credentials, so that as many parts as possible are on. */
  whole(apiUrl: string, timeoutMs?: number): Source;
  /** Fixtures of its parts, by their names. */
  readonly parts: Readonly<Record<string, PartCase>>;
  /** As a person may type it, and once more in another spelling of the same. */
  readonly reference: string;
  readonly sameReference: string;
  readonly page: string;
  readonly wrongForms: readonly string[];
  /** What the server answers, by the path that is asked for. */
  readonly answers: Readonly<Record<string, string>>;
  /** `metric day value origin`, and what the last poll says about completeness. */
  readonly rows: readonly string[];
  readonly completeThrough: string;
}

export function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, '../fixtures/sources', name), 'utf8');
}

/** One case for every source; a test holds the list equal to the registry. */
export const cases: readonly SourceCase[] = [
  {
    id: 'github',
    create: (apiUrl, timeoutMs) =>
      createGithub({
        apiUrl,
        token: undefined,
        log: quiet,
        retryDelayMs: 1,
        ...(timeoutMs && { timeoutMs }),
      }),
    whole: (apiUrl, timeoutMs) =>
      createGithub({
        apiUrl,
        token: 'ghp_1',
        log: quiet,
        retryDelayMs: 1,
        ...(timeoutMs && { timeoutMs }),
      }),
    parts: {
      languages: {
        answers: { '/repos/acme/rocket/languages': '{"TypeScript":1200,"CSS":34}' },
        query: 'SELECT languages FROM github_repository',
        rows: ['{"TypeScript":1200,"CSS":34}'],
      },
      'star-history': {
        answers: {
          '/repos/acme/rocket/stargazers/history?per_page=30&page=1':
            fixture('github-history.json'),
        },
        query: "SELECT origin, count(*) FROM series_day WHERE origin = 'history' GROUP BY origin",
        rows: ['history 16'],
      },
      forks: {
        answers: {
          '/repos/acme/rocket/forks?sort=newest&per_page=100&page=1': fixture('github-forks.json'),
        },
        query: 'SELECT id, full_name, owner, created_at FROM github_fork',
        rows: [
          '5000000101 wile/rocket wile 2022-01-15T08:00:00Z',
          '5000000107 Road-Runner/rocket-fast Road-Runner 2022-03-01T17:30:00Z',
        ],
      },
      releases: {
        answers: { '/repos/acme/rocket/releases?per_page=100': fixture('github-releases.json') },
        query: `SELECT tag, r.name, downloads, value FROM github_release AS r
          LEFT JOIN github_release_asset AS a ON a.release_id = r.id
          JOIN series_day JOIN series ON series.id = series_id
            AND metric = 'github.release_downloads'
          ORDER BY tag`,
        rows: ['v1.0.0 One 41 41', 'v1.1.0-rc1   41'],
      },
      'code-frequency': {
        answers: {
          '/repos/acme/rocket/stats/code_frequency': '[[1645315200,120,-30],[1645920000,0,0]]',
        },
        query: 'SELECT week, additions, deletions FROM github_code_week',
        rows: ['2022-02-20 120 30', '2022-02-27 0 0'],
      },
    },
    reference: 'Acme/Rocket',
    sameReference: 'acme/ROCKET.git',
    page: 'https://github.com/Acme/Rocket/issues?q=is%3Aopen',
    wrongForms: ['', 'acme', 'acme/', '/rocket', 'acme/..', 'acme/ro cket', 'a/b/c', 'a?/b'],
    answers: {
      '/repos/acme/rocket': fixture('github-repository.json'),
      '/repos/Acme/Rocket/stargazers/history?per_page=30&page=1': fixture('github-history.json'),
    },
    rows: [
      'github.forks 2022-03-10 3 poll',
      'github.open_issues 2022-03-10 7 poll',
      'github.stars 2022-02-22 1 history',
      'github.stars 2022-02-23 1 history',
      'github.stars 2022-02-24 1 history',
      'github.stars 2022-02-25 4 history',
      'github.stars 2022-02-26 4 history',
      'github.stars 2022-02-27 4 history',
      'github.stars 2022-02-28 4 history',
      'github.stars 2022-03-01 4 history',
      'github.stars 2022-03-02 4 history',
      'github.stars 2022-03-03 4 history',
      'github.stars 2022-03-04 4 history',
      'github.stars 2022-03-05 4 history',
      'github.stars 2022-03-06 6 history',
      'github.stars 2022-03-07 6 history',
      'github.stars 2022-03-08 9 history',
      'github.stars 2022-03-09 9 history',
      'github.stars 2022-03-10 12 poll',
      'github.watchers 2022-03-10 5 poll',
    ],
    completeThrough: '2022-03-09',
  },
  {
    id: 'docker',
    create: (apiUrl, timeoutMs) => createDockerhub({ apiUrl, ...(timeoutMs && { timeoutMs }) }),
    whole: (apiUrl, timeoutMs) => createDockerhub({ apiUrl, ...(timeoutMs && { timeoutMs }) }),
    parts: {},
    reference: 'acme/rocket',
    sameReference: 'Acme/Rocket',
    page: 'https://hub.docker.com/r/acme/rocket/tags',
    wrongForms: ['', 'acme/', '/rocket', 'acme/rocket:14', 'a/b/c', 'acme/..', '../x', 'a b'],
    answers: { '/v2/repositories/acme/rocket/': fixture('dockerhub-repository.json') },
    rows: ['docker.image_stars 2022-03-10 12 poll', 'docker.pulls 2022-03-10 10625093481 poll'],
    completeThrough: '2022-03-09',
  },
  {
    id: 'pypi',
    create: (apiUrl, timeoutMs) => createPypi({ apiUrl, ...(timeoutMs && { timeoutMs }) }),
    whole: (apiUrl, timeoutMs) =>
      createPypi({ apiUrl, osvUrl: apiUrl, ...(timeoutMs && { timeoutMs }) }),
    parts: {},
    reference: 'Acme.Rocket',
    sameReference: 'acme__rocket',
    page: 'https://pypi.org/project/acme-rocket/#history',
    wrongForms: ['', '-acme', 'acme-', 'acme/rocket', 'ac me', 'acme[all]', '..'],
    answers: {
      '/api/packages/acme-rocket/overall': fixture('pypistats-overall.json'),
    },
    rows: [
      'pypi.downloads 2022-03-06 100 history',
      'pypi.downloads 2022-03-07 120 history',
      'pypi.downloads 2022-03-08 90 history',
      'pypi.mirror_downloads 2022-03-06 800 history',
      'pypi.mirror_downloads 2022-03-08 5 history',
    ],
    completeThrough: '2022-03-08',
  },
];
