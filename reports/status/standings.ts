import {
  ALL_SUBJECTS,
  type Collection,
  type CollectionKey,
  listCollections,
  listSourceParts,
  type SourcePart,
} from '../../db/collections.ts';
import { addDays, type Day } from '../../db/days.ts';
import { failingSince, headlineDays, listReach, type Reach } from '../../db/freshness.ts';
import type { Db } from '../../db/open.ts';
import {
  judgeDays,
  judgePart,
  lagOf,
  type PartStanding,
  STATES,
  type State,
  worst,
} from './judge.ts';

/** `open`: there is a number, and its source has not finished the day. `quiet`: nothing to have. */
export type DayMark = 'full' | 'open' | 'missing' | 'quiet';

/** How what is collected of one subject stands; or a part that is read for all at once. */
export interface Standing {
  /** ALL_SUBJECTS for what is read for all at once. */
  readonly subjectId: number;
  readonly source: string;
  readonly sourceTitle: string;
  readonly name: string;
  readonly state: State;
  /** The headline first; only those that are switched on. */
  readonly parts: readonly PartStanding[];
  readonly areDaysLate: boolean;
  readonly through: Day | null;
  readonly lastDay: Day | null;
  readonly rows: number;
  /** One a day of the last ones, today the last; undefined before the first day with data. */
  readonly days: readonly (DayMark | undefined)[];
}

export interface SourceStanding {
  readonly id: string;
  readonly title: string;
  /** The worst first. */
  readonly standings: readonly Standing[];
  /** Parts that are switched off. */
  readonly off: readonly { readonly title: string; readonly why: string }[];
}

interface Asked {
  readonly today: Day;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The days to show, oldest first. */
  readonly shown: readonly Day[];
  readonly isAsked: (source: string) => boolean;
}

/** How every source stands that has subjects, by its id. */
export function readStandings(db: Db, { isAsked, ...asked }: Asked): SourceStanding[] {
  const reach = listReach(db);
  const context = {
    ...asked,
    db,
    parts: listSourceParts(db),
    collections: new Map(listCollections(db).map((one) => [keyOf(one), one])),
    days: headlineDays(db, asked.shown[0] ?? asked.today),
  };
  return [...new Set(reach.map(({ source }) => source))]
    .filter(isAsked)
    .toSorted()
    .map((id) => sourceStanding(id, reach, context));
}

interface Context extends Omit<Asked, 'isAsked'> {
  readonly db: Db;
  readonly parts: readonly SourcePart[];
  /** By `keyOf`. */
  readonly collections: ReadonlyMap<string, Collection>;
  readonly days: ReadonlyMap<number, ReadonlySet<Day>>;
}

function keyOf({ source, subjectId, part }: CollectionKey): string {
  return `${source} ${subjectId} ${part}`;
}

function sourceStanding(id: string, reach: readonly Reach[], context: Context): SourceStanding {
  const parts = context.parts.filter(({ source }) => source === id);
  const title = parts[0]?.sourceTitle ?? (id === 'slack' ? 'Slack' : id);
  const subjects = reach.filter(({ source }) => source === id);
  const isOn = subjects.some(({ trackedAt }) => trackedAt !== null);
  const common = parts.filter(({ scope, off }) => isOn && scope === 'source' && off === null);
  const standings = [
    ...subjects.map((subject) => subjectStanding(subject, title, parts, context)),
    ...common.map((part) => partStanding(part, context)),
  ];
  return {
    id,
    title,
    standings: standings.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state)),
    off: isOn
      ? parts.flatMap(({ partTitle, off }) =>
          off === null ? [] : [{ title: partTitle, why: off }],
        )
      : [],
  };
}

const HEADLINE = { part: '', partTitle: '', everyHours: 0, scope: 'subject', off: null } as const;

function subjectStanding(
  reach: Reach,
  sourceTitle: string,
  parts: readonly SourcePart[],
  context: Context,
): Standing {
  const { subjectId, source, name, trackedAt, isGroup, rows, lastDay } = reach;
  const own = [
    { ...HEADLINE, source },
    ...parts.filter(({ part, scope, off }) => part !== '' && scope === 'subject' && off === null),
  ].slice(0, isGroup ? 1 : undefined);
  const judged =
    trackedAt === null ? [] : own.map((part) => partOf(part, subjectId, context, reach));
  const through = reach.completeThrough;
  const daysState =
    trackedAt === null || isGroup ? 'off' : judgeDays(source, through, trackedAt, context.today);
  return {
    subjectId,
    source,
    sourceTitle,
    name,
    state: worst([...judged.map(({ state }) => state), daysState]),
    parts: judged,
    areDaysLate: daysState === 'late' || daysState === 'bad',
    through,
    lastDay,
    rows,
    days: isGroup ? [] : marksOf(reach, context),
  };
}

function partStanding(part: SourcePart, context: Context): Standing {
  const judged = partOf(part, ALL_SUBJECTS, context);
  return {
    subjectId: ALL_SUBJECTS,
    source: part.source,
    sourceTitle: part.sourceTitle,
    name: part.partTitle,
    state: judged.state,
    parts: [judged],
    areDaysLate: false,
    through: null,
    lastDay: null,
    rows: 0,
    days: [],
  };
}

function partOf(
  part: Pick<SourcePart, 'source' | 'part' | 'partTitle' | 'everyHours'>,
  subjectId: number,
  { db, now, collections }: Context,
  reach?: Reach,
): PartStanding {
  const key = { source: part.source, subjectId, part: part.part };
  const collection = collections.get(keyOf(key));
  const since = collection && collection.failures > 0 ? failingSince(db, key) : undefined;
  const headline = part.part === '' ? reach : undefined;
  return judgePart({
    part,
    collection,
    polledAt: headline?.polledAt ?? null,
    dueSince: headline?.trackedAt ?? null,
    since,
    now,
  });
}

function marksOf(
  { subjectId, source, trackedAt, firstDay, lastDay, completeThrough }: Reach,
  { shown, today, days }: Context,
): (DayMark | undefined)[] {
  const known = days.get(subjectId);
  const through = completeThrough ?? addDays(today, -1);
  // What its source may still be about to finish is not missing yet.
  const due = trackedAt === null ? (lastDay ?? '') : addDays(today, -lagOf(source));
  return shown.map((day) => {
    if (firstDay === null || day < firstDay) return undefined;
    if (known?.has(day)) return day > through ? 'open' : 'full';
    return day <= through || day <= due ? 'missing' : undefined;
  });
}
