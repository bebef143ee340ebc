import { z } from 'zod';
import { type Day, dayOf } from '../../../db/days.ts';
import type { DayValue } from '../../../db/series.ts';
import { NotFound, type SourceError } from '../../errors.ts';
import { type Asking, check, readJson } from '../http.ts';
import type { DailyRows, Snapshot } from '../source.ts';
import { type AskOptions, type GithubClient, named } from './client.ts';
import { statusOf } from './error.ts';

export const HISTORY_ROUTE = 'GET /repos/{owner}/{repo}/stargazers/history';

/** The version of GitHub's API that knows the history. */
export const API_VERSION = '2026-03-10';
const WEEKS_PER_PAGE = 30;
const DAY_SECONDS = 86_400;

const weeks = z.array(
  z.looseObject({
    /** Midnight of the week's first day, Unix time. Not promised to be UTC's midnight. */
    week: z.int().nonnegative(),
    /** Stars given on each day that are still held; 0 in the future. */
    days: z.array(z.int().nonnegative()).length(7),
  }),
);

type Week = Pick<z.infer<typeof weeks>[number], 'week' | 'days'>;

/** All weeks back to the repository's creation, newest first, as GitHub words them. */
export async function fetchHistory(
  client: GithubClient,
  fullName: string,
  context: Asking,
  options?: AskOptions,
): Promise<Week[]> {
  const all: Week[] = [];
  for (let page = 1; ; page += 1) {
    const parameters = {
      ...named({ key: fullName }),
      per_page: WEEKS_PER_PAGE,
      page,
      headers: { 'x-github-api-version': API_VERSION },
    };
    const answer = await client.ask(HISTORY_ROUTE, parameters, context, options);
    if (answer.status !== 200) return all;
    const { data, headers, next } = answer;
    const oldest = all.at(-1)?.week ?? Number.POSITIVE_INFINITY;
    const older = check(weeks, data).filter(({ week }) => week < oldest);
    all.push(...older);
    // A page that brings nothing older ends it too, whatever the links promise.
    const hasMore = headers.link === undefined ? older.length === WEEKS_PER_PAGE : next;
    if (older.length === 0 || !hasMore) return all;
  }
}

/**
 * True for an error that means that a repository has no history for us: Enterprise Server lacks
 * it or knows no such version, and some owners keep it to themselves.
 */
export function isWithoutHistory(error: unknown): error is SourceError {
  return error instanceof NotFound || [400, 403].includes(statusOf(error) ?? 0);
}

export function dailyHistory({ takenAt, body }: Snapshot): DailyRows[] {
  const values = historyTotals(readJson(weeks, body), dayOf(Date.parse(takenAt)));
  return [{ metric: 'github.stars', kind: 'total', origin: 'history', values }];
}

/**
 * Running totals for the days before `today`, from the first day that has a star on. Only stars
 * still held are counted, so they can lie under what was true on the day.
 */
export function historyTotals(told: readonly Week[], today: Day): DayValue[] {
  const values: DayValue[] = [];
  let total = 0;
  for (const { week, days } of told.toSorted((a, b) => a.week - b.week)) {
    for (const [index, stars] of days.entries()) {
      // From noon, the date is the right one wherever on Earth midnight was.
      const day = dayOf((week + (index + 0.5) * DAY_SECONDS) * 1000);
      total += stars;
      if (total > 0 && day < today) values.push({ day, value: total });
    }
  }
  return values;
}
