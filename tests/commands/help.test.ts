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

test('help on a command tells how ranges and names are written, where it takes them', async () => {
  const { lines, items } = await asked('versions help');
  expect(items?.[0]?.name).toBe('/metrics versions [package] [range] [daily|weekly|monthly]');
  expect(lines.join(' ')).toMatch(/12w.*quotes.*public/);
  expect((await asked('list help')).lines).toEqual([]);
});
