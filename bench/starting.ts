import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { atMost, type Benchmark, type Row } from './benchmark.ts';
import { median, ms, number } from './measure.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** `npm start` is `node [flags] file`. */
const [file, ...flags] = String(scripts.start).split(' ').slice(1).toReversed();
const STARTS = 5;
const REST_MS = 10_000;

export const starting: Benchmark = {
  name: 'starting',
  title: 'Starting and resting',
  method:
    'What `npm start` runs, without Slack tokens and in an empty folder: the playground with its server and sample workspace, made and recorded anew, and the bot in the same process. Until it says that it is connected; then the resident memory of that process after ten seconds of rest.',
  async run() {
    const durations: number[] = [];
    const memory: (number | undefined)[] = [];
    for (let i = 0; i < STARTS; i++) {
      const isLast = i === STARTS - 1;
      await withBot(async (bot, startedAt) => {
        await greeted(bot);
        durations.push(performance.now() - startedAt);
        if (!isLast) return;
        await sleep(REST_MS);
        memory.push(residentMegabytes(bot.pid));
      });
    }
    const start = median(durations);
    return [
      {
        what: 'Start to connected, median',
        size: `${STARTS} starts`,
        ours: ms(start),
        target: atMost(1500, ' ms', start),
      },
      memoryRow(memory.at(-1)),
    ];
  },
};

function memoryRow(megabytes: number | undefined): Row {
  const row = { what: 'Resident memory at rest', size: 'sample workspace' };
  return megabytes === undefined
    ? { ...row, ours: 'not measured: needs /proc' }
    : { ...row, ours: `${number(megabytes)} MB`, target: atMost(200, ' MB', megabytes) };
}

async function withBot(
  use: (bot: ChildProcess, startedAt: number) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-bench-'));
  const { SLACK_BOT_TOKEN: _, SLACK_APP_TOKEN: __, DATABASE_PATH: ___, ...env } = process.env;
  const startedAt = performance.now();
  const bot = spawn(process.execPath, [...flags, join(ROOT, String(file))], {
    cwd: folder,
    env: { ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(bot, 'exit');
  try {
    await use(bot, startedAt);
  } finally {
    bot.kill();
    await gone;
    rmSync(folder, { recursive: true });
  }
}

/** Waits for the greeting, which is said once everything is up. */
async function greeted(bot: ChildProcess): Promise<void> {
  const ended = once(bot, 'exit').then(() => {
    throw new Error('the bot ended before it was connected');
  });
  const said = bot.stdout ? once(bot.stdout, 'data') : Promise.reject(new Error('no output'));
  await Promise.race([said, ended]);
}

/** What Linux counts as resident for the process; undefined elsewhere. */
function residentMegabytes(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
