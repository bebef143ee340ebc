import { Octokit } from '@octokit/rest';
import { WebAPIHTTPError, WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { createLog } from '../src/log.ts';
import { plainOptions } from '../src/slack/client.ts';
import { sdkLogger } from '../src/slack/sdk-log.ts';

/** Logs `error` as every door does, and answers the line. */
function logged(error: unknown): string {
  const lines: string[] = [];
  createLog('info', { write: (line) => void lines.push(line) }).error({ err: error }, 'failed');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

const NOWHERE = 'http://127.0.0.1:1/';
const SECRETS = /between you and me|xoxb-1|ghp_1|github_pat_1|ticket=abc/;

test('an error is logged with its kind, its causes and where it happened', () => {
  const line = JSON.parse(logged(new TypeError('outer', { cause: new RangeError('inner') })));
  expect(line.err).toMatchObject({
    type: 'TypeError',
    message: 'outer',
    cause: { type: 'RangeError', message: 'inner' },
  });
  expect(line.err.stack).toContain('log.test.ts');
});

test('a request that failed does not bring its token and its body along', async () => {
  const client = new WebClient('xoxb-1', plainOptions(NOWHERE, sdkLogger(createLog('silent'))));
  const text = 'between you and me';
  const slack = await thrownBy(client.chat.postMessage({ channel: 'C1', text }));
  expect(logged(slack)).toMatch(/request error/);
  expect(logged(slack)).not.toMatch(SECRETS);

  const octokit = new Octokit({ auth: 'ghp_1', baseUrl: NOWHERE });
  octokit.log.error = () => {};
  const github = await thrownBy(octokit.request('POST /x', { text }));
  expect(logged(github)).not.toMatch(SECRETS);
});

test('what an error carries besides its words stays out', () => {
  expect(logged(new WebAPIHTTPError(500, 'no', {}, 'between you and me'))).not.toMatch(SECRETS);
  const nested = Object.assign(new Error('bad'), {
    request: { deep: { body: { text: 'between you and me' } } },
  });
  expect(logged(nested)).not.toMatch(SECRETS);
  expect(logged(Object.assign(new Error('outer'), { original: nested }))).not.toMatch(SECRETS);
  expect(logged('between you and me')).not.toMatch(SECRETS);
});

test('a token within the words is cut out', () => {
  const words =
    'Bearer xoxb-1-2-a is no header, nor ghp_1a or github_pat_1a; wss://x/?ticket=abc&y=1';
  expect(logged(new Error(words))).not.toMatch(SECRETS);
  expect(logged(new Error(words))).toContain('is no header');
});

test('a password in an address is cut out', async () => {
  const refused = await thrownBy(fetch('http://me:abc-secret@127.0.0.1:1/'));
  expect(logged(refused)).toMatch(/127\.0\.0\.1/);
  expect(logged(refused)).not.toContain('abc-secret');
});
