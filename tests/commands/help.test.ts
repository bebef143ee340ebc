import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { runCommand } from '../../commands/run.ts';
import { community, everyone, TODAY } from '../reports/community.ts';

async function asked(line: string) {
  const refuse = () => {
    throw new Error('help changes nothing');
  };
  const tracker = { forms: [], track: refuse, untrack: refuse };
  const { db } = community();
  const deps = { db, tracker, isSample: false, today: TODAY, now: Date.parse(TODAY) };
  const { reply } = await runCommand(line, deps, () => everyone);
  if (reply.kind !== 'text') throw new Error('help is a text');
  return reply;
}

test('help has every command', async () => {
  const { items = [] } = await asked('help');
  expect(items.map(({ name }) => name.split(' ')[1])).toEqual(commands.map(({ name }) => name));
});

test('help on a command is the same in either order', async () => {
  for (const { name } of commands.slice(0, -1)) {
    expect(await asked(`help ${name}`), name).toEqual(await asked(`${name} help`));
  }
  expect(await asked('help Alerts')).toEqual(await asked('alerts --help'));
  expect((await asked('help status')).items).toEqual([
    {
      name: '/metrics status [sources] [checks]',
      isCode: true,
      detail: 'how fresh and whole the data is, as in /metrics status pypi',
    },
    {
      name: '/metrics status here [in zone]',
      isCode: true,
      detail: 'failing sources are told in this channel, as in /metrics status here',
    },
    {
      name: '/metrics status nowhere',
      isCode: true,
      detail: 'no channel is told of them any more',
    },
  ]);
  for (const word of ['preview', 'send now', 'Choose', 'subscribe']) {
    expect(await asked(`help ${word}`), word).toEqual(await asked('subscribe help'));
  }
  expect(await asked('help snooze')).toEqual(await asked('help alerts'));
  await expect(asked('help here')).rejects.toThrow('There is no “here”.');
  await expect(asked('help alrts')).rejects.toThrow('There is no “alrts”. Did you mean alerts?');
});

test('help on digests has all that is done with them', async () => {
  const { items = [] } = await asked('help subscribe');
  expect(items.slice(1)).toMatchObject([
    {
      name: '/metrics subscribe preview',
      detail: expect.stringMatching(/short: .metrics preview$/),
    },
    { name: '/metrics subscribe send now', detail: expect.stringContaining('/metrics send now') },
    { name: '/metrics subscribe choose', detail: expect.stringContaining('/metrics choose') },
  ]);
});

test.each([
  ['top users', 'There is no “top”. Did you mean top-users?'],
  ['digest', 'There is no “digest”. Did you mean summary or subscribe?'],
  ['help digest', 'Did you mean summary or subscribe?'],
])('what is called otherwise is suggested: %s', async (line, sentence) => {
  await expect(asked(line)).rejects.toThrow(sentence);
});

test('every example is written in one of the forms', () => {
  for (const { name, forms } of commands) {
    for (const { form, example } of forms) {
      const first = form.split(' ')[0]?.split('|') ?? [];
      const isWord = first.every((word) => /^[a-z-]*$/.test(word));
      if (isWord) expect(first, `${name} ${form}`).toContain(example.split(' ')[0]);
    }
  }
});

test('help fits on a phone, and says where there is more', async () => {
  const { items = [], lines } = await asked('help');
  for (const { name, detail } of items) expect(`${name} ${detail}`.length).toBeLessThan(130);
  expect(lines[0]).toContain('/metrics help alerts');
});

test('help on a command tells how ranges and names are written, where it takes them', async () => {
  const { lines, items } = await asked('versions help');
  expect(items?.[0]?.name).toBe('/metrics versions [package] [range] [daily|weekly|monthly]');
  expect(lines.join(' ')).toMatch(/12w.*quotes.*public/);
  expect((await asked('list help')).lines).toEqual([]);
});
