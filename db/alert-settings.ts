import type { Db } from './open.ts';
import { statement } from './statement.ts';

export const SENSITIVITIES = ['quiet', 'normal', 'sensitive'] as const;

/** How easily a drop is reported. */
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** What can be watched beside the downloads and pulls of our own. */
export const EXTRAS = ['stars', 'messages', 'rises', 'dependencies', 'away'] as const;
export type Extra = (typeof EXTRAS)[number];

/** Stands for all subjects without a sensitivity of their own. */
export const EVERYTHING = 0;

export function sensitivityOf(db: Db, subjectId: number): Sensitivity {
  const row = statement<{ sensitivity: Sensitivity }>(
    db,
    `SELECT sensitivity FROM alert_sensitivity WHERE subject_id IN (?, ${EVERYTHING})
     ORDER BY subject_id DESC LIMIT 1`,
  ).get(subjectId);
  return row?.sensitivity ?? 'normal';
}

/** Sets it for a subject, or for EVERYTHING that has none of its own. */
export function setSensitivity(db: Db, subjectId: number, sensitivity: Sensitivity): void {
  statement(
    db,
    `INSERT INTO alert_sensitivity (subject_id, sensitivity) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET sensitivity = excluded.sensitivity`,
  ).run(subjectId, sensitivity);
}

/** A subject that has none of its own again is told like the others. */
export function forgetSensitivity(db: Db, subjectId: number): void {
  statement(db, 'DELETE FROM alert_sensitivity WHERE subject_id = ?').run(subjectId);
}

export function ownSensitivities(db: Db): { subjectId: number; sensitivity: Sensitivity }[] {
  return statement<{ subjectId: number; sensitivity: Sensitivity }>(
    db,
    `SELECT subject_id AS subjectId, sensitivity FROM alert_sensitivity
     WHERE subject_id <> ${EVERYTHING} ORDER BY subject_id`,
  ).all();
}

export function extrasOf(db: Db): Set<Extra> {
  return new Set(statement(db, 'SELECT name FROM alert_extra').pluck().all() as Extra[]);
}

export function setExtra(db: Db, name: Extra, isOn: boolean): void {
  const sql = isOn
    ? 'INSERT INTO alert_extra (name) VALUES (?) ON CONFLICT DO NOTHING'
    : 'DELETE FROM alert_extra WHERE name = ?';
  statement(db, sql).run(name);
}
