import { addDays, type Day, daysBetween } from '../../db/days.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { type DayValue, saveDays } from '../../db/series.ts';
import { ensureSubject, type Role, setRole, setTracked } from '../../db/subjects.ts';

/** What somebody who asks on a day is told of another day; null: nothing yet. */
export type Told = (day: Day, askedOn: Day) => number | null;

export interface Made {
  readonly name: string;
  readonly source?: 'pypi' | 'docker';
  readonly role?: Role;
  /** What comes in on a day. */
  readonly told: Told;
}

/** Sources that tell what comes in day by day, and a database that polls them. */
export interface World {
  readonly db: Db;
  /** Reads the last days, as they are told on a day. */
  poll(today: Day): void;
}

/** How many days each poll reads again. */
const READ_AGAIN = 8;

export function worldOf(first: Day, made: readonly Made[]): World {
  const db = openDatabase(IN_MEMORY);
  const subjects = made.map(({ name, source = 'pypi', role = 'own' }) => {
    const { id } = ensureSubject(db, source, name, name);
    setTracked(db, id, `${first}T00:00:00Z`);
    setRole(db, id, role);
    return id;
  });
  return {
    db,
    poll(today) {
      for (const [at, { source = 'pypi', told }] of made.entries()) {
        const key = {
          subjectId: subjects[at] as number,
          metric: source === 'pypi' ? 'pypi.downloads' : 'docker.pulls',
          kind: source === 'pypi' ? 'count' : 'total',
        } as const;
        const oldest = addDays(today, -READ_AGAIN);
        const values: DayValue[] = [];
        for (let day = oldest < first ? first : oldest; day < today; day = addDays(day, 1)) {
          const value = told(day, today);
          if (value !== null) values.push({ day, value });
        }
        const completeThrough = values.at(-1)?.day;
        saveDays(db, key, values, {
          origin: 'poll',
          seenAt: `${today}T08:00:00Z`,
          ...(completeThrough && { completeThrough }),
        });
      }
    },
  };
}

/** As many a day as is usual on its weekday, scattered as by chance; the same every time. */
export function usual(first: Day, level: number, seed: number): (day: Day) => number {
  const weekdays = [1.1, 1.15, 1.1, 1.05, 0.95, 0.5, 0.45];
  return (day) => {
    const age = daysBetween(first, day);
    const weekday = weekdays[((age % 7) + 7) % 7] as number;
    const scatter = Math.sin(age * 12.9898 + seed * 78.233) * 43758.5453;
    const bell = scatter - Math.floor(scatter) - 0.5;
    return Math.round(level * weekday * (1 + 0.14 * bell));
  };
}

/** The totals of a counter that begins at `start`. */
export function counted(
  first: Day,
  of: (day: Day) => number,
  start = 10_000,
): (day: Day) => number {
  const totals: number[] = [start];
  return (day) => {
    const age = daysBetween(first, day);
    for (let at = totals.length; at <= age; at++) {
      totals.push((totals[at - 1] as number) + of(addDays(first, at)));
    }
    return totals[age] as number;
  };
}
