import type { Day } from '../db/days.ts';
import type { ProvidedDay } from '../db/provided-days.ts';
import { BIGQUERY, PYPISTATS } from '../db/pypi.ts';
import { sum } from '../db/statistics.ts';
import { dayName, plural } from './words.ts';

/** Days in a row that one provider told. */
export interface Told {
  readonly provider: string;
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
}

/** How people write the providers. */
const NAMES: Readonly<Record<string, string>> = {
  [BIGQUERY]: 'BigQuery',
  [PYPISTATS]: 'pypistats.org',
};

/** What pypistats tells of a package beside the total. */
export const PYPISTATS_DIMENSIONS: readonly string[] = ['python', 'system'];

/** Which provider told which stretch of days, oldest first. */
export function toldBy(days: readonly ProvidedDay[], from: Day, to: Day): Told[] {
  const stretches: Told[] = [];
  for (const { day, provider } of days) {
    if (day < from || day > to) continue;
    const last = stretches.at(-1);
    if (last?.provider === provider) {
      stretches[stretches.length - 1] = { ...last, to: day, days: last.days + 1 };
    } else {
      stretches.push({ provider, from: day, to: day, days: 1 });
    }
  }
  return stretches;
}

/** `Told by BigQuery.`; undefined when it was not written down who told the days. */
export function toldSentence(told: readonly Told[]): string | undefined {
  const [first, second] = told;
  if (!first) return undefined;
  if (!second) return `Told by ${nameOf(first)}.`;
  if (told.length === 2) {
    return `Told by ${nameOf(first)}, since ${dayName(second.from)} by ${nameOf(second)}: a step there may be the change.`;
  }
  const providers = [...new Set(told.map(nameOf))].map((name) => {
    const days = sum(told.filter((one) => nameOf(one) === name).map((one) => one.days));
    return `${name} (${plural(days, 'day')})`;
  });
  const changes = told.slice(1).map(({ from }) => dayName(from));
  return `Told by ${providers.join(' and ')}, in turns; the last change was on ${changes.at(-1)}.`;
}

function nameOf({ provider }: Told): string {
  return NAMES[provider] ?? provider;
}
