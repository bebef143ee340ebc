import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPage } from '../../playground/page-bundle.ts';
import { type SampleBot, startSampleBot } from '../sample-bot.ts';
import { become, findChromium, launch, NO_CHROMIUM, open, say } from './chromium.ts';

const chromiumPath = findChromium();
if (!chromiumPath) console.log(NO_CHROMIUM);

describe.skipIf(!chromiumPath)('the bot in the browser', () => {
  let world: SampleBot;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startSampleBot({}, createPage().handler), launch()]);
    page = await browser.newPage();
    await open(page, world.server.url, world.insider.id);
  });
  afterAll(async () => {
    await browser?.close();
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
