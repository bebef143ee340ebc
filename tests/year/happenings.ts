import { addDays, type Day } from '../../db/days.ts';
import { counted, usual } from '../alerts/world.ts';
import { between, FIRST, partOfDay } from './calendar.ts';

/** What happens to the packages and images of the year, and what is told of it when. */

/** What is told of a package's day to somebody who asks on another; null: nothing. */
type Package = (day: Day, askedOn: Day) => number | null;

/** What a counter shows at an instant. */
type Image = (ms: number) => number;

type Moved = (value: number, day: Day) => number;

const unmoved: Moved = (value) => value;
const times = (share: number, from: Day, to: Day = '9999-12-31'): Moved => {
  return (value, day) => (between(day, from, to) ? Math.round(value * share) : value);
};

/** At the turn of the year people are at home. */
const festive = times(0.62, '2025-12-22', '2026-01-02');

function aPackage(level: number, seed: number, moved = unmoved): Package {
  const of = usual(FIRST, level, seed);
  return (day, askedOn) => {
    // Three days come late, together.
    if (between(day, '2026-07-14', '2026-07-16') && askedOn < '2026-07-18') return null;
    // The source tells nobody anything of two days, and mends them.
    if (between(day, '2026-06-09', '2026-06-10') && askedOn < '2026-06-14') return 0;
    return moved(festive(of(day), day), day);
  };
}

const gap = aPackage(700, 4);

export const packages: Readonly<Record<string, Package>> = {
  steady: aPackage(1200, 1),
  steps: aPackage(900, 2, times(0.4, '2026-08-18')),
  outage: aPackage(1500, 3, times(0.02, '2026-02-24', '2026-02-26')),
  // Never published.
  gap: (day, askedOn) => (between(day, '2025-12-02', '2025-12-04') ? null : gap(day, askedOn)),
  bursts: aPackage(800, 5, times(5, '2026-03-17', '2026-03-19')),
  tiny: aPackage(12, 6, times(0, '2026-04-01')),
  'twin-a': aPackage(1100, 7, times(0.3, '2026-05-05', '2026-05-14')),
  'twin-b': aPackage(650, 8, times(0.3, '2026-05-05', '2026-05-14')),
};

function anImage(seed: number, moved = unmoved): Image {
  const of = usual(FIRST, 900, seed);
  const pulls = (day: Day) => moved(festive(of(day), day), day);
  const total = counted(FIRST, pulls);
  return (ms) => {
    const today = new Date(ms).toISOString().slice(0, 10);
    const before = today === FIRST ? 10_000 : total(addDays(today, -1));
    return before + Math.round(partOfDay(ms) * (total(today) - before));
  };
}

const still = anImage(12);
const anew = anImage(13);
const [stopped, goesOn, begins] = [
  '2026-03-04T00:00:00Z',
  '2026-03-05T06:00:00Z',
  '2026-04-15T09:00:00Z',
].map((at) => Date.parse(at)) as [number, number, number];

export const images: Readonly<Record<string, Image>> = {
  'acme/plain': anImage(11),
  // Stands still for a day, and catches up.
  'acme/freezes': (ms) => still(ms >= stopped && ms < goesOn ? stopped : ms),
  // Begins anew.
  'acme/resets': (ms) => (ms < begins ? anew(ms) : 400 + anew(ms) - anew(begins)),
  'acme/drops': anImage(14, times(0.25, '2026-02-17')),
};

/** Docker Hub answers nobody: three polls. */
export function isDockerDown(ms: number): boolean {
  return ms > Date.parse('2026-07-07T20:00:00Z') && ms < Date.parse('2026-07-09T00:00:00Z');
}
