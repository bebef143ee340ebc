import { isWhole, type PeriodCount } from '../counts.ts';
import type { Fix } from '../fixes.ts';
import type { Part } from '../parts.ts';
import { dayName, percent, plural } from '../words.ts';
import { basisOf } from './basis.ts';
import type { Exposed } from './exposure.ts';
import type { Versions } from './history.ts';
import { tendencyOf } from './tendency.ts';

const MOST_LINES = 5;
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
    ...(advisories.length > 1
      ? [exposedLine('Versions with a known vulnerability', any, data)]
      : []),
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

function advisoryLine(
  { name, severity, fixes, published, downloads }: Exposed,
  data: Versions,
): string {
  const what = [
    ...(severity ? [`${severity.toLowerCase()} severity`] : []),
    `published on ${dayName(published)}`,
    ...(fixes.length > 0 ? fixes.map(fixPart) : ['no fix known']),
  ];
  return exposedLine(`${name} (${what.join('; ')})`, downloads, data);
}

function fixPart({ version, day }: Fix): string {
  const since = day ? `, first downloaded on ${dayName(day)}` : '';
  return `fixed in ${version}${since}`;
}

function exposedLine(what: string, part: Part, data: Versions): string {
  const { of, whole, isWeek } = basisOf(data);
  const [when, trend] = isWeek
    ? ['in the last whole week', trendPart(part, data.lines.weeks)]
    : ['in this range', ''];
  const share = percent(whole > 0 ? of(part) / whole : 0);
  return `${what}: ${plural(of(part), 'download')} ${when}, ${share}${trend}.`;
}

/** Which way the share has gone over the weeks that are known. */
function trendPart({ weeks }: Part, wholes: readonly PeriodCount[]): string {
  const shares = wholes.flatMap((week, at) =>
    isWhole(week) && week.sum > 0 ? [(weeks[at] ?? 0) / week.sum] : [],
  );
  const direction = tendencyOf(shares);
  const [first] = shares;
  if (!direction || first === undefined) return '';
  const since = `${plural(shares.length - 1, 'week')} before`;
  return `; ${since} it was ${percent(first)}, and the share is ${direction}`;
}
