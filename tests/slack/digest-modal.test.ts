import type { types } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { beforeEach, describe, expect, test } from 'vitest';
import { saveSourceParts } from '../../db/collections.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';
import { openDigestChoice } from '../../src/slack/digest-modal.ts';
import { weekly } from '../digest/edition.ts';

let db: Db;
let ids: number[];
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  const part = { part: '', partTitle: '', scope: 'subject', everyHours: 6, off: null } as const;
  saveSourceParts(db, [{ ...part, source: 'pypi', sourceTitle: 'PyPI' }]);
  ids = Array.from({ length: 105 }, (_, index) => {
    const name = `package-${String(index).padStart(3, '0')}`;
    const { id } = ensureSubject(db, 'pypi', name, name);
    setTracked(db, id, '2026-01-01T00:00:00Z');
    return id;
  });
});

/** The menu of subjects, in the window of a digest of these. */
async function menuOf(subjectIds: number[] | null): Promise<types.MultiStaticSelect | undefined> {
  const views: types.ModalView[] = [];
  const open = async ({ view }: { view: types.ModalView }) => views.push(view);
  const client = { views: { open } } as unknown as WebClient;
  const draft = { ...weekly, id: 1, paused: null, toldAt: null, subjectIds };
  await openDigestChoice(client, 'trigger', db, draft);
  const block = views[0]?.blocks.find(({ block_id }) => block_id === 'subjects');
  return (block as types.InputBlock | undefined)?.element as types.MultiStaticSelect | undefined;
}

const chosenIn = (menu: types.MultiStaticSelect | undefined) =>
  menu?.initial_options?.map(({ value }) => Number(value));

describe('the window shows all that was chosen, so that saving it drops nothing', () => {
  test('of what is not tracked any more', async () => {
    const [first = 0] = ids;
    setTracked(db, first, null);
    const menu = await menuOf([first]);
    expect(chosenIn(menu)).toEqual([first]);
    expect(JSON.stringify(menu)).toContain('package-000 (PyPI, no longer tracked)');
    for (const id of ids) setTracked(db, id, null);
    expect(chosenIn(await menuOf([first]))).toEqual([first]);
  });

  test('of more than a menu can hold, and of several', async () => {
    const chosen = [ids[104], ids[0], ids[103]] as number[];
    const menu = await menuOf(chosen);
    expect(chosenIn(menu)).toEqual(chosen);
    expect(menu?.option_groups?.map(({ options }) => options.length)).toEqual([100]);
    expect(chosenIn(await menuOf(ids.slice(5)))).toEqual(ids.slice(5));
  });

  test('and nothing as chosen where everything is told', async () => {
    expect(chosenIn(await menuOf(null))).toBeUndefined();
    for (const id of ids) setTracked(db, id, null);
    expect(await menuOf(null)).toBeUndefined();
  });
});
