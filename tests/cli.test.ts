import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../db/open.ts';
import { markSample } from '../db/sample.ts';
import { findSubject } from '../db/subjects.ts';
import { reports } from '../reports/index.ts';
import { runCli } from '../src/cli/program.ts';
import { toCsv } from '../src/cli/report-text.ts';
import { SAMPLE_NOTE } from '../src/sample/label.ts';
import { shared } from './shared.ts';
import { cases, NOW } from './sources/cases.ts';
import { reply, startServer, type TestServer } from './sources/server.ts';

const answers = Object.assign({}, ...cases.map((one) => one.answers)) as Record<string, string>;

let folder: string;
let server: TestServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-'));
  server = await startServer((request, response) => {
    const body = answers[request.url ?? ''];
    reply(body ? 200 : 404, body ?? '{"message":"Not Found"}')(request, response);
  });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const path = (name: string) => join(folder, name);
const environment = () => ({
  DATABASE_PATH: path('test.db'),
  GITHUB_API_URL: `${server.url}/`,
  DOCKERHUB_API_URL: server.url,
  PYPISTATS_API_URL: server.url,
  OSV_API_URL: server.url,
});

async function metrics(words: readonly string[], { isTTY = false, env = {}, now = NOW } = {}) {
  const out: (string | Uint8Array)[] = [];
  const err: (string | Uint8Array)[] = [];
  const output = (chunks: (string | Uint8Array)[]) => ({
    isTTY,
    write: (chunk: string | Uint8Array) => chunks.push(chunk),
  });
  const code = await runCli(words, {
    env: { ...environment(), ...env },
    stdout: output(out),
    stderr: output(err),
    now: () => now,
    onInterrupt: () => () => {},
  });
  const bytes = Buffer.concat(out.map((chunk) => Buffer.from(chunk)));
  return { code, bytes, stdout: bytes.toString(), stderr: err.join('') };
}

function file(name: string, text: string): string {
  writeFileSync(path(name), text);
  return path(name);
}

