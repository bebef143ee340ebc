import { isWhole, type PeriodCount } from '../counts.ts';
import type { Part } from '../parts.ts';
import { EARLIER_WEEKS, RECENT_WEEKS, trendOf } from '../trend.ts';
import { count, dayName, listed, percent, plural } from '../words.ts';
import type { Exposed, Fix } from './exposure.ts';
import type { Versions } from './history.ts';

const MOST_LINES = 5;
const TREND = {
  up: 'their share is rising',
  down: 'their share is falling',
  steady: 'their share is steady',
} as const;

/** What is loaded of vulnerable versions, a sentence for each vulnerability. */
export function exposureLines(data: Versions): string[] {
  const { known, advisories, any } = data.exposure;
  if (known === 0) return [noneKnown(data)];
  if (!any) {
    return [
      `${plural(known, 'known vulnerability', 'known vulnerabilities')}, and none of a version that was downloaded.`,
    ];
  }
  const rest = advisories.length - MOST_LINES;
  const gone = known - advisories.length;
  return [
    exposedLine('Versions with a known vulnerability', any, data),
    ...advisories.slice(0, MOST_LINES).map((one) => advisoryLine(one, data)),
    ...(rest > 0
      ? [`${plural(rest, 'more vulnerability', 'more vulnerabilities')} with fewer downloads.`]
      : []),
    ...(gone > 0
      ? [
          `${plural(gone, 'more is', 'more are')} known, of versions that nobody downloaded in this range.`,
        ]
      : []),
  ];
}

function noneKnown({ exposure: { checked }, name }: Versions): string {
  return checked
    ? `No known vulnerability (last checked on ${dayName(checked)}).`
    : `Whether ${name} has known vulnerabilities has not been checked yet.`;
}

function advisoryLine(exposed: Exposed, data: Versions): string {
  const { name, severity, fixes, published, downloads } = exposed;
  const what = [severity, `published on ${dayName(published)}`, fixedIn(fixes)].filter(Boolean);
  return exposedLine(`${name} (${what.join(', ')})`, downloads, data);
}

function fixedIn(fixes: readonly Fix[]): string {
  if (fixes.length === 0) return 'no fix known';
  const names = fixes.map(({ version, day }) =>
    day ? `${version} (first downloaded on ${dayName(day)})` : version,
  );
  return `fixed in ${listed(names)}`;
}

function exposedLine(what: string, part: Part, { lines }: Versions): string {
  const week = lines.weeks.at(-1);
  if (!week || !isWhole(week) || week.sum === 0) {
    const all = lines.parts.reduce((sum, { total }) => sum + total, 0);
    const share = percent(all > 0 ? part.total / all : 0);
    return `${what}: ${plural(part.total, 'download')} in this range, ${share}.`;
  }
  const value = part.weeks.at(-1) ?? 0;
  const share = percent(value / week.sum);
  return `${what}: ${plural(value, 'download')} in the last whole week, ${share}${trendPart(part, lines.weeks)}.`;
}

/**
 * Judges the share by what would have been downloaded had the whole been the same each week: so a
 * package that grows does not hide that people move on.
 */
function trendPart(part: Part, weeks: readonly PeriodCount[]): string {
  const whole = weeks.filter((week) => isWhole(week) && week.sum > 0);
  const mean = whole.reduce((sum, week) => sum + week.sum, 0) / Math.max(1, whole.length);
  const shares = weeks.map((week, at) =>
    isWhole(week) && week.sum > 0 ? (part.weeks[at] ?? 0) / week.sum : null,
  );
  const trend = trendOf(shares.map((share) => (share === null ? null : share * mean)));
  if (!trend) return '';
  const { direction, recent, earlier, earlierWeeks } = trend;
  return `; ${TREND[direction]}: ${percent(recent / mean)} over the last ${count(RECENT_WEEKS)} whole weeks, ${percent(earlier / mean)} over the ${count(Math.min(EARLIER_WEEKS, earlierWeeks))} before`;
}
