import type { Db } from '../db/open.ts';
import { daysOf, seriesOf } from '../db/series.ts';
import { NotFound } from '../src/errors.ts';
import { fakeSource } from './fake-source.ts';

/** A source whose names lead to numbered things: `world` says which name leads to which. */
export function namingSource(world: Map<string, { id: number; name: string; value: number }>) {
  const { source, asked } = fakeSource('a', () => 0, {
    async fetch({ key }, { now, first }) {
      asked.push({ key, first });
      const thing = world.get(key);
      if (!thing) throw new NotFound('404');
      const takenAt = new Date(now).toISOString();
      return [{ kind: 'things', takenAt, body: JSON.stringify(thing) }];
    },
    daily: ({ takenAt, body }) => [
      {
        metric: 'a.things',
        kind: 'total',
        origin: 'poll',
        values: [{ day: takenAt.slice(0, 10), value: JSON.parse(body).value }],
      },
    ],
    identity: ({ body }) => {
      const { id, name } = JSON.parse(body);
      return { externalId: `${id}`, name };
    },
  });
  return { source, asked };
}

/** The values of every series of things, by the subject's name. */
export function days(db: Db): Record<string, number[]> {
  return Object.fromEntries(
    seriesOf(db, 'a.things').map(({ id, subjectName }) => [
      subjectName,
      daysOf(db, id, '0000-01-01', '9999-12-31').map(({ value }) => value),
    ]),
  );
}
