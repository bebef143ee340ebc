import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { dayOf } from '../../../db/days.ts';
import { type CodeWeek, saveCodeWeeks } from '../../../db/github-repositories.ts';
import type { Subject } from '../../../db/subjects.ts';
import { NotReady } from '../../errors.ts';
import { type Asking, check, instantOf } from '../http.ts';
import type { Batch, CollectContext, Part } from '../source.ts';
import { type GithubClient, named, needsToken } from './client.ts';
import { statusOf } from './error.ts';

/** `[first second of the week, lines added, lines deleted as a negative number]`. */
const weeks = z.array(z.tuple([z.int().nonnegative(), z.int(), z.int()])).transform((all) =>
  all.map(
    ([week, additions, deletions]): CodeWeek => ({
      week: dayOf(week * 1000),
      additions,
      deletions: Math.abs(deletions),
    }),
  ),
);

const ROUTE = 'GET /repos/{owner}/{repo}/stats/code_frequency';

/** How long GitHub computes, mostly; then the next run asks again. */
const WAITS_MS: readonly number[] = [1_500, 3_000];
const LATER_MS = 5 * 60_000;

/** What a repository lacks for good, by the status that says so. */
const NOTES: Readonly<Record<number, string>> = {
  409: 'The repository is empty: no lines have changed yet.',
  422: 'GitHub counts changed lines only in repositories of fewer than 10,000 commits.',
};

/** Lines added and deleted a week. */
export function codeFrequency(client: GithubClient, waitsMs = WAITS_MS): Part {
  return {
    name: 'code-frequency',
    title: 'lines changed a week',
    scope: 'subject',
    everyHours: 168,
    ...needsToken(client, 'the lines changed each week'),
    async *collect([subject], context) {
      if (subject) yield await readWeeks(client, subject, context, waitsMs);
    },
  };
}

async function readWeeks(
  client: GithubClient,
  subject: Subject,
  context: CollectContext,
  waitsMs: readonly number[],
): Promise<Batch> {
  const cursor = dayOf(context.now);
  try {
    const found = await askPatiently(client, subject, context, waitsMs);
    return {
      save: (db) => saveCodeWeeks(db, subject.id, found),
      cursor,
      ...(found.length === 0 && { note: NOTES[409] as string }),
    };
  } catch (error) {
    const note = NOTES[statusOf(error) ?? 0];
    if (note === undefined) throw error;
    return { save: () => 0, cursor, note };
  }
}

/** Asks until GitHub has computed the answer, for a few seconds. */
async function askPatiently(
  client: GithubClient,
  subject: Subject,
  context: Asking,
  waitsMs: readonly number[],
): Promise<CodeWeek[]> {
  for (const waitMs of [0, ...waitsMs]) {
    const { signal } = context;
    // When stopped meanwhile, asking is what says so.
    await wait(waitMs, undefined, signal && { signal }).catch(() => {});
    const answer = await client.ask(ROUTE, named(subject), context);
    if (answer.status === 204) return [];
    if (answer.status === 200) return check(weeks, answer.data);
  }
  throw new NotReady('GitHub is still computing the lines changed', instantOf(context) + LATER_MS);
}
