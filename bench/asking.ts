import { addDays } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { reports } from '../reports/index.ts';
import { ask, type Report } from '../reports/report.ts';
import { atMost, type Benchmark, type Row } from './benchmark.ts';
import { FIRST_DAY, LAST_DAY, openCommunity, WORKSPACE } from './community.ts';
import { type DuckConnection, loadDuckDb, withRawMessages } from './duckdb.ts';
import { ms, number, p95, timed, times } from './measure.ts';
import { type AskedRange, type Question, questions, SEEN_PRIVATE } from './questions.ts';

const ROUNDS = 20;

interface Span {
  readonly title: string;
  /** The 95th percentile that we aim at, in milliseconds. */
  readonly target: number;
  /** The range of one round: another stretch of the five years each time. */
  range(round: number): AskedRange;
}

function lastDays(days: number, target: number): Span {
  return {
    title: `${days} days`,
    target,
    range: (round) => {
      const to = addDays(LAST_DAY, -round * 70);
      return { from: addDays(to, 1 - days), to };
    },
  };
}

const everything: Span = { title: 'everything', target: 150, range: () => ({ to: LAST_DAY }) };
const spans: readonly Span[] = [lastDays(30, 50), lastDays(90, 50), everything];

export const asking: Benchmark = {
  name: 'asking',
  title: 'Asking',
  method: `Each report of the registry over Slack messages: from the question to numbers, words, table and chart specification (drawing is measured above), as the 95th percentile of ${ROUNDS} times after one to warm up. The community has 100,000 people (Zipf, exponent 1.1) and 300 channels (exponent 1) over five years from ${FIRST_DAY}. The reference is DuckDB, on all cores, with the same question to the raw rows (day, channel, user), in its own file; its answers are compared with ours.`,
  async run({ messages }) {
    const rows: Row[] = [];
    const sizes = [messages / 10, (messages * 3) / 10].map(Math.round);
    rows.push(...(await askAll(messages, spans)));
    for (const size of sizes) rows.push(...(await askAll(size, [everything])));
    return rows;
  },
};

async function askAll(messages: number, asked: readonly Span[]): Promise<Row[]> {
  const db = openCommunity(messages);
  const duckDb = await loadDuckDb();
  if (!duckDb) console.log('DuckDB is not installed: "cd bench && npm install" brings it.');
  const measure = (duck?: DuckConnection) => measureAll(db, messages, asked, duck);
  try {
    return duckDb ? await withRawMessages(duckDb, messages, measure) : await measure();
  } finally {
    db.close();
  }
}

async function measureAll(
  db: Db,
  messages: number,
  asked: readonly Span[],
  duck?: DuckConnection,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { question, report } of askable()) {
    for (const span of asked) {
      const ours = await rounds((round) => askOurs(db, report, question, span.range(round)));
      const theirs =
        duck && (await rounds((round) => duck.runAndReadAll(question.sql(span.range(round)))));
      rows.push({
        what: `${question.what}, ${span.title}`,
        size: `${number(messages)} messages`,
        ours: ms(ours),
        ...(theirs && { reference: `${ms(theirs)} DuckDB`, ratio: times(ours / theirs) }),
        target: atMost(span.target, ' ms', ours),
      });
    }
  }
  return rows;
}

function askable(): { question: Question; report: Report }[] {
  return questions.flatMap((question) => {
    const report = reports.find(({ name }) => name === question.report);
    return report ? [{ question, report }] : [];
  });
}

function askOurs(db: Db, report: Report, question: Question, range: AskedRange): void {
  const params = { ...question.params(range), today: addDays(LAST_DAY, 1) };
  ask(report, db, params, { workspaceId: WORKSPACE, privateChannelIds: SEEN_PRIVATE }).chart(
    'light',
  );
}

/** The 95th percentile of the milliseconds that `work` takes. */
async function rounds(work: (round: number) => unknown): Promise<number> {
  await work(ROUNDS);
  const durations: number[] = [];
  for (let round = 0; round < ROUNDS; round++) durations.push(await timed(() => work(round)));
  return p95(durations);
}
