import type { WatchedKey } from '../db/alert-series.ts';
import type { Extra, Sensitivity } from '../db/alert-settings.ts';
import type { Day } from '../db/days.ts';
import type { IncidentKind } from '../db/incident.ts';

/** What a sensitivity would have reported of a series. */
export interface Tuned<T extends WatchedKey> {
  readonly series: T;
  readonly sensitivity: Sensitivity;
  readonly drops: readonly TunedDrop[];
}

export interface TunedDrop {
  readonly openedDay: Day;
  /** Null while it would still be open. */
  readonly closedDay: Day | null;
  /** True of a counter that had only stood still, and had caught up by then. */
  readonly isMadeUp: boolean;
}

/** What a switch adds that is judged by itself. */
export interface Added {
  readonly series: number;
  /** Those that have too little a day to be judged by now. */
  readonly small: readonly (WatchedKey & { readonly subjectName: string })[];
}

/**
 * What a person can do with incidents, and with the rule: try it out. `acknowledge`, `snooze`, `reopen`
 * and `vote` throw an InputError when there is no such incident, and all but `vote` when it is over.
 */
export interface AlertDesk {
  /** How many days `tune` goes back. */
  readonly tunedDays: number;
  /** Replays the last days of each of the series at each sensitivity. */
  tune<T extends WatchedKey>(series: readonly T[]): Promise<readonly Tuned<T>[]>;
  /** What is watched by `extra`, which is on. */
  addedBy(extra: Extra): Promise<Added>;
  acknowledge(incidentId: number): void;
  /** Counts as firing again from that instant on (milliseconds since the epoch). */
  snooze(incidentId: number, until: number): void;
  /** By whose clocks such an incident is snoozed: of its channel, or without one of the person. */
  zoneOf(kind: IncidentKind): Promise<string>;
  /** Undoes both. Throws an InputError as well when there is nothing to undo. */
  reopen(incidentId: number): void;
  vote(incidentId: number, isUseful: boolean): void;
}
