import { addDays, type Day, dayOf, daysBetween } from '../../../db/days.ts';
import { starDays } from '../../../db/github-repositories.ts';
import type { Db } from '../../../db/open.ts';
import { type DayValue, saveDays } from '../../../db/series.ts';
import type { Subject } from '../../../db/subjects.ts';
import type { Batch, CollectContext, Part } from '../source.ts';
import type { GithubClient } from './client.ts';
import { fetchHistory, historyTotals, isWithoutHistory } from './history.ts';

const WITHOUT =
  'GitHub shows no star history of this repository, so days on which it was not asked stay empty.';

/**
 * Fills the days whose stars nobody asked for. What is known stays as it is: the history holds only
 * stars that are still held, so each later reading of the past is a little less true. For the same
 * reason a day between our own totals is the last of them and what the history adds to it: as it
 * stands there, it would lie below both its neighbours.
 */
export function starHistory(client: GithubClient): Part {
  return {
    name: 'star-history',
    title: 'star history',
    scope: 'subject',
    everyHours: 24,
    canBackfill: true,
    async *collect([subject], context) {
      if (!subject) return;
      const isAsked = context.since !== undefined || context.from !== undefined;
      const today = dayOf(context.now);
      if (!isAsked && isWhole(starDays(context.db, subject.id), today)) return;
      yield await readHistory(client, subject, context, today);
    },
  };
}

/** True when no day up to yesterday is missing, and the days before our first poll are there. */
function isWhole(days: ReturnType<typeof starDays>, today: Day): boolean {
  const [first] = days;
  if (!first || !days.some(({ origin }) => origin === 'history')) return false;
  const past = days.filter(({ day }) => day < today).length;
  return past >= daysBetween(first.day, addDays(today, -1)) + 1;
}

async function readHistory(
  client: GithubClient,
  subject: Subject,
  context: CollectContext,
  today: Day,
): Promise<Batch> {
  try {
    const weeks = await fetchHistory(client, subject.key, context);
    const values = historyTotals(weeks, today);
    const seenAt = new Date(context.now).toISOString();
    return {
      save: (db) => saveMissing(db, subject.id, values, context.since, seenAt),
      cursor: today,
      ...(weeks.length === 0 && { note: WITHOUT }),
    };
  } catch (error) {
    if (!isWithoutHistory(error)) throw error;
    return { save: () => 0, cursor: today, note: WITHOUT };
  }
}

function saveMissing(
  db: Db,
  subjectId: number,
  values: readonly DayValue[],
  since: Day | undefined,
  seenAt: string,
): number {
  const known = new Map(starDays(db, subjectId).map((one) => [one.day, one]));
  const wanted: DayValue[] = [];
  let lacking = 0;
  for (const { day, value } of values) {
    const own = known.get(day);
    if (own?.origin === 'poll') lacking = own.value - value;
    else if (since === undefined ? !own : day >= since)
      wanted.push({ day, value: value + lacking });
  }
  const key = { subjectId, metric: 'github.stars', kind: 'total' } as const;
  return saveDays(db, key, wanted, { origin: 'history', seenAt });
}
