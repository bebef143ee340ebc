import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { claimRun, finishRun } from '../db/jobs.ts';
import { openDatabase } from '../db/open.ts';
import { runCli } from '../src/cli/program.ts';
import { readConfig } from '../src/config.ts';
import { checkDatabase } from '../src/doctor/database.ts';
import { checkLineage } from '../src/doctor/lineage.ts';
import { OPTIONAL_SCOPES, SCOPES } from '../src/doctor/scopes.ts';
import { checkSlack } from '../src/doctor/slack.ts';
import { examine } from '../src/doctor.ts';
import { createLog } from '../src/log.ts';
import { createSources } from '../src/sources/index.ts';
import type { Checkup } from '../src/sources/source.ts';
import { NOW } from './sources/cases.ts';
import { reply, startServer, type TestServer } from './sources/server.ts';

let folder: string;
let server: TestServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-'));
  server = await startServer(reply(404, '{}'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const TOKENS = { SLACK_BOT_TOKEN: 'xoxb-secret-1', SLACK_APP_TOKEN: 'xapp-secret-2' };
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:1024';
const SCOPE_HEADER = [...SCOPES, ...OPTIONAL_SCOPES].join(',');

/** What the doctor says of everything but the sources, by what it is about. */
async function examined(
  env: Readonly<Record<string, string>>,
  { patienceMs = 5000 } = {},
): Promise<Record<string, Checkup>> {
  const config = readConfig({ DATABASE_PATH: join(folder, 'test.db'), ...env });
  const lines: Checkup[] = [];
  for await (const line of examine({ config, sources: [], now: () => NOW, patienceMs })) {
    lines.push(line);
  }
  return Object.fromEntries(lines.map((line) => [line.what, line]));
}

/** Slack, as far as the doctor asks it. */
function slack(methods: Readonly<Record<string, object>>, scopes: string | undefined) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const body = methods[request.url?.split('/').at(-1) ?? ''];
    const headers = scopes === undefined ? {} : { 'x-oauth-scopes': scopes };
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body ?? { ok: false, error: 'unknown_method' }));
  };
}
const WORKING = {
  'auth.test': { ok: true, team: 'Tide Pool' },
  'apps.connections.open': { ok: true, url: 'ws://127.0.0.1:1/' },
};

