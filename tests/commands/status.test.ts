import { expect, test } from 'vitest';
import type { CommandDeps } from '../../commands/command.ts';
import type { PlaceDesk } from '../../commands/place-desk.ts';
import { runCommand } from '../../commands/run.ts';
import { status } from '../../reports/status.ts';
import { NOW, parts } from '../reports/collecting.ts';
import { community, everyone, TODAY } from '../reports/community.ts';

const { db } = community();
parts(db);

const never = () => {
  throw new Error('not asked');
};
const deps: Omit<CommandDeps, 'viewer'> = {
  db,
  today: TODAY,
  now: Date.parse(NOW),
  isSample: false,
  tracker: { forms: [], track: never, untrack: never },
};

async function run(line: string, more: Partial<CommandDeps> = {}) {
  const { reply } = await runCommand(`status ${line}`, { ...deps, ...more }, () => everyone);
  return reply;
}

test('asks the report at this instant', async () => {
  expect(await run('dark')).toMatchObject({
    report: status,
    theme: 'dark',
    params: { today: TODAY, now: NOW, view: 'sources' },
  });
  expect(await run('checks')).toMatchObject({ params: { view: 'checks' } });
});

test('knows the sources by title and by id', async () => {
  expect(await run('docker github slack')).toMatchObject({
    params: { sources: ['docker', 'github', 'slack'] },
  });
  expect(await run('"Docker Hub"')).toMatchObject({ params: { sources: ['docker'] } });
  await expect(run('githup')).rejects.toThrow('Did you mean GitHub?');
  await expect(run('nosuch')).rejects.toThrow(/What I know: Slack, [^.]*\.$/);
  await expect(run('nosuch')).rejects.not.toThrow(/docker\b/);
});

test('is of now only', async () => {
  await expect(run('30d')).rejects.toThrow('The status is that of now');
});

test('here and nowhere set where failing sources are told', async () => {
  const asked: string[] = [];
  const answer = (what: string) => {
    asked.push(what);
    return Promise.resolve({ sentence: `Done: ${what}.` });
  };
  const placeDesk: PlaceDesk = {
    choose: (purpose, channelId, zone) =>
      answer(`${purpose} ${zone ? `${channelId} in ${zone}` : channelId}`),
    clear: (purpose, viewer) =>
      answer(`${purpose} nowhere${viewer === everyone ? '' : ', for nobody'}`),
    mustBeAdmin: async () => {},
  };
  const here = { placeDesk, channelId: 'C1' };
  expect(await run('here', here)).toMatchObject({ kind: 'text', lines: ['Done: admin C1.'] });
  for (const typed of ['here in Europe/Berlin', 'here berlin']) {
    expect(await run(typed, here)).toMatchObject({ lines: ['Done: admin C1 in Europe/Berlin.'] });
  }
  expect(await run('nowhere', here)).toMatchObject({
    kind: 'text',
    lines: ['Done: admin nowhere.'],
  });
  for (const typed of ['here checks', 'nowhere checks', 'pypi here', 'nowhere in Berlin']) {
    await expect(run(typed, here)).rejects.toThrow('stand alone');
  }
  await expect(run('here pypi', here)).rejects.toThrow('I know no time zone “pypi”');
  await expect(run('here', { placeDesk })).rejects.toThrow('type it there');
  await expect(run('here')).rejects.toThrow('is set in Slack');
  expect(asked).toEqual(
    ['C1', 'C1 in Europe/Berlin', 'C1 in Europe/Berlin', 'nowhere'].map((what) => `admin ${what}`),
  );
});
