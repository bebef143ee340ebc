import { addDays, type Day, dayOf, daysBetween } from '../../db/days.ts';
import { Unavailable } from '../../src/errors.ts';
import type { Source } from '../../src/sources/source.ts';
import { counted, usual } from '../alerts/world.ts';
import { fakeSource } from '../fake-source.ts';

export const FIRST: Day = '2025-09-01';
export const DAYS = 400;
export const at = (age: number): Day => addDays(FIRST, age);

const between = (day: Day, from: number, to: number) => day >= at(from) && day <= at(to);

/** What somebody who asks on a day is told of another day; null: nothing yet. */
type Told = (day: Day, askedOn: Day) => number | null;
type Moved = (value: number, day: Day) => number;

/** Fewer people work at the turn of the year. */
const atWork: Moved = (value, day) => (between(day, 113, 123) ? Math.round(value * 0.65) : value);

function aPackage(level: number, seed: number, moved: Moved = (value) => value): Told {
  const of = usual(FIRST, level, seed);
  return (day, askedOn) => {
    // Three days are told late, together.
    if (between(day, 300, 302) && askedOn < at(305)) return null;
    // For two days the source tells nothing of anybody, and the truth on the sixth.
    if (between(day, 150, 151) && askedOn < at(156)) return 0;
    return moved(atWork(of(day), day), day);
  };
}

function anImage(seed: number, of: Moved = (value) => value): Told {
  const pulls = usual(FIRST, 900, seed);
  return counted(FIRST, (day) => of(atWork(pulls(day), day), day));
}

const less = (share: number, from: number, to = DAYS): Moved => {
  return (value, day) => (between(day, from, to) ? Math.round(value * share) : value);
};

const gap = aPackage(700, 4);
const still = anImage(11);
const anew = anImage(12);

/** Drops that are to be told, and all that only looks like one. */
const packages: Readonly<Record<string, Told>> = {
  steady: aPackage(1200, 1),
  falls: aPackage(900, 2, less(0.4, 200)),
  breaks: aPackage(1500, 3, less(0, 250, 252)),
  gap: (day, on) => (between(day, 120, 122) ? null : gap(day, on)),
  bursts: aPackage(800, 5, less(5, 220, 222)),
  tiny: aPackage(12, 6, less(0, 200)),
  'twin-a': aPackage(1100, 7, less(0.3, 320, 331)),
  'twin-b': aPackage(1300, 8, less(0.3, 320, 331)),
};

const images: Readonly<Record<string, Told>> = {
  // A counter that stands still for a day, and catches up.
  'x/still': (day, on) => still(day === at(170) ? at(169) : day, on),
  // A counter that begins anew.
  'x/anew': (day, on) =>
    (anew(day, on) ?? 0) - (day >= at(180) ? (anew(at(180), on) ?? 0) - 400 : 0),
  'x/stalls': anImage(13, less(0.25, 380)),
  'x/plain': anImage(14),
};

export const tracked = [
  ...Object.keys(packages).map((name) => `pypi:${name}`),
  ...Object.keys(images).map((name) => `docker:${name}`),
];

/** How many days are told again with each reading. */
const READ_AGAIN = 8;

/** When PyPI answers nobody. */
const isDown = (now: number) =>
  now >= Date.parse(`${at(340)}T01:00Z`) && now < Date.parse(`${at(341)}T12:00Z`);

/** @param now the clock of the year, in milliseconds since the epoch */
export function yearSources(now: () => number): Source[] {
  const pypi = fakeSource('pypi', () => 0, {
    title: 'PyPI',
    metrics: ['pypi.downloads'],
    async fetch({ key }) {
      if (isDown(now())) throw new Unavailable('503');
      const today = dayOf(now());
      const known = Math.min(READ_AGAIN, daysBetween(FIRST, today));
      const days = Array.from({ length: known }, (_, back) => addDays(today, back - known));
      const values = days.flatMap((day) => {
        const value = packages[key]?.(day, today) ?? null;
        return value === null ? [] : [{ day, value }];
      });
      return [
        { kind: 'days', takenAt: new Date(now()).toISOString(), body: JSON.stringify(values) },
      ];
    },
    daily({ body }) {
      const values = JSON.parse(body) as { day: Day; value: number }[];
      const completeThrough = values.at(-1)?.day;
      const rows = { metric: 'pypi.downloads', kind: 'count', origin: 'poll', values } as const;
      return [completeThrough ? { ...rows, completeThrough } : rows];
    },
  });
  const docker = fakeSource('docker', () => 0, {
    title: 'Docker Hub',
    metrics: ['docker.pulls'],
    async fetch({ key }) {
      const total = images[key]?.(dayOf(now()), dayOf(now()));
      return [{ kind: 'total', takenAt: new Date(now()).toISOString(), body: String(total) }];
    },
    daily({ takenAt, body }) {
      const day = takenAt.slice(0, 10);
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
  });
  return [pypi.source, docker.source];
}
