import type { IncidentKind } from './incident.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';
import { isZone } from './wall-time.ts';

/** `alerts`: what everybody may see. `admin`: failing sources, and who is away. */
export type Purpose = 'alerts' | 'admin';

/** What is posted where: who is away, and what fails, is for admins. */
export const KINDS: Readonly<Record<Purpose, readonly IncidentKind[]>> = {
  alerts: ['drop', 'rise', 'vulnerable'],
  admin: ['failing', 'away'],
};
export const PURPOSES = Object.keys(KINDS) as Purpose[];

/** Where incidents are posted. */
export interface AlertPlace {
  readonly channelId: string;
  /** IANA: at night by its clocks, nothing new is posted. */
  readonly zone: string;
  /** Who chose it; null where an older version did not ask. */
  readonly userId: string | null;
}

export function alertPlaceOf(
  db: Db,
  workspaceId: string,
  purpose: Purpose,
): AlertPlace | undefined {
  const column = COLUMNS[purpose];
  const place = statement<AlertPlace>(
    db,
    `SELECT ${column}_channel_id AS channelId, coalesce(${column}_zone, 'UTC') AS zone,
       ${column}_user_id AS userId
     FROM workspace
     WHERE id = ? AND ${column}_channel_id IS NOT NULL`,
  ).get(workspaceId);
  // Where another machine chose a zone that this one has no clocks of, alerts must not fall silent.
  return place && !isZone(place.zone) ? { ...place, zone: 'UTC' } : place;
}

/** The zone of the channel in which a workspace gets such incidents; undefined without one. */
export function zoneOfKind(db: Db, workspaceId: string, kind: IncidentKind): string | undefined {
  const purpose = PURPOSES.find((one) => KINDS[one].includes(kind));
  return purpose && alertPlaceOf(db, workspaceId, purpose)?.zone;
}

export function setAlertPlace(
  db: Db,
  workspaceId: string,
  purpose: Purpose,
  place: AlertPlace | undefined,
): void {
  const column = COLUMNS[purpose];
  statement(
    db,
    `UPDATE workspace SET ${column}_channel_id = ?, ${column}_zone = ?, ${column}_user_id = ?
     WHERE id = ?`,
  ).run(place?.channelId ?? null, place?.zone ?? null, place?.userId ?? null, workspaceId);
}

/** Lets both places, and what is posted there, follow a channel to its new id. */
export function moveAlertPlaces(db: Db, workspaceId: string, from: string, to: string): void {
  for (const column of Object.values(COLUMNS)) {
    statement(
      db,
      `UPDATE workspace SET ${column}_channel_id = ? WHERE id = ? AND ${column}_channel_id = ?`,
    ).run(to, workspaceId, from);
  }
  statement(
    db,
    'UPDATE alert_post SET channel_id = ? WHERE workspace_id = ? AND channel_id = ?',
  ).run(to, workspaceId, from);
}

const COLUMNS: Readonly<Record<Purpose, string>> = { alerts: 'alert', admin: 'admin' };