describe('track, list, poll, untrack', () => {
  test('from nothing to numbers', async () => {
    expect(await metrics(['list'])).toMatchObject({
      code: 0,
      stdout: 'Nothing is tracked yet: begin with “track github:owner/repository”.\n',
    });
    expect(await metrics(['track', 'github:Acme/Rocket'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Tracking Acme/Rocket on GitHub: 12 stars'),
    });
    await metrics(['track', 'docker', 'acme/rocket']);
    await metrics(['track', 'https://pypi.org/project/Acme-Rocket/', '--as', 'dependency']);
    const db = openDatabase(path('test.db'));
    expect(findSubject(db, 'pypi', 'acme-rocket')?.role).toBe('dependency');
    db.close();
    const later = NOW + 3 * 3_600_000;
    const { stdout } = await metrics(['list'], { now: later });
    expect(stdout.split('\n')).toEqual([
      'docker:acme/rocket: 12 image stars and 10,625,093,481 pulls on 10 Mar 2022 (polled 3 hours ago)',
      'github:Acme/Rocket: 3 forks, 7 open issues, 12 stars and 5 watchers on 10 Mar 2022 (polled 3 hours ago)',
      'pypi:Acme-Rocket: 90 downloads and 5 more by mirrors on 8 Mar 2022; a dependency (polled 3 hours ago)',
      '',
    ]);
    expect(await metrics(['untrack', 'docker:acme/rocket'])).toMatchObject({ code: 0 });
    const polled = await metrics(['poll'], { now: later });
    const subjects = polled.stdout.split('\n').filter((line) => /^[a-z]+:/.test(line));
    expect(subjects).toEqual([
      expect.stringMatching(/^github:Acme\/Rocket: \d+ rows new or changed/),
      expect.stringMatching(/^pypi:Acme-Rocket: \d+ rows new or changed/),
    ]);
    expect((await metrics(['list'])).stdout).toContain('; not polled');
  });

  test('what fails is said in a sentence, with its exit code', async () => {
    await metrics(['track', 'pypi:acme-rocket']);
    server.answer = reply(500, '');
    const failed = await metrics(['poll', 'pypi']);
    expect(failed).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(
        '\n  headline numbers: failed. PyPI does not answer at the moment.\n',
      ),
      stderr: expect.stringMatching(
        /^\d+ of \d+ readings? failed\. What was collected before is still there\.\n$/,
      ),
    });
    server.answer = reply(404, '{}');
    expect(await metrics(['track', 'pypi:gone'])).toMatchObject({
      code: 1,
      stderr: 'PyPI knows no “gone”, or does not show it to everyone.\n',
    });
    expect(await metrics(['poll', 'npm'])).toMatchObject({ code: 2, stdout: '' });
    expect(await metrics(['track', 'pypi:gone', '--as', 'friend'])).toMatchObject({ code: 2 });
    expect(await metrics(['track', 'pypi:acme-rocket', '--replaces', 'docker:a/b'])).toMatchObject({
      code: 1,
      stderr:
        "acme-rocket on PyPI can't replace a/b on Docker Hub: name another package, as in pypi:package.\n",
    });
    const wrong = await metrics(['list'], { env: { GITHUB_API_URL: 'nowhere' } });
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('GITHUB_API_URL') });
  });

  test('status is the report of that name, and what this machine leaves out', async () => {
    await metrics(['track', 'pypi:acme-rocket']);
    const now = NOW + 49 * 3_600_000;
    const { stdout, code } = await metrics(['status'], { now });
    expect(code).toBe(0);
    const { stdout: report } = await metrics(['report', 'status'], { now });
    expect(report).toContain('PyPI: 1 subject polled');
    expect(stdout).toBe(`${report}
Not set here:
  SLACK_BOT_TOKEN, SLACK_APP_TOKEN: “npm start” opens the playground, not Slack
  OPENLINEAGE_URL: nobody is told of runs
`);
    const all = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      GITHUB_TOKEN: 'ghp_1',
      OPENLINEAGE_URL: server.url,
    };
    const complete = await metrics(['status', 'pypi'], { env: all, now });
    expect(complete.stdout).not.toMatch(/Not set here|ghp_1|Docker/);
    expect(complete.stdout).toContain('PyPI');
    expect((await metrics(['status', 'checks'], { now })).code).toBe(0);
  });
});

describe('import', () => {
  const text = 'day,project,stars\n2022-03-01,acme/rocket,3\n2022-02-30,acme/rocket,4\n';

  test('says what changed, and names bad rows', async () => {
    const csv = file('stars.csv', text);
    expect(await metrics(['import', 'stars', csv])).toMatchObject({
      code: 0,
      stdout:
        'Read 2 rows about 1 subject: 1 day new, 0 changed, 0 as before. 1 bad row left out.\n',
      stderr: 'line 3: the day is 2022-02-30, which does not exist\n',
    });
    expect((await metrics(['import', 'stars', csv])).stdout).toContain(
      '0 days new, 0 changed, 1 as before',
    );
  });

  test('a file of bad rows does not flood the terminal', async () => {
    const csv = file('bad.csv', `day,project,stars\n${'x,y,z\n'.repeat(50)}`);
    const { stderr } = await metrics(['import', 'stars', csv]);
    expect(stderr.trim().split('\n')).toHaveLength(21);
    expect(stderr).toContain('and 30 more like these');
  });

  test('what a file holds is not written on the terminal as it is', async () => {
    const csv = file(
      'odd.csv',
      `day,project,stars\n\u001B]0;x\u0007\0,a/b,1\n2020-01-01,a/b,${'9'.repeat(500)}\n`,
    );
    const { code, stderr } = await metrics(['import', 'stars', csv]);
    expect(code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
    expect(stderr.length).toBeLessThan(300);
  });

  test('a missing file, another shape and an unknown kind are refused', async () => {
    expect(await metrics(['import', 'stars', path('no.csv')])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no such file'),
    });
    expect((await metrics(['import', 'stars', folder])).stderr).toContain('it is a folder');
    expect((await metrics(['import', 'pulls', file('stars.csv', text)])).stderr).toContain(
      'has to name the columns day,image,pull_count',
    );
    expect(await metrics(['import', 'forks', 'x.csv'])).toMatchObject({ code: 2 });
  });
});

