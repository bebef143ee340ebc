import { addDays } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { reports } from '../reports/index.ts';
import { ask, type Report, type Table } from '../reports/report.ts';
import { atMost, type Benchmark, type Row } from './benchmark.ts';
import { FIRST_DAY, LAST_DAY } from './community.ts';
import { openCommunity, WORKSPACE } from './community-db.ts';
import { type DuckConnection, loadDuckDb, withRawRows } from './duckdb.ts';
import { ms, number, p95, timed, times } from './measure.ts';
import { type AskedRange, type Question, questions, SEEN_PRIVATE } from './questions.ts';

const ROUNDS = 20;

interface Span {
  readonly title: string;
  /** What the 95th percentile should not exceed, in milliseconds. */
  readonly target: number;
  /** Each round asks about another stretch of the five years. */
  range(round: number): AskedRange;
}

function lastDays(days: number, unit: AskedRange['unit']): Span {
  return {
    title: `${days} days`,
    target: 50,
    range(round) {
      const to = addDays(LAST_DAY, -70 * round);
      return { from: addDays(to, 1 - days), to, unit };
    },
  };
}

const everything: Span = {
  title: 'everything',
  target: 150,
  range: () => ({ to: LAST_DAY, unit: 'month' }),
};

export const asking: Benchmark = {
  name: 'asking',
  title: 'Asking',
  method: `Every report of the registry: from the question to numbers, words, table and chart specification (drawing is measured above), the 95th percentile of ${ROUNDS} times after one to warm up. The community has 100,000 people (Zipf, exponent 1.1) and 300 channels (exponent 1) over five years from ${FIRST_DAY}, and fifty repositories. The reference is DuckDB, on all cores, with the same question to the raw rows (day, channel, user) in a file of its own. Both must find the same sums.`,
  async run({ messages }) {
    assertAllAreAsked();
    const sizes = [messages / 10, (messages * 3) / 10].map(Math.round);
    const spans = [lastDays(30, 'day'), lastDays(90, 'week'), everything];
    const rows = await askAll(messages, spans, questions);
    const growing = questions.filter(({ column }) => column === 'messages');
    for (const size of sizes) rows.push(...(await askAll(size, [everything], growing)));
    return rows;
  },
};

async function askAll(
  messages: number,
  spans: readonly Span[],
  asked: readonly Question[],
): Promise<Row[]> {
  const db = openCommunity(messages);
  const duckDb = await loadDuckDb();
  if (!duckDb) console.log('DuckDB is not installed: "cd bench && npm install" brings it.');
  const measure = (duck?: DuckConnection) => measureAll(db, messages, spans, asked, duck);
  try {
    return duckDb ? await withRawRows(duckDb, messages, measure) : await measure();
  } finally {
    db.close();
  }
}

async function measureAll(
  db: Db,
  messages: number,
  spans: readonly Span[],
  asked: readonly Question[],
  duck?: DuckConnection,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const question of asked) {
    const report = reportOf(question);
    for (const span of spans) {
      const sql = (round: number) => question.sql(span.range(round));
      const ours = await rounds((round) => askOurs(db, report, question, span.range(round)));
      const theirs = duck && (await rounds((round) => duck.runAndReadAll(sql(round))));
      if (duck) {
        const { table } = askOurs(db, report, question, span.range(0));
        const reference = await duck.runAndReadAll(sql(0));
        compare(question, span, table, reference.getRowObjectsJson());
      }
      rows.push({
        what: `${question.what}, ${span.title}`,
        size: question.size ?? `${number(messages)} messages`,
        ours: ms(ours),
        ...(theirs && { reference: `${ms(theirs)} DuckDB`, ratio: times(ours / theirs) }),
        target: atMost(span.target, ' ms', ours),
      });
    }
  }
  return rows;
}

function reportOf(question: Question): Report {
  const report = reports.find(({ name }) => name === question.report);
  if (!report) throw new Error(`no report is called ${question.report}`);
  return report;
}

/** A report that nobody asks here would be slow unseen. */
function assertAllAreAsked(): void {
  for (const { name } of reports) {
    if (questions.some(({ report }) => report === name)) continue;
    throw new Error(`bench/questions.ts asks nothing of the report ${name}`);
  }
}

/** All that an answer has, because it is made only when it is looked at. */
function askOurs(db: Db, report: Report, question: Question, { from, to }: AskedRange) {
  const params = { ...question.params, ...(from && { from }), to, today: addDays(LAST_DAY, 1) };
  const viewer = { workspaceId: WORKSPACE, privateChannelIds: SEEN_PRIVATE };
  const { words, table, chart } = ask(report, db, params, viewer);
  return { words, table, chart: chart('light') };
}

/** A fast answer to another question would be worth nothing. */
function compare(
  { column, what }: Question,
  { title }: Span,
  table: Table,
  reference: readonly Record<string, unknown>[],
): void {
  const at = table.columns.indexOf(column);
  const ours = table.rows.reduce((sum, row) => sum + Number(row[at]), 0);
  const theirs = reference.reduce((sum, row) => sum + Number(row[column]), 0);
  if (ours !== theirs) throw new Error(`${what}, ${title}: ${ours} ${column}, DuckDB: ${theirs}`);
}

/** The 95th percentile of the milliseconds that `work` takes. */
async function rounds(work: (round: number) => unknown): Promise<number> {
  await work(ROUNDS);
  const durations: number[] = [];
  for (let round = 0; round < ROUNDS; round++) durations.push(await timed(() => work(round)));
  return p95(durations);
}
