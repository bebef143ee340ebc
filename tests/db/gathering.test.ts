import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGathering } from '../../db/gathering.ts';
import { createHeadcount } from '../../db/headcount.ts';

const PEOPLE = 100;
const BOTS = [0, 31, 32, 99];
const GROUPS = 3;

interface Entry {
  readonly group: number;
  readonly user: number;
  readonly messages: number;
}

const entry = fc.record({
  group: fc.nat(GROUPS - 1),
  user: fc.nat(PEOPLE - 1),
  messages: fc.integer({ min: 1, max: 255 }),
});
const day = fc.array(entry, { maxLength: 900 });
const periods = fc.array(fc.array(day, { maxLength: 6 }), { maxLength: 3 });

function slowly(entries: readonly Entry[], group: number) {
  const own = entries.filter((entry) => entry.group === group && !BOTS.includes(entry.user));
  return {
    messages: own.reduce((sum, { messages }) => sum + messages, 0),
    people: new Set(own.map(({ user }) => user)).size,
  };
}

test('each group of each period is counted by itself, however much there is', () => {
  fc.assert(
    fc.property(periods, (periods) => {
      const gathering = createGathering(GROUPS);
      const headcount = createHeadcount(PEOPLE, BOTS);
      for (const days of periods) {
        for (const day of days) {
          gathering.addDay(
            Uint32Array.from(day, ({ user }) => user),
            Uint8Array.from(day, ({ messages }) => messages),
          );
          day.forEach(({ group }, index) => {
            gathering.addStretch(group, index, index + 1);
          });
        }
        for (let group = 0; group < GROUPS; group++) {
          expect(headcount(gathering.get(), group)).toEqual(slowly(days.flat(), group));
        }
        gathering.clear();
      }
    }),
    { numRuns: 50 },
  );
});