describe('report', () => {
  beforeEach(async () => {
    const days = Array.from({ length: 28 }, (_, day) => String(day + 1).padStart(2, '0'));
    const rows = days.map((day, index) => `2022-02-${day},Acme/Rocket,${index + 1}`);
    const csv = file('stars.csv', ['day,project,stars', ...rows].join('\n'));
    await metrics(['import', 'stars', csv]);
  });

  test('in words, as a table and as JSON', async () => {
    const { code, stdout } = await metrics(['report', 'stars']);
    expect(code).toBe(0);
    expect(stdout).toContain('28 stars');
    const csv = await metrics(['report', 'stars', '--format', 'csv']);
    expect(csv.stdout.trim().split('\n').at(-1)).toContain('2022-02-28,Acme/Rocket,28');
    const json = await metrics(['report', 'stars', 'rocket', 'weekly', '-f', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      words: { headline: expect.stringContaining('28') },
      table: { columns: expect.arrayContaining(['stars']) },
      spec: { $schema: expect.stringContaining('vega-lite') },
    });
  });

  test('as a picture, into a file or a pipe but not onto a terminal', async () => {
    const svg = await metrics(['report', 'stars', '-o', path('stars.svg')]);
    expect(svg).toMatchObject({ code: 0, stdout: expect.stringContaining('stars.svg') });
    expect(readFileSync(path('stars.svg'), 'utf8')).toMatch(/^<svg/);
    const png = await metrics(['report', 'stars', 'dark', '--format', 'png']);
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    const refused = await metrics(['report', 'stars', '--format', 'png'], { isTTY: true });
    expect(refused).toMatchObject({
      code: 2,
      stdout: '',
      stderr: "A terminal can't show a PNG: name a file, as in -o stars.png.\n",
    });
  });

  test('sample data is called that, beside the words and in the picture', async () => {
    const db = openDatabase(path('test.db'));
    markSample(db);
    db.close();
    const words = await metrics(['report', 'stars']);
    expect(words).toMatchObject({ code: 0, stderr: `${SAMPLE_NOTE}\n` });
    const json = await metrics(['report', 'stars', '-f', 'json']);
    expect(JSON.parse(json.stdout).spec.title.text).toMatch(/\(sample data\)$/);
    // Something real may be called as what is made up.
    const tracked = await metrics(['track', 'pypi:acme-rocket']);
    expect(tracked).toMatchObject({ code: 1, stdout: '' });
    expect(tracked.stderr).toContain('the sample data of the playground');
  });

  test('every report answers without data', async () => {
    const env = { DATABASE_PATH: path('empty.db') };
    for (const { name } of reports) {
      const words = await metrics(['report', name], { env });
      expect(words, name).toMatchObject({ code: 0, stderr: '' });
      const png = await metrics(['report', name, '--format', 'png'], { env });
      expect(png, name).toMatchObject({ code: 1, stdout: '' });
      expect(png.stderr).toContain('There is nothing to draw.');
    }
  });

  test('takes the words of Slack as options as well', async () => {
    const plain = await metrics(['report', 'stars', 'dark', '-f', 'json']);
    expect(plain.code).toBe(0);
    expect(await metrics(['report', 'stars', '--dark', '-f', 'json'])).toEqual(plain);
    expect(await metrics(['report', 'alerts', '-1'])).toMatchObject({
      code: 1,
      stderr: 'There is no incident -1: “alerts” lists them all.\n',
    });
  });

  test('wrong names, words and endings are refused in a sentence', async () => {
    expect(await metrics(['report', 'planets'])).toMatchObject({ code: 2 });
    expect(await metrics(['report', 'alerts', '7'])).toMatchObject({
      code: 1,
      stderr: 'There is no incident 7: “alerts” lists them all.\n',
    });
    expect(await metrics(['report', 'stars', 'Nobody Knows'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nobody Knows'),
    });
    expect(await metrics(['report', 'stars', '-o', path('stars.gif')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('tells no format'),
    });
    expect(await metrics(['report', 'stars', '-o', path('no/such/x.csv')])).toMatchObject({
      code: 1,
    });
  });

  test.skipIf(!shared('data/openlineage'))(
    'the real history (../shared/data/openlineage)',
    async () => {
      const env = { DATABASE_PATH: path('real.db') };
      const csv = shared('data/openlineage/github_daily_summary_history.csv') ?? '';
      await metrics(['import', 'stars', csv], { env });
      const { stdout } = await metrics(['report', 'stars', 'all', '-f', 'csv'], { env });
      expect(stdout).toContain('2021-11-07,OpenLineage/OpenLineage,553');
      expect(stdout).toContain('2021-11-07,MarquezProject/marquez,828');
    },
  );
});

test('help is success, nothing at all and nonsense are wrong usage', async () => {
  expect(await metrics(['--help'])).toMatchObject({ code: 0, stderr: '' });
  expect(await metrics([])).toMatchObject({ code: 2, stdout: '' });
  expect(await metrics(['dance'])).toMatchObject({ code: 2, stdout: '' });
});

test('what Slack or “report” knows is said to be there, and the version is told', async () => {
  expect(await metrics(['summary', '-o', 'x.png'])).toMatchObject({
    code: 2,
    stderr: '“summary” is a report: write “report summary”.\n',
  });
  for (const word of ['digest', 'subscribe', 'preview']) {
    expect(await metrics([word])).toMatchObject({
      code: 2,
      stderr: 'Digests are for channels, in Slack; “report summary” shows what one is made of.\n',
    });
  }
  expect(await metrics(['pol'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Did you mean poll\?[\s\S]*“help”/),
  });
  expect(await metrics(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test('as a process: exit codes, and no stack trace', () => {
  const start = join(import.meta.dirname, '../src/start.mjs');
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [start, 'cli', ...words], {
      env: { ...process.env, ...environment() },
      encoding: 'utf8',
    });
  expect(run('list')).toMatchObject({ status: 0, stderr: '' });
  writeFileSync(path('test.db'), 'this is no database, and far too short to be one');
  const broken = run('list');
  expect(broken.status).toBe(1);
  expect(broken.stderr).toMatch(/^The database .* it is not a SQLite database; .*\n$/);
});

test('as a process: Ctrl-C ends a poll in order, and says how to go on', async () => {
  await metrics(['track', 'docker:acme/rocket']);
  const asked = Promise.withResolvers<void>();
  server.answer = () => asked.resolve();
  const start = join(import.meta.dirname, '../src/start.mjs');
  const env = { ...process.env, ...environment() };
  const polling = spawn(process.execPath, [start, 'cli', 'poll', 'docker'], { env });
  let stderr = '';
  polling.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = once(polling, 'close');
  await asked.promise;
  polling.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  expect(stderr).toBe('Stopped. What was read until now is kept; “poll” goes on from there.\n');
});

test('a table never brings a formula into a spreadsheet', () => {
  const names = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(1)', '\t=1', 'plain', 'a=b'];
  const rows = names.map((name) => [name, -1, null] as const);
  expect(toCsv({ columns: ['user', 'messages', 'rank'], rows })).toBe(
    `user,messages,rank
"'=HYPERLINK(""http://x"")",-1,
'+1,-1,
'-1,-1,
'@SUM(1),-1,
'\t=1,-1,
plain,-1,
a=b,-1,
`,
  );
});
