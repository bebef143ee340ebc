import { sum } from '../../db/statistics.ts';
import { noRecord } from '../package-days.ts';
import type { Part } from '../parts.ts';
import { rangeName, weekName } from '../ranges.ts';
import type { Grouping } from '../releases.ts';
import type { Words } from '../report.ts';
import { remedy } from '../untold.ts';
import { altText, count, dayName, isolated, percent, plural } from '../words.ts';
import { basisOf } from './basis.ts';
import { exposureLines } from './exposure-words.ts';
import { areThere, type Versions, type VersionsData } from './history.ts';
import { versionsNotes } from './notes.ts';

const GROUPED: Readonly<Record<Grouping, string>> = {
  release: 'each drawn by itself',
  minor: 'put together by minor series',
  major: 'put together by major series',
};

export function versionsWords(data: VersionsData): Words {
  const headline = versionsHeadline(data);
  if (!areThere(data)) return { headline, lines: [], notes: [], alt: headline };
  const lines = [...lineLines(data), ...newestLine(data), ...exposureLines(data)];
  const notes = versionsNotes(data);
  return { headline, lines, notes, alt: altText([headline, ...lines, ...notes]) };
}

/** The newest release's share, and how much is loaded of versions with a known vulnerability. */
export function versionsHeadline(data: VersionsData): string {
  if (!areThere(data)) return noRecord(data.begins);
  const { name, newest, toldDays, untoldDays, spoken, today } = data;
  const when = rangeName(spoken.from, spoken.to, today);
  if (toldDays === 0 && untoldDays === 0) {
    return `Nothing is known about the downloads of ${isolated(name)} ${when}.`;
  }
  if (toldDays === 0) {
    return `The downloads of ${isolated(name)} ${when} are not told by version. ${remedy('version', data.untold)}`;
  }
  const total = sum(data.lines.parts.map((part) => part.total));
  if (total === 0) return `There are no downloads of ${isolated(name)} ${when}.`;
  return `${newest ? newestPart(data, newest) : plainPart(data, total)}${exposedPart(data)}.`;
}

function newestPart(data: Versions, newest: NonNullable<Versions['newest']>): string {
  const { version, first, share, shareBefore } = newest;
  const who = `${isolated(data.name)} ${version}, the newest release,`;
  if (share === undefined) {
    const isYoung = first !== undefined && first > data.week;
    return isYoung
      ? `${who} has no whole week yet`
      : `${who} has a share of the downloads ${weekName(data.week, data.today)} that is not known`;
  }
  const before = shareBefore === undefined ? '' : ` (${percent(shareBefore)} the week before)`;
  return `${who} has ${percent(share)} of the downloads ${weekName(data.week, data.today)}${before}`;
}

function plainPart({ name, spoken, today }: Versions, total: number): string {
  return `${isolated(name)} was downloaded ${plural(total, 'time')} ${rangeName(spoken.from, spoken.to, today)}`;
}

function exposedPart(data: Versions): string {
  const { any } = data.exposure;
  if (!any) return '';
  const { of, whole, isWeek } = basisOf(data);
  if (of(any) === 0) return '; nobody loads a version with a known vulnerability any longer';
  const when = isWeek ? '' : ' in this range';
  return `; ${percent(of(any) / whole)}${when} are of a version with a known vulnerability`;
}

function lineLines(data: Versions): string[] {
  const { lines, versions, grouping, today, toldDays, spoken } = data;
  const total = sum(lines.parts.map((part) => part.total));
  if (toldDays === 0 || total === 0) return [];
  const all = `${plural(total, 'download')} ${rangeName(spoken.from, spoken.to, today)}, of ${plural(versions, 'version')}`;
  const how = versions > 1 ? `, ${GROUPED[grouping]}` : '';
  const each = lines.parts
    .filter((part) => part.total > 0)
    .map((part) => partLine(part, total, data));
  return [`In all ${all}${how}.`, ...each];
}

function partLine(part: Part, whole: number, data: Versions): string {
  const { name, kind, total } = part;
  const { others } = data.lines;
  const stands = kind === 'other' && others > 0 ? ` (${count(others)})` : '';
  const basis = basisOf(data);
  const share = percent(basis.of(part) / basis.whole);
  const now = basis.isWeek ? ` (${share} in the last whole week)` : '';
  return `${isolated(name)}${stands}: ${count(total)}, ${percent(total / whole)}${now}.`;
}

/** How fast the move to the newest release is, beside the one before at the same age. */
function newestLine({ newest }: Versions): string[] {
  if (!newest?.first || newest.share === undefined) return [];
  const { version, first, share, rival, weeks } = newest;
  const age = weeks === 0 ? 'in its first week' : `after ${plural(weeks, 'week')}`;
  const came = `${version} was first downloaded on ${dayName(first)} and has ${percent(share)} ${age}`;
  if (!rival) return [`${came}.`];
  return [`${came}; ${rival.version} had ${percent(rival.share)} at that age.`];
}
