import { App, LogLevel } from '@slack/bolt';
import type { WebAPICallResult } from '@slack/web-api';
import { createCanvas } from 'canvas';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPage } from '../../playground/page-bundle.ts';
import type { WorkspaceServer } from '../../playground/server/index.ts';
import { pageOf, startServer } from '../playground/server/workspace.ts';
import { become, findChromium, launch, NO_CHROMIUM, open, say } from './chromium.ts';

/** What uploadV2 answers; its own type does not say. */
type UploadAnswer = WebAPICallResult & { files: { files: { id: string }[] }[] };

const ALT = 'Stars rise from 100 to 250.';

const { promise: buttonsMayAnswer, resolve: answerButtons } = Promise.withResolvers<void>();

const chromiumPath = findChromium();
if (!chromiumPath) console.log(NO_CHROMIUM);

describe.skipIf(!chromiumPath)("the playground's page", () => {
  let server: WorkspaceServer;
  let app: App;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    server = await startServer({ page: createPage().handler });
    app = starsApp(server);
    [browser] = await Promise.all([launch(), app.start(), bundled(server)]);
    context = await browser.newContext();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await server?.stop();
  });
  beforeEach(async () => {
    complaints = [];
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await open(page, server.url, 'UADA');
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  test('a command is completed, answered to its asker alone, and its picture opens large', async () => {
    const composer = page.getByRole('combobox', { name: 'Message #general' });
    await composer.pressSequentially('/met');
    await page.getByRole('option', { name: '/metrics' }).waitFor();
    await composer.press('Tab');
    expect(await composer.inputValue()).toBe('/metrics ');
    await say(page, 'stars');

    const answer = page.getByRole('article').filter({ hasText: 'Here are the stars' });
    await answer.getByText('Only visible to you').waitFor();
    expect(await answer.textContent()).toContain('APP');

    const small = await answer.getByRole('img', { name: ALT }).boundingBox();
    await answer.getByRole('button', { name: ALT }).click();
    const large = page.getByRole('dialog').getByRole('img', { name: ALT });
    expect((await large.boundingBox())?.width).toBeGreaterThan(small?.width ?? Number.NaN);
    await page.keyboard.press('Escape');
    await large.waitFor({ state: 'detached' });
  });

  test('a button shows that it waits, and its answer arrives', async () => {
    await say(page, '/metrics pulls');
    const answer = page.getByRole('article').filter({ hasText: 'Here are the pulls' });
    const button = answer.getByRole('button', { name: 'Daily' });
    await button.click();
    expect(await button.getAttribute('aria-busy')).toBe('true');
    answerButtons();
    await page.getByText('You chose daily', { exact: true }).waitFor();
    expect(await button.getAttribute('aria-busy')).toBe('false');
  });

  test('another person sees other channels, and not what only the first may see', async () => {
    const channels = page.getByRole('navigation', { name: 'Channels and apps' });
    await channels.getByRole('button', { name: 'secret' }).waitFor();

    await become(page, 'bo');
    await channels.getByRole('button', { name: 'hidden' }).waitFor();
    expect(await channels.getByRole('button', { name: 'secret' }).count()).toBe(0);
    expect(await page.getByText('Only visible to you').count()).toBe(0);
    expect(page.url()).toContain('as=UBO');
  });

  test('what others write arrives by itself, and is counted where nobody looks', async () => {
    const bo = pageOf(server, 'UBO');
    await bo.say('CGEN', 'Hello from Bo');
    await page.getByRole('article').getByText('Hello from Bo').waitFor();
    await bo.say('CSIDE', 'Over here');
    await page.getByRole('button', { name: 'side 1 new' }).click();
    await page.getByText('Over here').waitFor();
  });

  test('one’s own message is written, changed and deleted', async () => {
    await say(page, 'A *bold* word for @bo & co');
    const mine = page.getByRole('article', { name: 'ada' }).last();
    await mine.getByText('@bo').waitFor();
    await mine.hover();
    await mine.getByRole('button', { name: 'Edit the message' }).click();
    const editor = page.getByRole('textbox', { name: 'Edit the message' });
    expect(await editor.inputValue()).toBe('A *bold* word for @bo & co');
    await editor.fill('Another word');
    await editor.press('Enter');
    await mine.getByText('(edited)').waitFor();

    await mine.hover();
    await mine.getByRole('button', { name: 'Delete the message' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Another word').waitFor({ state: 'detached' });
  });

  test('on a phone nothing is wider than the window, and the channels are a drawer', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const wider = 'document.documentElement.scrollWidth > window.innerWidth';
    expect(await page.evaluate(wider)).toBe(false);
    await page.getByRole('button', { name: 'Channels and people' }).click();
    await page.getByRole('button', { name: 'side' }).click();
    await page.getByRole('main', { name: '#side' }).waitFor();
    expect(await page.evaluate(wider)).toBe(false);
  });
});

/** A small app of its own: a picture with words, and a button. */
function starsApp(server: WorkspaceServer): App {
  const app = new App({
    token: server.botToken,
    appToken: server.appToken,
    socketMode: true,
    ignoreSelf: false,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: server.apiUrl },
  });
  app.command('/metrics', async ({ ack, client, command, respond }) => {
    await ack();
    const file = createCanvas(1600, 800).toBuffer('image/png');
    const upload = await client.files.uploadV2({ file, filename: 'stars.png' });
    const id = (upload as UploadAnswer).files[0]?.files[0]?.id ?? '';
    while (!(await client.files.info({ file: id })).file?.mimetype) await pause(10);
    await respond({
      response_type: 'ephemeral',
      text: `Here are the ${command.text}`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `*Here are the ${command.text}*` } },
        { type: 'image', slack_file: { id }, alt_text: ALT },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'daily',
              value: 'daily',
              text: { type: 'plain_text', text: 'Daily' },
            },
          ],
        },
      ],
    });
  });
  app.action('daily', async ({ ack, respond }) => {
    await ack();
    await buttonsMayAnswer;
    await respond({ text: 'You chose daily', replace_original: false });
  });
  return app;
}

async function bundled(server: WorkspaceServer): Promise<void> {
  while ((await fetch(server.url)).status === 503) await pause(20);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
