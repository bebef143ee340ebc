import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { asking } from './asking.ts';
import type { Benchmark, Row } from './benchmark.ts';
import { billing } from './billing.ts';
import { chart } from './chart.ts';
import { loading } from './loading.ts';
import { recording } from './recording.ts';
import { starting } from './starting.ts';

const benchmarks: readonly Benchmark[] = [chart, recording, loading, asking, starting, billing];
const FULL = 10_000_000;
const FILE = new URL('../docs/benchmarks.md', import.meta.url);

/** `npm run bench -- [name …] [--messages 1000000]`: all of it at full size writes the page. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { messages: { type: 'string', default: String(FULL) } },
  });
  const messages = Number(values.messages);
  const chosen = benchmarks.filter(({ name }) => !positionals.length || positionals.includes(name));
  if (!(messages >= 1000) || chosen.length < positionals.length) {
    const names = benchmarks.map(({ name }) => name).join(' ');
    throw new Error(`usage: npm run bench -- [${names}] [--messages 1000000]`);
  }

  const parts = [heading()];
  console.log(parts[0]);
  for (const benchmark of chosen) {
    const part = section(benchmark, await benchmark.run({ messages }));
    console.log(part);
    parts.push(part);
  }
  if (chosen.length === benchmarks.length && messages === FULL) {
    writeFileSync(FILE, parts.join('\n'));
  } else {
    console.log('Only a part was run: docs/benchmarks.md stays as it is.');
  }
}

function heading(): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const machine = `${availableParallelism()} cores (${cpu?.model.trim()}), ${memory}`;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
  const busy = (loadavg()[0] ?? 0).toFixed(1);
  return `# Benchmarks

Written by \`npm run bench\`. Each reference is measured in the same run on the same machine, so that
the ratios mean more than the milliseconds. A missed target is shown as missed.

Machine: ${machine}, Node ${process.versions.node}, ${process.platform}, load ${busy}
before the run. Commit ${commit.trim()}.
`;
}

function section({ title, method }: Benchmark, rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const target = row.target
      ? `${row.target.wanted}, ${row.target.met ? 'met' : '**missed**'}`
      : '';
    const cells = [row.what, row.size, row.ours, row.reference, row.ratio, target];
    return `| ${cells.map((cell) => cell ?? '').join(' | ')} |`;
  });
  return `## ${title}

${method}

| what | size | ours | reference | ratio | target |
|---|---|---|---|---|---|
${lines.join('\n')}
`;
}

await main();
