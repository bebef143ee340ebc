import { addDays, type Day, dayOf } from '../../db/days.ts';
import type { DayValue } from '../../db/series.ts';
import { Unavailable } from '../../src/errors.ts';
import type { Source } from '../../src/sources/source.ts';
import { FIRST } from './calendar.ts';
import { images, isDockerDown, packages } from './happenings.ts';

/** How far back each answer reaches. */
const DAYS = 12;

/** What PyPI and Docker Hub have in common here. */
function sourceOf(
  id: 'pypi' | 'docker',
  more: Pick<Source, 'title' | 'form' | 'metrics' | 'fetch' | 'daily'>,
): Source {
  return {
    id,
    // The test polls by a clock of its own.
    schedule: '0 12 * * *',
    collects: more.metrics.join(', '),
    parts: [],
    parse: (reference) => ({ key: reference, name: reference }),
    checkup: () => Promise.resolve([]),
    ...more,
  };
}

export const sources: readonly Source[] = [
  sourceOf('pypi', {
    title: 'PyPI',
    form: 'package',
    metrics: ['pypi.downloads'],
    async fetch({ key }, { now }) {
      const body = JSON.stringify(downloads(key, now));
      return [{ kind: 'overall', takenAt: new Date(now).toISOString(), body }];
    },
    daily({ body }) {
      const values: DayValue[] = JSON.parse(body);
      const completeThrough = values.at(-1)?.day;
      return [
        {
          metric: 'pypi.downloads',
          kind: 'count',
          origin: 'history',
          values,
          ...(completeThrough && { completeThrough }),
        },
      ];
    },
  }),
  sourceOf('docker', {
    title: 'Docker Hub',
    form: 'namespace/image',
    metrics: ['docker.pulls'],
    async fetch({ key }, { now }) {
      if (isDockerDown(now)) throw new Unavailable('Docker Hub does not answer.');
      const body = `${images[key]?.(now)}`;
      return [{ kind: 'repository', takenAt: new Date(now).toISOString(), body }];
    },
    daily({ takenAt, body }) {
      const day = dayOf(Date.parse(takenAt));
      return [
        {
          metric: 'docker.pulls',
          kind: 'total',
          origin: 'poll',
          values: [{ day, value: Number(body) }],
          completeThrough: addDays(day, -1),
        },
      ];
    },
  }),
];

/** A day is published on the next one, some time after five. */
function downloads(name: string, now: number): DayValue[] {
  const today = dayOf(now);
  const newest = addDays(dayOf(now - 5 * 3_600_000), -1);
  const oldest = addDays(today, -DAYS);
  const values: DayValue[] = [];
  for (let day: Day = oldest < FIRST ? FIRST : oldest; day <= newest; day = addDays(day, 1)) {
    const value = packages[name]?.(day, today) ?? null;
    if (value !== null) values.push({ day, value });
  }
  return values;
}
