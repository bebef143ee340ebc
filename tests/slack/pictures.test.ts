import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkspaceServer } from '../../playground/server/index.ts';
import { plainOptions } from '../../src/slack/client.ts';
import { PictureFailed, uploadPicture } from '../../src/slack/pictures.ts';
import { PIXEL, startServer } from '../playground/server/workspace.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';

const PICTURE = { filename: 'stars.png', title: 'Stars', altText: 'Stars rise' };

let server: WorkspaceServer;
let fake: FakeSlack;

beforeEach(async () => {
  server = await startServer();
  fake = await startFakeSlack();
});

afterEach(async () => {
  await fake.stop();
  await server.stop();
});

test('a picture is uploaded, waited for, and can be shown in a block', async () => {
  const client = new WebClient(server.botToken, plainOptions(server.apiUrl, undefined));
  const id = await uploadPicture(client, PIXEL, PICTURE);
  const { file } = await client.files.info({ file: id });
  expect(file).toMatchObject({ title: 'Stars', mimetype: 'image/png', alt_txt: 'Stars rise' });
  const posted = await client.chat.postMessage({
    channel: 'CGEN',
    text: 'Stars',
    blocks: [{ type: 'image', slack_file: { id }, alt_text: 'Stars rise' }],
  });
  expect(posted.ok).toBe(true);
});

test('an alternative text longer than a file may have is cut', async () => {
  const client = new WebClient(server.botToken, plainOptions(server.apiUrl, undefined));
  const id = await uploadPicture(client, PIXEL, { ...PICTURE, altText: 'x'.repeat(1990) });
  expect((await client.files.info({ file: id })).file?.mimetype).toBe('image/png');
});

test.each([
  ['Slack refuses', () => ({ ok: false, error: 'missing_scope' })],
  ['Slack limits', () => 30],
  ['the place is not there', () => ({ ok: true, upload_url: `${fake.apiUrl}no`, file_id: 'F1' })],
  ['Slack names no place', () => ({ ok: true })],
])('when %s, the caller is told so', async (_name, answer) => {
  fake.methods['files.getUploadURLExternal'] = answer;
  fake.methods.no = () => 1;
  const client = new WebClient('xoxb-test', plainOptions(fake.apiUrl, undefined));
  const upload = uploadPicture(client, PIXEL, PICTURE);
  await expect(upload).rejects.toThrow(PictureFailed);
  await expect(upload).rejects.toMatchObject({ cause: expect.any(Error) });
});
