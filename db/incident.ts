import type { Joined, NamedJoined, WatchedKey } from './alert-series.ts';
import type { Sensitivity } from './alert-settings.ts';
import type { Day } from './days.ts';

type IncidentState = 'firing' | 'acknowledged' | 'snoozed' | 'resolved';

/** `new level`: it lasted so long that it is taken for what is usual now. */
export type IncidentOutcome = 'recovered' | 'new level' | 'not watched';

/** What is posted once, and kept up to date until it is over. */
interface Followed {
  readonly id: number;
  readonly source: string;
  /** `GitHub`. */
  readonly sourceTitle: string;
  /** The only workspace that may see it; null where all may. */
  readonly workspaceId: string | null;
  readonly openedDay: Day;
  readonly state: IncidentState;
  /** Who acknowledged or snoozed it, or of a firing one, who undid that. */
  readonly userId: string | null;
  /** Their name; null where it is not known. */
  readonly userName: string | null;
  /**
   * When a snoozed one is firing again (`2026-11-30 20:55`), by the clocks of `zone`.
   */
  readonly snoozedUntil: string | null;
  /** That of the channel it is posted in; without one, of `userId`, where Slack has told it. */
  readonly zone: string;
  /** The same as an instant (ISO), which no other channel changes. */
  readonly snoozeEnds: string | null;
  readonly closedDay: Day | null;
  readonly outcome: IncidentOutcome | null;
  readonly useful: number;
  readonly notUseful: number;
}

/** A number that left what is usual for it; its days are data days. */
export interface Movement extends Followed, WatchedKey {
  readonly kind: 'drop' | 'rise';
  readonly subjectName: string;
  /** Whose days were added to the subject's own when it was opened: what it replaces. */
  readonly others: readonly NamedJoined[];
  /** How many days, up to the one it opened on, were looked at together. */
  readonly days: number;
  readonly sensitivity: Sensitivity;
}

/** A package of which most downloads are of versions with a vulnerability that is long fixed. */
export interface Vulnerable extends Followed {
  readonly kind: 'vulnerable';
  readonly subjectId: number;
  readonly subjectName: string;
}

/** A source whose readings keep failing. */
export interface Failing extends Followed {
  readonly kind: 'failing';
}

/** The most active person of a workspace, by whose status they are away. */
export interface Away extends Followed {
  readonly kind: 'away';
  readonly workspaceId: string;
  readonly personId: string;
}

export type Incident = Movement | Vulnerable | Failing | Away;
export type IncidentKind = Incident['kind'];

export function isMovement(incident: Incident): incident is Movement {
  return incident.kind === 'drop' || incident.kind === 'rise';
}

/** So many days in a row that are back end a drop or a rise, as recovered. */
export const BACK_DAYS = 2;

/** One that has lasted this many days ends as the new level. */
export const SETTLE_DAYS = 28;

/** Of a series whose drop or rise has just ended, none begins for this many days. */
export const REST_DAYS = 7;

/** What an incident is about: of the same, only one is open at a time. */
export interface IncidentKey {
  readonly kind: IncidentKind;
  readonly source: string;
  /** Absent where every workspace may see it. */
  readonly workspaceId?: string | undefined;
  readonly subjectId?: number;
  readonly metric?: string;
  readonly personId?: string;
}

/** Of a drop or a rise of a series; its source is the first word of its metric. */
export function movementKey(
  kind: Movement['kind'],
  { subjectId, metric }: WatchedKey,
  workspaceId?: string,
): IncidentKey {
  return { kind, source: metric.slice(0, metric.indexOf('.')), workspaceId, subjectId, metric };
}

export interface OpenedIncident extends IncidentKey {
  readonly openedDay: Day;
  readonly days?: number;
  readonly sensitivity?: Sensitivity;
  /** False for one that was long open when it was first looked at. */
  readonly isNews?: boolean;
  /** The subjects whose days were added to its own; absent where there are none. */
  readonly others?: readonly Joined[];
}