describe('Slack', () => {
  async function slackLines(): Promise<Record<string, Checkup>> {
    const lines = await checkSlack(readConfig({ ...TOKENS, SLACK_API_URL: `${server.url}/api/` }));
    return Object.fromEntries(lines.map((line) => [line.what, line]));
  }

  test('both tokens work, with all scopes', async () => {
    server.answer = slack(WORKING, SCOPE_HEADER);
    expect(await slackLines()).toMatchObject({
      SLACK_BOT_TOKEN: { state: 'good', detail: expect.stringContaining('Tide Pool') },
      'Slack scopes': { state: 'good' },
      SLACK_APP_TOKEN: { state: 'good' },
    });
  });

  test('scopes that are missing are named; the optional ones may be', async () => {
    server.answer = slack(WORKING, SCOPE_HEADER.replace('files:write,', ''));
    expect((await slackLines())['Slack scopes']).toMatchObject({
      state: 'bad',
      detail: expect.stringMatching(/^files:write is missing: give the app the current manifest/),
    });
    server.answer = slack(WORKING, SCOPES.join(','));
    expect((await slackLines())['Slack scopes']).toMatchObject({
      state: 'good',
      detail: expect.stringContaining('groups:history and groups:read'),
    });
    server.answer = slack(WORKING, undefined);
    expect((await slackLines())['Slack scopes']).toMatchObject({ state: 'limited' });
  });

  test('a token that is refused, and one without its scope', async () => {
    const methods = {
      'auth.test': { ok: false, error: 'invalid_auth' },
      'apps.connections.open': { ok: false, error: 'missing_scope' },
    };
    server.answer = slack(methods, undefined);
    const lines = await slackLines();
    expect(lines).toMatchObject({
      SLACK_BOT_TOKEN: { state: 'bad', detail: expect.stringContaining('(invalid_auth): copy it') },
      SLACK_APP_TOKEN: { state: 'bad', detail: expect.stringContaining('connections:write') },
    });
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  test('the scopes are those of the manifest', () => {
    const manifest = parse(readFileSync(join(import.meta.dirname, '../manifest.yml'), 'utf8'));
    const { bot, bot_optional } = manifest.oauth_config.scopes;
    expect([...SCOPES, ...OPTIONAL_SCOPES].toSorted()).toEqual(bot);
    expect([...OPTIONAL_SCOPES]).toEqual(bot_optional);
  });
});

describe('the rest', () => {
  test('with nothing set, all that is there works', async () => {
    expect(await examined({})).toMatchObject({
      'Node.js': { state: 'good', detail: expect.stringContaining(process.versions.node) },
      Database: { state: 'good', detail: expect.stringMatching(/schema \d+, .* are free/) },
      Slack: { state: 'limited', detail: expect.stringContaining('playground') },
      Lineage: { state: 'good', detail: expect.stringContaining('OPENLINEAGE_URL is not set') },
      Pictures: { state: 'good' },
    });
  });

  test('a database that is none', () => {
    writeFileSync(join(folder, 'no.db'), 'no database, but long enough to be one. '.repeat(99));
    expect(checkDatabase(join(folder, 'no.db'))).toMatchObject([
      { state: 'bad', detail: expect.stringContaining('not a SQLite database') },
    ]);
    expect(checkDatabase(folder)).toMatchObject([
      { state: 'bad', detail: expect.stringContaining('it is a folder') },
    ]);
  });

  test('a database that is damaged behind its beginning', async () => {
    const path = join(folder, 'damaged.db');
    const db = openDatabase(path);
    const page = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'subject'").pluck();
    const [at, size] = [page.get() as number, db.pragma('page_size', { simple: true }) as number];
    db.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, (at - 1) * size, at * size));
    expect(checkDatabase(path)).toMatchObject([
      { state: 'bad', detail: expect.stringMatching(/damaged.*restore a copy/) },
    ]);
    let said = '';
    const out = { write: (chunk: string | Uint8Array) => (said += String(chunk)) };
    const io = { stdout: out, stderr: out, now: () => NOW, onInterrupt: () => () => {} };
    expect(await runCli(['report', 'stars'], { env: { DATABASE_PATH: path }, ...io })).toBe(1);
    expect(said).toBe(
      `The database ${path} can't be used: it is damaged; restore a copy, or name another file.\n`,
    );
  });

  test('jobs of the bot that failed the last time', () => {
    const path = join(folder, 'jobs.db');
    const jobsNow = () => checkDatabase(path).find(({ what }) => what === 'Jobs');
    expect(jobsNow()).toMatchObject({ state: 'good', detail: 'The bot has not run here yet.' });
    const db = openDatabase(path);
    const run = (job: string, dueAt: string, error?: string) => {
      claimRun(db, job, dueAt, dueAt);
      finishRun(db, job, dueAt, dueAt, error);
    };
    run('poll github', '2022-03-10T05:48:00.000Z');
    run('pack days', '2022-03-10T08:20:00.000Z', 'Error: too large');
    expect(jobsNow()).toMatchObject({
      state: 'limited',
      detail:
        '“pack days” of 2022-03-10 08:20 UTC (Error: too large) failed; the log tells more, and the next run tries again.',
    });
    run('pack days', '2022-03-10T08:30:00.000Z');
    db.close();
    expect(jobsNow()).toMatchObject({ state: 'good', detail: 'All went well the last time.' });
  });

  test('a receiver of events that answers, refuses, fails and is not there', async () => {
    const ofLineage = (url: string) => checkLineage(url, new AbortController().signal);
    server.answer = reply(405, '');
    expect(await ofLineage(`${server.url}/`)).toMatchObject({ state: 'good' });
    for (const status of [401, 403, 500, 503]) {
      server.answer = reply(status, '');
      const { state, detail } = await ofLineage(server.url);
      expect([state, detail]).toEqual(['bad', expect.stringContaining(`answers ${status}`)]);
    }
    expect(await ofLineage(NOWHERE)).toMatchObject({
      state: 'bad',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('what never answers is given up', async () => {
    server.answer = () => {};
    const env = { ...TOKENS, SLACK_API_URL: `${server.url}/api/`, OPENLINEAGE_URL: server.url };
    const lines = await examined(env, { patienceMs: 400 });
    expect(lines.Slack).toMatchObject({
      state: 'bad',
      detail: 'No answer within 0.4 seconds: check the network and its address.',
    });
    expect(lines.Lineage).toMatchObject({ state: 'bad' });
    expect(lines.Database).toMatchObject({ state: 'good' });
  });
});

describe('on the command line', () => {
  test('without a network every source says so in a line, and the exit code is 1', async () => {
    const env = {
      DATABASE_PATH: join(folder, 'test.db'),
      GITHUB_API_URL: NOWHERE,
      DOCKERHUB_API_URL: NOWHERE,
      PYPISTATS_API_URL: NOWHERE,
      OSV_API_URL: NOWHERE,
      GITHUB_TOKEN: 'ghp_secret',
    };
    async function doctor(isTTY: boolean) {
      const said = { out: '', err: '' };
      const into = (name: keyof typeof said) => ({
        isTTY,
        write(chunk: string | Uint8Array) {
          said[name] += String(chunk);
        },
      });
      const code = await runCli(['doctor'], {
        env,
        stdout: into('out'),
        stderr: into('err'),
        now: () => NOW,
        onInterrupt: () => () => {},
      });
      return { ...said, code };
    }
    const [terminal, pipe] = await Promise.all([doctor(true), doctor(false)]);
    expect(terminal.code).toBe(1);
    expect(terminal.err).toMatch(/^\d+ things to mend\.\n$/);
    expect(terminal.out + terminal.err).not.toMatch(/secret|^\s+at /m);
    const lines = terminal.out.trimEnd().split('\n');
    expect(lines.every((line) => /^[✓!✗] \S.*: \S/.test(line))).toBe(true);
    for (const { title } of createSources(readConfig(env), createLog('silent'))) {
      expect(lines).toContainEqual(expect.stringMatching(`^✗ ${title}`));
    }
    expect(pipe.out).toMatch(/^good: Node\.js: /);
  });

  test('a setting that is wrong is told, and the rest is tried all the same', async () => {
    const env = {
      DATABASE_PATH: join(folder, 'test.db'),
      GITHUB_API_URL: NOWHERE,
      DOCKERHUB_API_URL: NOWHERE,
      PYPISTATS_API_URL: NOWHERE,
      OSV_API_URL: NOWHERE,
      SLACK_BOT_TOKEN: 'xoxb-secret',
      BIGQUERY_MAX_BYTES: 'plenty',
      OPENLINEAGE_URL: 'http://me:secret@127.0.0.1:1024',
    };
    let out = '';
    const stdout = { write: (chunk: string | Uint8Array) => (out += String(chunk)) };
    const io = { env, stdout, stderr: stdout, now: () => NOW, onInterrupt: () => () => {} };
    expect(await runCli(['doctor'], io)).toBe(1);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^bad: Settings: .*BIGQUERY_MAX_BYTES must be a number of bytes/);
    expect(lines[0]).toContain('OPENLINEAGE_URL must hold no name and no password');
    expect(lines[1]).toMatch(/^bad: Settings: SLACK_APP_TOKEN is missing/);
    expect(lines).toContainEqual(expect.stringMatching(/^good: Database: /));
    expect(lines).toContainEqual(expect.stringMatching(/^bad: Docker Hub/));
    expect(out).not.toContain('secret');
  });
});
