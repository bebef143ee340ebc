import type { Day } from '../db/days.ts';
import type { ProvidedDay } from '../db/provided-days.ts';
import { BIGQUERY, PYPISTATS } from '../db/pypi.ts';
import { sum } from '../db/statistics.ts';
import { dayName, plural } from './words.ts';

/** Days in a row whose numbers are one provider's. */
export interface ProviderStretch {
  readonly provider: string;
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
}

/** How people write the providers. */
export const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  [BIGQUERY]: 'BigQuery',
  [PYPISTATS]: 'pypistats.org',
};

/** What pypistats splits the downloads of a package by. */
export const PYPISTATS_DIMENSIONS: readonly string[] = ['python', 'system'];

/** Which provider the days are from, stretch by stretch, oldest first. */
export function providerStretches(
  days: readonly ProvidedDay[],
  from: Day,
  to: Day,
): ProviderStretch[] {
  const stretches: ProviderStretch[] = [];
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

/** `Told by BigQuery.`; undefined when it is not known whose the days are. */
export function providerSentence(stretches: readonly ProviderStretch[]): string | undefined {
  const [first, second] = stretches;
  if (!first) return undefined;
  if (!second) return `Told by ${nameOf(first)}.`;
  if (stretches.length === 2) {
    return `Told by ${nameOf(first)}, since ${dayName(second.from)} by ${nameOf(second)}: a step there may be the change.`;
  }
  const providers = [...new Set(stretches.map(nameOf))].map((name) => {
    const days = sum(stretches.filter((one) => nameOf(one) === name).map((one) => one.days));
    return `${name} (${plural(days, 'day')})`;
  });
  const changes = stretches.slice(1).map(({ from }) => dayName(from));
  return `Told by ${providers.join(' and ')}, in turns; the last change was on ${changes.at(-1)}.`;
}

function nameOf({ provider }: ProviderStretch): string {
  return PROVIDER_NAMES[provider] ?? provider;
}
