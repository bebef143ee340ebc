import { expect, test } from 'vitest';
import { claimRun, latestRuns } from '../db/jobs.ts';
import { IN_MEMORY, openDatabase } from '../db/open.ts';
import { ensureSubject, setTracked } from '../db/subjects.ts';
import { unrecordedSpells } from '../db/unrecorded-days.ts';
import { startBot } from '../src/bot.ts';
import { readConfig } from '../src/config.ts';
import { startFakeSlack } from './slack/fake-slack.ts';
import { quiet } from './sources/cases.ts';
import { startServer } from './sources/server.ts';

test('a stop does not wait for sources and lookups that hang, and the poll is made up for', async () => {
  const silent = await startServer(() => {});
  const fake = await startFakeSlack();
  fake.methods['users.conversations'] = () => 'silence';
  const db = openDatabase(IN_MEMORY);
  for (const [source, key] of [
    ['github', 'acme/rocket'],
    ['github', 'acme/submarine'],
    ['docker', 'acme/rocket'],
    ['pypi', 'rocket'],
  ] as const) {
    setTracked(db, ensureSubject(db, source, key, key).id, '2022-01-01T00:00:00Z');
  }
  const config = readConfig({
    GITHUB_API_URL: silent.url,
    DOCKERHUB_API_URL: silent.url,
    PYPISTATS_API_URL: silent.url,
    OSV_API_URL: silent.url,
  });
  const slack = { botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: fake.apiUrl };
  const bot = await startBot({ config, slack, db, isSample: false, log: quiet });
  await expect.poll(() => silent.requests.length).toBe(3);

  const started = performance.now();
  await bot.stop();
  expect(performance.now() - started).toBeLessThan(5000);
  expect(silent.requests.some((request) => request.includes('submarine'))).toBe(false);
  const jobs = latestRuns(db).map(({ job }) => job);
  expect(jobs).toContain('pack days');
  expect(jobs.filter((job) => /^(poll|resume) /.test(job))).toEqual([]);
  db.close();
  await Promise.all([silent.close(), fake.stop()]);
});

test('a start keeps since when the bot was stopped', async () => {
  const fake = await startFakeSlack();
  const db = openDatabase(IN_MEMORY);
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  claimRun(db, 'alerts', hourAgo, hourAgo);
  const slack = { botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: fake.apiUrl };
  const bot = await startBot({ config: readConfig({}), slack, db, isSample: false, log: quiet });
  const [spell] = unrecordedSpells(db, hourAgo);
  expect(spell?.began).toBe(hourAgo);
  expect(Date.now() - Date.parse(spell?.ended ?? '')).toBeLessThan(5000);
  await bot.stop();
  db.close();
  await fake.stop();
});
