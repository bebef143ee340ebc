import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPage } from '../../playground/page-bundle.ts';
import type { WorkspaceServer } from '../../playground/server/index.ts';
import { pageOf, startServer } from '../playground/server/workspace.ts';
import { type SampleBot, startSampleBot } from '../sample-bot.ts';
import { become, findChromium, launch, NO_CHROMIUM, open, say } from './chromium.ts';
import { ALT, starsApp } from './stars-app.ts';

const chromiumPath = findChromium();
if (!chromiumPath) console.log(NO_CHROMIUM);

// Bundled and launched once, for both workspaces.
const { handler, prepare } = createPage();
let browser: Browser;

beforeAll(async () => {
  if (!chromiumPath) return;
  prepare();
  browser = await launch();
});
afterAll(() => browser?.close());

describe.skipIf(!chromiumPath)("the playground's page", () => {
  const desktop = { width: 1280, height: 720 };
  const { promise: buttonsMayAnswer, resolve: answerButtons } = Promise.withResolvers<void>();
  const complaints: string[] = [];
  let server: WorkspaceServer;
  let app: App;
  let page: Page;

  beforeAll(async () => {
    server = await startServer({ page: handler });
    app = starsApp(server, buttonsMayAnswer);
    await Promise.all([app.start(), bundled(server)]);
    page = await browser.newPage({ viewport: desktop });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await app?.stop();
    await server?.stop();
  });
  beforeEach(async () => {
    await page.setViewportSize(desktop);
    // Loading takes longer than most tests: only what went elsewhere begins anew.
    if (!page.url().endsWith('?as=UADA#CGEN')) await open(page, server.url, 'UADA');
  });
  afterEach(() => {
    expect(complaints.splice(0)).toEqual([]);
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

  test('a reply that is sent to the channel too shows there, with the way to its thread', async () => {
    const { ts } = server.store.messages.post({ channel: 'CGEN', user: 'UBO', text: 'A question' });
    server.store.messages.post({
      channel: 'CGEN',
      user: 'UBO',
      text: 'The answer for all',
      threadTs: ts,
      isBroadcast: true,
    });
    const reply = page.getByRole('main').getByRole('article').filter({ hasText: 'answer for all' });
    await reply.getByRole('button', { name: 'a thread' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('A question').waitFor();
  });

  test('a bot that is not connected is said, until it is', async () => {
    const banner = page.getByText('Groundswell is not connected');
    await app.stop();
    await banner.waitFor();
    await app.start();
    await banner.waitFor({ state: 'detached' });
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

describe.skipIf(!chromiumPath)('the bot in the browser', () => {
  let world: SampleBot;
  let page: Page;

  beforeAll(async () => {
    world = await startSampleBot({}, handler);
    page = await browser.newPage();
    await open(page, world.server.url, world.insider.id);
  });
  afterAll(async () => {
    await page?.close();
    await world?.stop();
  });

  test('/metrics stars shows a picture, only to who asked', async () => {
    await say(page, '/metrics stars');
    const picture = page.getByRole('img', { name: /stars/ });
    await picture.waitFor();
    const size = await picture.evaluate((image) => Reflect.get(image, 'naturalWidth'));
    expect(size).toBeGreaterThan(800);
    await page.getByText('Only visible to you').first().waitFor();
    await page.getByText('Sample data').first().waitFor();
  });

  test('with the person, the private channel’s numbers vanish', async () => {
    const answers = page.getByRole('article').filter({ hasText: 'messages in the last' });
    await say(page, '/metrics messages by channel');
    await answers.last().waitFor();
    expect(await answers.last().textContent()).toContain('#maintainers');

    await become(page, world.outsider.name);
    expect(await page.getByText('#maintainers').count()).toBe(0);
    await say(page, '/metrics messages by channel');
    await answers.last().waitFor();
    expect(await answers.last().textContent()).toContain('#general');
    expect(await answers.last().textContent()).not.toContain('#maintainers');
  });
});

async function bundled(server: WorkspaceServer): Promise<void> {
  while ((await fetch(server.url)).status === 503) await pause(20);
}
