import { expect, test } from 'vitest';
import type { DigestDesk } from '../../commands/digest-desk.ts';
import { runCommand } from '../../commands/run.ts';
import { InputError } from '../../db/input-error.ts';
import { edition } from '../digest/edition.ts';
import { community, everyone, TODAY } from '../reports/community.ts';

/** What the desk is asked for when somebody types `line`. */
async function askedBy(line: string): Promise<unknown[]> {
  const asked: unknown[] = [];
  const note = (...call: unknown[]) => {
    asked.push(...call);
    return { sentence: 'Done.' };
  };
  const digests: DigestDesk = {
    subscribe: async (wanted) => note('subscribe', wanted),
    choose: async (every) => note('choose', every),
    preview: async (every) => {
      note('preview', every);
      return edition();
    },
    sendNow: async (every) => note('send now', every),
    unsubscribe: (every) => note('unsubscribe', every),
    list: () => [],
  };
  const never = () => {
    throw new Error('not asked');
  };
  const tracker = { forms: [], track: never, untrack: never };
  const { db } = community();
  const deps = { db, today: TODAY, now: 0, isSample: false, tracker, digests };
  await runCommand(line, deps, () => everyone);
  return asked;
}

test.each<[string, unknown[]]>([
  ['subscribe preview', ['preview', undefined]],
  ['preview', ['preview', undefined]],
  ['Preview daily', ['preview', 'day']],
  ['subscribe now', ['send now', undefined]],
  ['subscribe send now weekly', ['send now', 'week']],
  ['send now', ['send now', undefined]],
  [' send  NOW monthly', ['send now', 'month']],
  ['subscribe choose', ['choose', undefined]],
  ['choose', ['choose', undefined]],
  ['choose daily', ['choose', 'day']],
  ['subscribe weekly preview', ['preview', 'week']],
  ['subscribe daily choose', ['choose', 'day']],
  ['subscribe weekly send now', ['send now', 'week']],
  ['send weekly now', ['send now', 'week']],
  ['subscribe', ['subscribe', {}]],
  ['unsubscribe', ['unsubscribe', undefined]],
  ['unsubscribe All', ['unsubscribe', undefined]],
  ['unsubscribe weekly', ['unsubscribe', 'week']],
])('/metrics %s', async (line, asked) => {
  expect(await askedBy(line)).toEqual(asked);
});

test.each(['now', 'send', 'now daily'])('/metrics %s is said in two words', async (line) => {
  await expect(askedBy(line)).rejects.toThrow('Did you mean send now?');
});

test.each(['previews', 'send', 'send nowhere', 'subscribe send', 'preview hourly'])(
  '/metrics %s is nothing',
  async (line) => {
    await expect(askedBy(line)).rejects.toThrow(InputError);
  },
);
