import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '../../db/days.ts';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { issues } from '../../src/sources/github/issues.ts';
import { NOW } from './cases.ts';
import { collect } from './collect.ts';
import {
  change,
  cutAfter,
  days,
  daysTold,
  iso,
  issue,
  storedIssues,
  toldIssues,
} from './github-lists-issues.ts';
import { clientOf, type Fake, fake } from './github-lists-server.ts';

const HOUR = 3_600_000;

test('however often it is cut, and whatever changes meanwhile, the rows are those of the list', async () => {
  const minutes = fc.integer({ min: 0, max: 8 * 24 * 60 });
  const kinds = fc.constantFrom('close', 'reopen', 'rename', 'new', 'merge');
  const steps = fc.array(
    fc.record({
      cut: fc.integer({ min: 0, max: 6 }),
      changes: fc.array(fc.tuple(kinds, fc.nat({ max: 30 })), { maxLength: 3 }),
    }),
    { maxLength: 4 },
  );
  const apply = (state: Fake, kind: string, pick: number, at: number) => {
    const { number } = state.issues[pick % state.issues.length] ?? { number: 0 };
    if (kind === 'new') state.issues.push(issue(state.issues.length + 1, iso(at)));
    else if (kind === 'rename')
      change(state, number, at, { title: `Renamed ${pick}`, comments: pick });
    else if (kind === 'reopen') change(state, number, at, { state: 'open', closed_at: null });
    else {
      const isPull = state.issues.find((one) => one.number === number)?.pull_request;
      change(state, number, at, {
        state: 'closed',
        closed_at: iso(at),
        ...(isPull && { pull_request: { merged_at: kind === 'merge' ? iso(at) : null } }),
      });
    }
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(minutes, fc.boolean()), { minLength: 1, maxLength: 16 }),
      steps,
      fc.boolean(),
      fc.constantFrom(undefined, 2, 4),
      fc.boolean(),
      async (created, cuts, pagesByCursor, deepestPage, issuesAreOff) => {
        const db = openDatabase(IN_MEMORY);
        const subject = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
        const state = fake({ perPage: 3, pagesByCursor, issuesAreOff });
        if (!pagesByCursor && !issuesAreOff) state.deepestPage = deepestPage;
        const part = issues(clientOf(state));
        const run = (now: number, some = part) => collect(db, 'github', some, [subject], { now });
        state.issues = created
          .toSorted(([a], [b]) => a - b)
          .map(([minute, isPull], i) =>
            issue(i + 1, iso(NOW - 9 * 24 * HOUR + minute * 60_000), {
              ...(isPull && { pull_request: { merged_at: null } }),
            }),
          );
        let now = NOW;
        for (const { cut, changes } of cuts) {
          const meanwhile = () => {
            for (const [index, [kind, pick]] of changes.entries()) {
              apply(state, kind, pick, now + (index + 1) * 60_000);
            }
          };
          await run(now, cutAfter(part, cut, meanwhile)).catch((error: Error) => {
            if (error.message !== 'cut') throw error;
          });
          now += 6 * HOUR;
        }
        await run(now);
        if (issuesAreOff) state.issues = state.issues.filter((one) => one.pull_request);
        expect(storedIssues(db)).toEqual(
          toldIssues(state).map((row) => (issuesAreOff ? row.with(5, null) : row)),
        );
        // A day that is not over may have fallen back to 0.
        const isTold = ([, day, value]: [string, string, number]) => value > 0 || day < dayOf(now);
        const isCounted = ([metric]: [string, string, number]) =>
          !issuesAreOff || metric.startsWith('github.pulls');
        expect(days(db).filter(isTold)).toEqual(daysTold(state, now).filter(isCounted));
        expect((await run(now + HOUR)).rows).toBe(0);
      },
    ),
    { numRuns: 100 },
  );
});
