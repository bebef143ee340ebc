import { beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../commands/run.ts';
import {
  failCollection,
  finishCollection,
  keepCursor,
  saveSourceParts,
} from '../../db/collections.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveReplacement } from '../../db/replacements.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject, setRole, setTracked, setTrackedVia } from '../../db/subjects.ts';

const AT = '2022-03-10T09:30:00Z';

let db: Db;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  const about = { source: 'github', sourceTitle: 'GitHub', scope: 'subject', off: null } as const;
  saveSourceParts(db, [
    { ...about, part: 'issues', partTitle: 'issues and pull requests', everyHours: 0 },
  ]);
});

function add(name: string, value?: number): number {
  const { id } = ensureSubject(db, 'github', name, name);
  setTracked(db, id, AT);
  if (value !== undefined) {
    const key = { subjectId: id, metric: 'github.stars', kind: 'total' } as const;
    saveDays(db, key, [{ day: '2022-03-09', value }], { origin: 'poll', seenAt: AT });
  }
  return id;
}

async function listed(): Promise<Record<string, string>> {
  const refuse = () => {
    throw new Error('a list changes nothing');
  };
  const tracker = { forms: ['github:owner/repository'], track: refuse, untrack: refuse };
  const viewer = { workspaceId: 'T1', privateChannelIds: [] };
  const deps = { db, tracker, isSample: false, today: '2022-03-10', now: Date.parse(AT) };
  const { reply } = await runCommand('list', deps, () => viewer);
  const items = reply.kind === 'text' ? (reply.items ?? []) : [];
  return Object.fromEntries(items.map(({ name, detail }) => [name, detail]));
}

test('numbers, role, group and how it goes, in a line each', async () => {
  const group = add('me/*');
  const one = add('me/one', 1234);
  setTracked(db, one, null);
  setTrackedVia(db, one, group, AT);
  const issues = { source: 'github', subjectId: one, part: 'issues' };
  keepCursor(db, issues, '1', { done: 1200, of: 40_000, unit: 'issues' });
  const two = add('you/two', 5);
  setRole(db, two, 'dependency');
  failCollection(db, { ...issues, subjectId: two }, 'GitHub does not answer at the moment.');
  const gone = add('you/gone', 6);
  const sentence = 'GitHub knows no “you/gone”, or does not show it to everyone.';
  failCollection(db, { source: 'github', subjectId: gone, part: '' }, sentence);
  setTracked(db, add('you/old', 7), null);
  add('you/new');
  add('them/*');
  const nobody = add('nobody/*');
  finishCollection(db, { source: 'github', subjectId: nobody, part: '' }, AT);
  expect(await listed()).toEqual({
    'github:me/*': 'keeps 1 on the list',
    'github:me/one':
      '1,234 stars on 9 Mar 2022; through me/*; still loading issues and pull requests (1,200 of 40,000)',
    'github:nobody/*': 'keeps nothing on the list',
    'github:them/*': 'was not looked through yet',
    'github:you/gone': `6 stars on 9 Mar 2022; failing: ${sentence}`,
    'github:you/new': 'no numbers yet',
    'github:you/old': '7 stars on 9 Mar 2022; not polled',
    'github:you/two': '5 stars on 9 Mar 2022; a dependency; failing: issues and pull requests',
  });
  finishCollection(db, issues, AT);
  expect((await listed())['github:me/one']).toBe('1,234 stars on 9 Mar 2022; through me/*');
});

test('a long list ends with how many are left out', async () => {
  for (let number = 0; number < 80; number += 1) add(`me/${number}`, number);
  const names = Object.keys(await listed());
  expect(names).toHaveLength(41);
  expect(names.at(-1)).toBe('and 40 more');
});

test('says what replaces what, as long as both are polled', async () => {
  const [a, b, c] = [add('me/a', 1), add('me/b', 2), add('me/c', 3)] as const;
  saveReplacement(db, { subjectId: a, successorId: c });
  saveReplacement(db, { subjectId: b, successorId: c });
  expect(await listed()).toEqual({
    'github:me/a': '1 stars on 9 Mar 2022; replaced by me/c',
    'github:me/b': '2 stars on 9 Mar 2022; replaced by me/c',
    'github:me/c': '3 stars on 9 Mar 2022; replaces me/a and me/b',
  });
  setTracked(db, a, null);
  expect((await listed())['github:me/c']).toBe('3 stars on 9 Mar 2022; replaces me/b');
});
