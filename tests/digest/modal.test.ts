import type { App, types } from '@slack/bolt';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { saveSourceParts } from '../../db/collections.ts';
import { InputError } from '../../db/input-error.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';
import type { DeskOf } from '../../src/digest/desk.ts';
import { openDigestChoice, registerDigestChoice } from '../../src/digest/modal.ts';
import { weekly } from './edition.ts';

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

test('a choice that Slack is slow to check is acknowledged in time, and its window says the rest', async () => {
  const views: ((args: object) => Promise<void>)[] = [];
  const app = { view: (_id: string, handle: (typeof views)[0]) => views.push(handle) };
  const { promise: kept, resolve } = Promise.withResolvers<{ sentence: string }>();
  const deskFor = (() => ({ subscribe: () => kept })) as unknown as DeskOf;
  registerDigestChoice(app as unknown as App, { digests: { deskFor }, log: pino({}) });
  const said: string[] = [];
  const values = { when: { value: { value: 'weekly' } } };
  const view = { private_metadata: '{"channelId":"C1","every":"week"}', state: { values } };
  const ack = async (answer: object) => said.push(JSON.stringify(answer));
  const update = async (answer: object) => said.push(JSON.stringify(answer));
  const handled = views[0]?.({
    ack,
    view,
    body: { user: { id: 'U1' } },
    client: { views: { update } },
  });
  await vi.waitFor(() => expect(said).toEqual([expect.stringContaining('One moment')]), 2900);
  resolve({ sentence: 'Every Monday at 9:00.' });
  await handled;
  expect(said.slice(1)).toEqual([expect.stringContaining('Every Monday at 9:00.')]);
});

describe('what goes wrong with a choice stands in the window', () => {
  /** What the window says when keeping the choice throws `error`, and the lines of the log. */
  async function refusedWith(error: Error) {
    const lines: string[] = [];
    const log = pino({}, { write: (line) => lines.push(line) });
    const views: ((args: object) => Promise<void>)[] = [];
    const app = { view: (_id: string, handle: (typeof views)[0]) => views.push(handle) };
    const subscribe = () => Promise.reject(error);
    const deskFor = (() => ({ subscribe })) as unknown as DeskOf;
    registerDigestChoice(app as unknown as App, { digests: { deskFor }, log });
    const acks: { errors?: { when?: string } }[] = [];
    const values = { when: { value: { value: 'weekly' } } };
    const view = { private_metadata: '{"channelId":"C1","every":"week"}', state: { values } };
    const ack = async (answer: object) => acks.push(answer);
    await views[0]?.({ ack, view, body: { user: { id: 'U1' } } });
    expect(acks).toHaveLength(1);
    return { sentence: acks[0]?.errors?.when, lines };
  }

  test('by its own sentence, where it has one', async () => {
    const { sentence, lines } = await refusedWith(new InputError('I am not in this channel.'));
    expect(sentence).toBe('I am not in this channel.');
    expect(lines).toEqual([]);
  });

  test('by the reference under which it was logged, where it has none', async () => {
    const { sentence, lines } = await refusedWith(new Error('disk full'));
    const [reference] = /[0-9a-f]{8}(?=\.$)/.exec(sentence ?? '') ?? [];
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        reference,
        err: expect.objectContaining({ message: 'disk full' }),
      }),
    ]);
    expect(reference).toBeDefined();
  });
});

test.each([
  ['expired_trigger_id', 'That took me too long'],
  ['push_limit_reached', 'close them, and try again'],
  ['internal_error', 'internal_error'],
])('a window that Slack does not open is said in a sentence: %s', async (error, sentence) => {
  const open = async () => {
    throw new WebAPIPlatformError({ ok: false, error });
  };
  const client = { views: { open } } as unknown as WebClient;
  const draft = { ...weekly, id: 1, paused: null, toldAt: null };
  await expect(openDigestChoice(client, 'trigger', db, draft)).rejects.toThrow(sentence);
});
