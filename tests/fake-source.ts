import { NotFound } from '../src/errors.ts';
import type { Batch, CollectContext, FetchContext, Part, Source } from '../src/sources/source.ts';

interface FakeSource {
  readonly source: Source;
  readonly asked: { readonly key: string; readonly first: boolean }[];
}

/**
 * A source that counts what it is asked, and answers through `answer`. A key that ends with `/*`
 * is a group.
 */
export function fakeSource(
  id: string,
  answer: (key: string) => Promise<number> | number,
  more: Partial<Source> = {},
): FakeSource {
  const asked: FakeSource['asked'] = [];
  const source: Source = {
    id,
    title: id.toUpperCase(),
    form: 'owner/thing',
    schedule: '0 12 * * *',
    metrics: [`${id}.things`],
    collects: 'things',
    parts: [],
    parse: (reference) => ({
      key: reference.toLowerCase(),
      name: reference,
      ...(reference.endsWith('/*') && { isGroup: true }),
    }),
    async fetch({ key }, { now, first, meter }: FetchContext) {
      asked.push({ key, first });
      meter.request();
      const body = `${await answer(key)}`;
      return [{ kind: 'things', takenAt: new Date(now).toISOString(), body }];
    },
    daily: ({ takenAt, body }) => [
      {
        metric: `${id}.things`,
        kind: 'total',
        origin: 'poll',
        values: [{ day: takenAt.slice(0, 10), value: Number(body) }],
      },
    ],
    members: () => Promise.reject(new NotFound('no such owner')),
    checkup: () => Promise.resolve([]),
    ...more,
  };
  return { source, asked };
}

/** What a part was asked, as text: its subjects, cursor, since and from. */
interface FakePart {
  readonly part: Part;
  readonly asked: string[];
}

/** A part whose batches are made by `steps`, in order; the cursor is the number of the next one. */
export function fakePart(
  name: string,
  steps: readonly (() => Partial<Batch> | Promise<Partial<Batch>>)[],
  more: Partial<Part> = {},
): FakePart {
  const asked: string[] = [];
  const part: Part = {
    name,
    title: `${name} and more`,
    scope: 'subject',
    everyHours: 0,
    async *collect(subjects, { cursor, since, from, meter }: CollectContext) {
      const names = subjects.map(({ key }) => key).join('+');
      asked.push(
        [names, cursor ?? '-', since && `since ${since}`, from && `from ${from}`]
          .filter(Boolean)
          .join(' '),
      );
      const start = cursor === undefined || Number(cursor) >= steps.length ? 0 : Number(cursor);
      for (const [index, step] of [...steps.entries()].slice(start)) {
        meter.request();
        yield { cursor: `${index + 1}`, save: () => 1, ...(await step()) };
      }
    },
    ...more,
  };
  return { part, asked };
}
