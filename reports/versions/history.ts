import { z } from 'zod';
import { addDays, type Day, type Granularity } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { DOWNLOADS, UNKNOWN } from '../../db/pypi.ts';
import { sum } from '../../db/statistics.ts';
import { drawnRange, lastWholeWeek, placesOf, spansOf, WEEKS } from '../counts.ts';
import { earliest } from '../extent.ts';
import { mostDownloaded } from '../most-downloaded.ts';
import { packageRecords, readPackageDays, recordsBegin } from '../package-days.ts';
import { period } from '../params.ts';
import { type PartSpans, type Parts, partsOf } from '../parts.ts';
import { type ProviderStretch, providerStretches } from '../provider-stretches.ts';
import { byLine, type Grouping, groupingFor, isRelease, lineOf } from '../releases.ts';
import { type Coverage, coverageOf, groupMembers, readSplit, type SplitDays } from '../splits.ts';
import { type Untold, untoldOf } from '../untold.ts';
import { type Exposure, readExposure } from './exposure.ts';
import { type Newest, newestOf } from './newest.ts';

export const versionsParams = period.extend({
  /** Absent for the most downloaded package of our own. */
  subjectId: z.number().int().optional(),
});

export type VersionsParams = z.infer<typeof versionsParams>;

export interface Versions extends Coverage {
  readonly today: Day;
  readonly from: Day;
  readonly to: Day;
  readonly granularity: Granularity;
  /** Monday of the last whole week that the data covers. */
  readonly week: Day;
  readonly name: string;
  /** The packages that it was chosen from, where none was asked for. */
  readonly others: readonly string[];
  /** The first day of the record, where the range begins before it. */
  readonly begins: Day | undefined;
  /** The last day that is told of at all, also after the range. */
  readonly last: Day;
  readonly grouping: Grouping;
  /** The downloads by line: the newest line first, then "other" and "unknown". */
  readonly lines: Parts;
  /** How many versions were downloaded in the range. */
  readonly versions: number;
  /** Those of them that PEP 440 can't read, and their downloads. */
  readonly unread: { readonly versions: readonly string[]; readonly downloads: number };
  readonly newest: Newest | undefined;
  readonly exposure: Exposure;
  readonly stretches: readonly ProviderStretch[];
  readonly untold: readonly Untold[];
}

/** Where no package has downloads in the range or before: the first day of all that are known. */
interface NoVersions {
  readonly begins: Day | undefined;
}

export type VersionsData = Versions | NoVersions;

export function areThere(data: VersionsData): data is Versions {
  return 'lines' in data;
}

export function readVersions(db: Db, params: VersionsParams): VersionsData {
  const { subjectId, today } = params;
  const records = packageRecords(db, subjectId === undefined ? undefined : [subjectId], params);
  const choice = mostDownloaded(db, records);
  if (!choice) {
    return { begins: recordsBegin(db, subjectId === undefined ? undefined : [subjectId]) };
  }
  const { others } = choice;
  const { from, to, asked, granularity } = drawnRange(params, choice.record.first);
  // A range that ends within a period is read on to its end, and so is the record.
  const [record = choice.record] = packageRecords(db, [choice.record.series.subjectId], {
    to,
    today,
  });
  const week = lastWholeWeek(record.finished);
  const since = earliest([from, addDays(week, -7 * (WEEKS - 1))]);
  const days = readPackageDays(db, record, { from: since, to }, false);
  const split = readSplit(db, record.series.subjectId, DOWNLOADS, 'version', {
    from: since,
    to,
    whole: days.values,
  });
  const coverage = coverageOf(split, [days.values], asked);
  const spans = {
    spans: spansOf(since, from, to, granularity),
    weekSpans: spansOf(since, addDays(week, -7 * (WEEKS - 1)), addDays(week, 6), 'weekly'),
    finished: record.finished,
    asked: placesOf(since, asked),
  };
  return {
    today,
    ...asked,
    granularity,
    week,
    name: record.name,
    others,
    begins: params.from && params.from < record.first ? record.first : undefined,
    last: record.last,
    ...linesOf(split, spans),
    newest: newestOf(split, { week, to, finished: record.finished }),
    exposure: readExposure(db, record.series.subjectId, split, spans),
    stretches: providerStretches(days.provided, from, to),
    ...coverage,
    untold: untoldOf(db, record, coverage),
  };
}

function linesOf(split: SplitDays, spans: PartSpans) {
  const downloads = new Map<string, number>();
  for (const [version, values] of split.members) {
    let sum = 0;
    for (const value of values.subarray(spans.asked.begin, spans.asked.end)) sum += value;
    if (sum > 0 && version !== UNKNOWN) downloads.set(version, sum);
  }
  const grouping = groupingFor(downloads);
  const members = groupMembers(split.members, (version) => lineOf(version, grouping));
  const unread = [...downloads.keys()].filter((version) => !isRelease(version));
  const lines = partsOf({ ...split, members }, spans);
  const named = lines.parts.filter(({ kind }) => kind === 'member');
  return {
    grouping,
    lines: {
      ...lines,
      parts: [
        ...named.toSorted((a, b) => byLine(b.name, a.name)),
        ...lines.parts.filter(({ kind }) => kind !== 'member'),
      ],
    },
    versions: downloads.size,
    unread: {
      versions: unread,
      downloads: sum(unread.map((version) => downloads.get(version) ?? 0)),
    },
  };
}
