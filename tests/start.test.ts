import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type FakeSlack, startFakeSlack } from './slack/fake-slack.ts';

const START = resolve(import.meta.dirname, '../src/start.mjs');

let folder: string;
let fake: FakeSlack;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-'));
  fake = await startFakeSlack();
});
afterAll(async () => {
  await fake.stop();
  rmSync(folder, { recursive: true });
});

/** Runs `npm start` until it ends, or says something on standard output. */
function start(env: Record<string, string>, act?: (pid: number) => void, cwd = folder) {
  const child = spawn(process.execPath, [START], { cwd, env });
  const out = { code: -1, stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    out.stdout += data;
    if (child.pid) act?.(child.pid);
  });
  child.stderr.on('data', (data) => {
    out.stderr += data;
  });
  return new Promise<typeof out>((ended) => {
    child.on('close', (code) => ended({ ...out, code: code ?? -1 }));
  });
}

const tokens = { SLACK_BOT_TOKEN: 'xoxb-secret-1', SLACK_APP_TOKEN: 'xapp-secret-2' };
const onFake = (): Record<string, string> => ({
  ...tokens,
  SLACK_API_URL: fake.apiUrl,
  DATABASE_PATH: join(folder, 'bot.db'),
});
/** What is for people: the log's lines are JSON. */
const said = (stderr: string) => stderr.split('\n').filter((line) => line && !line.startsWith('{'));

async function refusal(env: Record<string, string>, cwd = folder): Promise<string> {
  const { code, stdout, stderr } = await start(env, undefined, cwd);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/secret|^\s+at /m);
  expect(said(stderr)).toHaveLength(1);
  return said(stderr)[0] ?? '';
}

describe.concurrent('a start that can not be ends in one sentence and with exit code 1', () => {
  test('one token without the other', async () => {
    expect(await refusal({ SLACK_BOT_TOKEN: 'xoxb-secret-1' })).toMatch(/^SLACK_APP_TOKEN is miss/);
  });

  test('settings that are no good are all named, without their values', async () => {
    const env = {
      ...tokens,
      SLACK_BOT_TOKEN: 'secret',
      GITHUB_TOKEN: 'my secret',
      PORT: 'x',
      LOG_LEVEL: 'loud',
    };
    expect(await refusal(env)).toBe(
      'The environment is not right: SLACK_BOT_TOKEN must start with xoxb-; PORT must be a port, 0 to 65535; GITHUB_TOKEN must be one word of plain letters, digits and signs; LOG_LEVEL must be one of fatal, error, warn, info, debug, silent.',
    );
  });

  test('one token without the other, in a file that an editor began with a byte order mark', async () => {
    const cwd = mkdtempSync(join(folder, 'marked-'));
    writeFileSync(join(cwd, '.env'), '\uFEFFSLACK_BOT_TOKEN=xoxb-secret-1\n');
    expect(await refusal({}, cwd)).toMatch(/^SLACK_APP_TOKEN is miss/);
  });

  test('settings that can not be read', async () => {
    const cwd = mkdtempSync(join(folder, 'unreadable-'));
    mkdirSync(join(cwd, '.env'));
    expect(await refusal({}, cwd)).toMatch(/^The settings in \.env can't be read: EISDIR/);
  });

  test('Slack is not there', async () => {
    const env = { ...onFake(), SLACK_API_URL: 'http://127.0.0.1:1/api/' };
    expect(await refusal(env)).toMatch(
      /^Slack can't be reached at http:\/\/127.0.0.1:1\/api\/ \(.+\)/,
    );
  });

  test('the database is a folder', async () => {
    expect(await refusal({ ...onFake(), DATABASE_PATH: folder })).toMatch(/it is a folder/);
  });

  test('the database is no database', async () => {
    const path = join(folder, 'no.db');
    writeFileSync(path, 'no database, but long enough to be one. '.repeat(99));
    expect(await refusal({ ...onFake(), DATABASE_PATH: path })).toMatch(/not a SQLite database/);
  });

  test("the playground's port is taken", async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => other.once('listening', listening));
    const { port } = other.address() as AddressInfo;
    expect(await refusal({ PORT: String(port) })).toMatch(`Port ${port} is taken`);
    other.close();
  });
});

describe('on Slack', () => {
  test.each([
    ['auth.test', 'SLACK_BOT_TOKEN'],
    ['apps.connections.open', 'SLACK_APP_TOKEN'],
  ])('%s refuses the token: %s is named', async (method, setting) => {
    const before = fake.methods[method];
    fake.methods[method] = () => ({ ok: false, error: 'invalid_auth' });
    expect(await refusal(onFake())).toMatch(`Slack refuses ${setting} (invalid_auth): copy it`);
    if (before) fake.methods[method] = before;
  });

  test('it says when it is connected, and a signal ends it well', async () => {
    const { code, stdout, stderr } = await start(onFake(), (pid) => process.kill(pid, 'SIGTERM'));
    expect(stdout).toBe('Groundswell is connected to Slack.\n');
    expect(said(stderr)).toEqual([]);
    expect(code).toBe(0);
  });

  test('what ends npm ends the bot, which npm does not tell', async () => {
    const { PATH = '' } = process.env;
    const npm = spawn('npm', ['start'], {
      cwd: resolve(import.meta.dirname, '..'),
      env: { ...onFake(), PATH, HOME: folder },
      detached: true,
    });
    onTestFinished(() => {
      // Nothing is left of the group where all went well.
      try {
        process.kill(-(npm.pid ?? 0), 'SIGKILL');
      } catch {}
    });
    let stdout = '';
    npm.stdout.on('data', (data) => {
      stdout += data;
      if (stdout.includes('connected')) npm.kill('SIGTERM');
    });
    // It is open for as long as the bot is.
    await new Promise((closed) => npm.on('close', closed));
    expect(stdout).toContain('Groundswell is connected to Slack.');
  });
});
