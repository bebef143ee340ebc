import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import pino from 'pino';
import { collectionOf, keepCursor } from '../db/collections.ts';
import { dayMs } from '../db/days.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { ensureSubject } from '../db/subjects.ts';
import { createClient, type GithubClient } from '../src/sources/github/client.ts';
import { issues } from '../src/sources/github/issues.ts';
import { createGithub } from '../src/sources/github.ts';
import { atLeast, atMost, type Benchmark, type Row } from './benchmark.ts';
import {
  ISSUES,
  PER_PAGE,
  REPOSITORY,
  STARS,
  TODAY,
  WEEKS,
  WEEKS_PER_PAGE,
} from './loading-server.ts';
import { median, number, perSecond, timed, times } from './measure.ts';

const ROUNDS = 3;
const BATCH = 20_000;
const NOW = dayMs(TODAY);
const log = pino({ level: 'silent' });

export const loading: Benchmark = {
  name: 'loading',
  title: 'Loading a repository',
  method: `The first load of a repository of ten years with ${number(ISSUES)} issues and pull requests and ${number(STARS)} stars, from a local server in another thread whose answers are as large as GitHub's: through Octokit with its plugins, the checks and the tables to the daily counts, each page and its cursor in a durable transaction. Beside it, better-sqlite3 inserting the finished rows into the same table (20,000 a transaction, the same pragmas), and the same pages asked for through the same client and thrown away, mostly waiting in Octokit's queues. Requests are counted as the run log counts them, beside the fewest that the page sizes of GitHub's API allow.`,
  async run() {
    const server = new Worker(new URL('./loading-server.ts', import.meta.url));
    try {
      const [port] = await once(server, 'message');
      const apiUrl = `http://127.0.0.1:${port}`;
      return [...(await loads(apiUrl)), ...(await requests(apiUrl))];
    } finally {
      await server.terminate();
    }
  },
};

async function loads(apiUrl: string): Promise<Row[]> {
  const ours: number[] = [];
  const asking: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let rows: unknown[] = [];
    await withDatabase(async (db) => {
      ours.push(await timed(() => load(db, apiUrl)));
      rows = db.prepare('SELECT * FROM github_issue').raw().all();
    });
    if (rows.length !== ISSUES) throw new Error(`${rows.length} of ${ISSUES} issues were loaded`);
    asking.push(await timed(() => askOnly(apiUrl)));
    await withDatabase(async (db) => {
      ensureSubject(db, 'github', REPOSITORY, REPOSITORY);
      bare.push(await timed(() => insertRows(db, rows)));
    });
  }
  const size = `${number(ISSUES)} issues`;
  const what = 'First load of issues and pull requests';
  const rate = perSecond(ISSUES, median(ours));
  return [
    {
      what: `${what}, beside storing alone`,
      size,
      ours: rate,
      reference: `${perSecond(ISSUES, median(bare))} bare inserts`,
      ratio: times(median(bare) / median(ours)),
    },
    {
      what: `${what}, beside asking alone`,
      size,
      ours: rate,
      reference: `${perSecond(ISSUES, median(asking))} asked for`,
      ratio: times(median(asking) / median(ours)),
      target: atLeast(0.7, '×', median(asking) / median(ours)),
    },
  ];
}

async function requests(apiUrl: string): Promise<Row[]> {
  let rows: Row[] = [];
  await withDatabase(async (db) => {
    const history = await fetchHeadline(apiUrl);
    const first = await load(db, apiUrl);
    const again = await load(db, apiUrl);
    const size = `${number(ISSUES)} issues, ${number(STARS)} stars, ${WEEKS} weeks`;
    const row = (what: string, ours: number, fewest: number): Row => ({
      what,
      size,
      ours: ours === 1 ? '1 request' : `${number(ours)} requests`,
      reference: `${number(fewest)} is the fewest`,
      ratio: times(ours / fewest),
      target: atMost(1.01, '×', ours / fewest),
    });
    rows = [
      row('Requests for all issues and pull requests', first, Math.ceil(ISSUES / PER_PAGE)),
      row('Requests for numbers and star history', history, 1 + Math.ceil(WEEKS / WEEKS_PER_PAGE)),
      row('Requests for issues when nothing has changed (304, free)', again, 1),
    ];
  });
  return rows;
}

/** Reads the part as the poller does; answers how many requests it took. */
async function load(db: Db, apiUrl: string): Promise<number> {
  const subject = ensureSubject(db, 'github', REPOSITORY, REPOSITORY);
  const key = { source: 'github', subjectId: subject.id, part: 'issues' };
  const { meter, count } = counting();
  const batches = issues(clientOf(apiUrl)).collect([subject], {
    db,
    now: NOW,
    meter,
    cursor: collectionOf(db, key)?.cursor ?? undefined,
    doneAt: undefined,
  });
  for await (const batch of batches) {
    db.transaction(() => {
      batch.save(db);
      keepCursor(db, key, batch.cursor, batch.progress);
    })();
  }
  return count();
}

async function askOnly(apiUrl: string): Promise<void> {
  const client = clientOf(apiUrl);
  const { meter } = counting();
  const [owner, repo] = REPOSITORY.split('/');
  for (let page = 1; page <= Math.ceil(ISSUES / PER_PAGE); page++) {
    const parameters = { owner, repo, per_page: PER_PAGE, page };
    await client.ask('GET /repos/{owner}/{repo}/issues', parameters, { now: NOW, meter });
  }
}

async function fetchHeadline(apiUrl: string): Promise<number> {
  const { meter, count } = counting();
  const github = createGithub({ apiUrl, token: 'token', log });
  const reference = { key: REPOSITORY, name: REPOSITORY };
  const snapshots = await github.fetch(reference, { now: NOW, first: true, meter });
  if (snapshots.length !== 2) throw new Error('there is no star history');
  return count();
}

function clientOf(apiUrl: string): GithubClient {
  return createClient({ apiUrl, token: 'token', log });
}

function counting() {
  let requests = 0;
  const meter = {
    request() {
      requests += 1;
    },
    billed() {},
  };
  return { meter, count: () => requests };
}

function insertRows(db: Db, rows: readonly unknown[]): void {
  const columns = db.prepare('SELECT * FROM github_issue').columns();
  const insert = db.prepare(
    `INSERT INTO github_issue VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const insertAll = db.transaction((some: readonly unknown[]) => {
    for (const row of some) insert.run(row);
  });
  for (let from = 0; from < rows.length; from += BATCH) insertAll(rows.slice(from, from + BATCH));
}

/** A fresh database file, gone afterwards. */
async function withDatabase(use: (db: Db) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-bench-'));
  const db = openDatabase(join(folder, 'bench.db'));
  try {
    await use(db);
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}
