import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** What the tests say, once, on a machine where none is found. */
export const NO_CHROMIUM =
  'No Chromium was found, so the browser tests are skipped: install one, or name it in CHROMIUM_PATH.';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The path of an installed Chromium: CHROMIUM_PATH, or the first that lies on the PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const paths = env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : ['/usr/bin/chromium', ...onPath];
  return paths.find((path) => existsSync(path));
}

/** Starts the Chromium that was found. Throws where there is none: ask `findChromium` first. */
export function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(NO_CHROMIUM);
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens the playground as the person with id `as`, and waits until one can write. */
export async function open(page: Page, url: string, as: string): Promise<void> {
  await page.goto(`${url}/?as=${as}`);
  await composer(page).waitFor();
  await page.locator('.presence-on').waitFor();
}

/** Types `text` into the channel's composer as a person would, and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).pressSequentially(text);
  await composer(page).press('Enter');
}

/** Becomes the person whose name is or holds `name`. */
export async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'You are' }).click();
  await page.getByLabel('Search for a person').fill(name);
  await page.getByRole('option', { name }).first().click();
  await page.getByRole('button', { name: 'You are' }).filter({ hasText: name }).waitFor();
}

function composer(page: Page) {
  return page.getByRole('main').getByRole('combobox', { name: /^Message / });
}
