import { readConfig } from '../src/config.ts';
import { billable, priceOf } from '../src/sources/pypi/bigquery.ts';
import { SQL } from '../src/sources/pypi/query.ts';
import { atMost, type Benchmark, type Row } from './benchmark.ts';
import { number } from './measure.ts';

const DAYS = 30;

/** Downloads a day of ten packages, from one of the most loaded to one that few know. */
const PACKAGES = [
  4_200_000, 2_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000,
];

/**
 * What a value of each column is billed as, in bytes: 8 for an instant, 1 for a yes or no, 2 and
 * its length for a text (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/data-types).
 * The lengths are those of common values: `urllib3`, `3.11.9`, `5.15.0-1066-aws`, `Debian GNU/Linux`.
 */
const WIDTHS = {
  timestamp: 8,
  project: 2 + 11,
  country_code: 2 + 2,
  'file.version': 2 + 6,
  'details.installer.name': 2 + 3,
  'details.python': 2 + 6,
  'details.system.name': 2 + 5,
  'details.system.release': 2 + 20,
  'details.distro.name': 2 + 10,
  'details.ci': 1,
} as const;

type Column = keyof typeof WIDTHS;

const COLUMNS = Object.keys(WIDTHS) as Column[];

/** Every query reads when and what, and by whom, to tell people from mirrors. */
const ALWAYS: readonly Column[] = ['timestamp', 'project', 'details.installer.name'];

/**
 * Rows that a day's partition has: a dry run over 28 days of early 2025 that reads the instant and
 * the name (21 bytes a row) was told 1,084,266,719,315 bytes
 * (https://github.com/hugovk/top-pypi-packages/pull/45).
 */
const ROWS_A_DAY = 1_084_266_719_315 / 28 / 21;

/**
 * Rows of other packages that share the outermost blocks of a package: one day of pillow, which
 * was loaded 4.19 million times, is billed as 187,974,046 bytes for the instant, the name and the
 * Python, 24 bytes a row (https://github.com/ofek/pypinfo/pull/168).
 */
const NEIGHBOURS = 187_974_046 / 24 - 4_190_000;

/** As many days of that size as the whole table is: its names alone are 13.39 TB, 13 bytes each. */
const TABLE_DAYS = 13.39e12 / WIDTHS.project / ROWS_A_DAY;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const widthOf = (columns: readonly Column[]) => sum(columns.map((column) => WIDTHS[column]));

/** The rows of the blocks that hold the packages, on one day. */
const clusteredRows = sum(PACKAGES.map((downloads) => downloads + NEIGHBOURS));

const bill = (rows: number, days: number, columns: readonly Column[]) =>
  billable(rows * days * widthOf(columns));

export const billing: Benchmark = {
  name: 'billing',
  title: 'What PyPI costs',
  method: `Computed, not measured: the bytes that BigQuery would bill for the downloads of ten packages (${number(PACKAGES[0] as number)} to ${number(PACKAGES.at(-1) as number)} a day) over ${DAYS} days, with every split. Rows read × the widths of the columns that the query names (${widthOf(COLUMNS)} bytes a row), whole MiB, ten at least. A day's partition has ${number(ROWS_A_DAY / 1e6)} million rows; the cluster reads a package's own and ${number(NEIGHBOURS / 1e6)} million of its neighbours in the same blocks. Both numbers come from published runs, named in bench/billing.ts; a dry run tells the real one. The references are the same question asked otherwise.`,
  run() {
    assertColumns();
    const ours = bill(clusteredRows, DAYS, COLUMNS);
    const against = (what: string, reference: number): Row => ({
      what: 'Bytes billed',
      size: `${PACKAGES.length} packages, ${DAYS} days`,
      ours: gigabytes(ours),
      reference: `${gigabytes(reference)} ${what}`,
      ratio: `${(ours / reference).toPrecision(2)}×`,
    });
    return Promise.resolve([
      against('without the cluster filter', bill(ROWS_A_DAY, DAYS, COLUMNS)),
      against('without the partition filter', bill(clusteredRows, TABLE_DAYS, COLUMNS)),
      against(
        'with one query a split',
        sum(queriesBySplit().map((one) => bill(clusteredRows, DAYS, one))),
      ),
      {
        what: 'Queries that it takes within the default BIGQUERY_MAX_BYTES',
        size: `${PACKAGES.length} packages, ${DAYS} days`,
        ours: String(Math.ceil(ours / readConfig({}).bigquery.maxBytes)),
        reference: `${DAYS} with one a day`,
      },
      {
        what: 'A month with each day read twice, of the terabyte that is free',
        size: `${PACKAGES.length} packages, ${DAYS} days`,
        ours: `${gigabytes(2 * ours)}, at most $${priceOf(2 * ours).toFixed(2)}`,
        target: atMost(1000, ' GB', (2 * ours) / 1e9),
      },
    ]);
  },
};

/** The total, and each split by what it needs beside. */
function queriesBySplit(): Column[][] {
  const own = COLUMNS.filter((column) => !ALWAYS.includes(column));
  return [[...ALWAYS], [...ALWAYS], ...own.map((column) => [...ALWAYS, column])];
}

/** The model must read what the query reads. */
function assertColumns(): void {
  const [, select = ''] = /SELECT([\s\S]*?)\), counted/.exec(SQL) ?? [];
  const named = select.match(
    /\b(?:file|details)(?:\.\w+)+|\b(?:timestamp|project|country_code)\b/g,
  );
  const read = new Set(named);
  const missing = [...read].filter((name) => !(name in WIDTHS));
  const unread = COLUMNS.filter((column) => !read.has(column));
  if (missing.length > 0 || unread.length > 0) {
    throw new Error(`the query reads ${missing.join(' ')}, but not ${unread.join(' ')}`);
  }
}

const gigabytes = (bytes: number) => `${number(bytes / 1e9)} GB`;
