import { addDays, type Day } from '../../db/days.ts';
import type { Incident } from '../../db/incident.ts';
import type { Words } from '../../reports/report.ts';

/**
 * An incident as a message shows it. Kept as JSON in `alert_post.shown`: what older versions wrote
 * there has to be understood.
 */
export interface ShownIncident
  extends Pick<Incident, 'id' | 'state' | 'snoozedUntil' | 'outcome' | 'useful' | 'notUseful'> {
  /** Absent where it is not snoozed, and where an older version showed it. */
  readonly snoozeEnds?: string;
  /** What is said of one whose words change while it is open; absent for the others. */
  readonly said?: string;
  /** What stands below that. */
  readonly detail?: string;
  /** What is said of its source and of the others there; absent where an older version showed it. */
  readonly around?: string;
  /** The share that it says is lost, and null for none; absent where an older version showed it. */
  readonly lost?: number | null;
  /** The last day that was judged when these two were looked at. */
  readonly aroundThrough?: Day;
}

/** An incident, and what a message says of it first. */
export interface SaidIncident {
  readonly incident: Incident;
  readonly words: Pick<Words, 'headline' | 'lines' | 'around'>;
  /** The share that these say is lost, and null for none; only of a drop or a rise. */
  readonly lost?: number | null;
}

/** @param describe called only for an incident whose words change while it is open */
export function shownOf(
  incident: Incident,
  describe: (incident: Incident) => Pick<SaidIncident, 'words'>,
): ShownIncident {
  const { id, state, snoozedUntil, snoozeEnds, outcome, useful, notUseful } = incident;
  const ends = state === 'snoozed' && snoozeEnds ? { snoozeEnds } : {};
  const shown = { id, state, snoozedUntil, ...ends, outcome, useful, notUseful };
  if (incident.kind !== 'failing') return shown;
  const { headline, lines } = describe(incident).words;
  return { ...shown, said: headline, detail: lines.join('\n') };
}

/** The incidents as they are by their rows, with what was said before that only their days can change. */
export function rowsOf(
  before: readonly ShownIncident[],
  incidents: readonly Incident[],
  describe: (incident: Incident) => SaidIncident,
): ShownIncident[] {
  const known = new Map(before.map((shown) => [shown.id, shown]));
  return incidents.map((incident) => {
    const { around, lost, aroundThrough } = known.get(incident.id) ?? {};
    return {
      ...shownOf(incident, describe),
      ...(around !== undefined && { around }),
      ...(lost !== undefined && { lost }),
      ...(aroundThrough !== undefined && { aroundThrough }),
    };
  });
}

/** The same, with what is said now of their days and of the others, when all is judged through a day. */
export function shownNow(
  before: readonly ShownIncident[],
  said: readonly SaidIncident[],
  through: Day | undefined,
): ShownIncident[] {
  const known = new Map(before.map((shown) => [shown.id, shown]));
  return said.map((one) => {
    const was = known.get(one.incident.id);
    // Of what was over before, only one thing more is told: that it is low again, and once. When it
    // turns out to be a fall of its own, that has a message which tells it.
    const wasOver = was?.outcome != null && was.outcome === one.incident.outcome;
    const around = wasOver ? was.around : one.words.around?.join('\n');
    const isTold = wasOver && typeof was.lost === 'number' && one.lost !== null;
    const lost = isTold ? was.lost : one.lost;
    return {
      ...shownOf(one.incident, () => one),
      ...(around !== undefined && { around }),
      ...(lost !== undefined && { lost }),
      ...(through !== undefined && { aroundThrough: through }),
    };
  });
}

/**
 * True when its days and the others need not be looked at again: once for each day that is judged will
 * do, so that a message is not brought up to date more often for their sake.
 */
export function isLooked(before: readonly ShownIncident[], through: Day | undefined): boolean {
  return through === undefined || before.some(({ aroundThrough = '' }) => aroundThrough >= through);
}

/** A share that is so far from the one that a message tells is news; of a rise, this part of it. */
const OTHERWISE = 0.1;

/** What a message tells now, with the shares that it tells already where they are still about true. */
export function keptOf(
  before: readonly ShownIncident[],
  now: readonly ShownIncident[],
): ShownIncident[] {
  const known = new Map(before.map((shown) => [shown.id, shown]));
  return now.map((shown) => {
    const was = known.get(shown.id)?.lost;
    const { lost } = shown;
    const isAbout =
      typeof was === 'number' &&
      typeof lost === 'number' &&
      Math.abs(lost - was) < OTHERWISE * Math.max(1, 1 - was);
    return isAbout ? { ...shown, lost: was } : shown;
  });
}

/** True when a message need not change. */
export function isAlike(before: readonly ShownIncident[], now: readonly ShownIncident[]): boolean {
  // Of what an older version showed it is not known; when that changes next, it will be.
  const old = new Set(before.filter(({ lost }) => lost === undefined).map(({ id }) => id));
  const visible = (all: readonly ShownIncident[]) =>
    JSON.stringify(
      all.map(({ aroundThrough: _, lost, ...shown }) => ({
        ...shown,
        ...(!old.has(shown.id) && { lost }),
      })),
    );
  return visible(before) === visible(keptOf(before, now));
}

/** Days after an incident in which it is looked whether it is low again. */
const AFTER = 9;

/** True when nothing can change any more what a message says of an incident that is over. */
export function isDone(
  { closedDay, outcome, kind }: Incident,
  shown: ShownIncident | undefined,
  today: Day,
): boolean {
  if (closedDay === null) return false;
  const mayBeLow = kind === 'drop' && outcome === 'recovered' && shown?.lost === null;
  return !mayBeLow || today > addDays(closedDay, AFTER);
}
