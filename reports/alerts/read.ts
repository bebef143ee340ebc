import { z } from 'zod';
import { type AlertSeries, listAlertSeries, type Standing } from '../../db/alert-series.ts';
import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { PublishedRelease } from '../../db/github-releases.ts';
import { type Incident, incidentById, listIncidents } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { type Course, readCourse } from '../fall-course.ts';
import { type Move, readMoves } from '../moves.ts';
import { period } from '../params.ts';
import { type Explanation, explain, releasesNear } from './explain.ts';

export const alertsParams = period.pick({ today: true }).extend({
  /** The number of the incident to look at; the newest open one when absent. */
  incident: z.number().int().positive().optional(),
});

export type AlertsParams = z.infer<typeof alertsParams>;

/** A watched series and what it has told. */
export interface WatchedLine extends Omit<AlertSeries, 'state' | 'standing'> {
  /** `no data`: nothing has come in for three days longer than usual. */
  readonly standing: Standing | 'no data';
  readonly incidents: number;
}

/** One incident from near. */
export interface Look {
  readonly incident: Incident;
  readonly course: Course;
  readonly explanation: Explanation;
  /** Others of the same source that opened within two days of it. */
  readonly siblings: readonly Incident[];
  /** How many others of the same kind are watched. */
  readonly others: number;
  readonly releases: readonly PublishedRelease[];
}

const MOVING = ['pypi.downloads', 'docker.pulls'];

export interface Alerts {
  readonly today: Day;
  readonly watched: readonly WatchedLine[];
  readonly open: readonly Incident[];
  /** Those of the last 90 days that are over. */
  readonly past: readonly Incident[];
  /** The one that was asked for; undefined when none was, or there is none of that number. */
  readonly asked: number | undefined;
  /** Undefined when there is none to look at. */
  readonly shown: Look | undefined;
  /** From what is replaced to its successor; of an incident that was asked for, only its own. */
  readonly moves: readonly Move[];
}

/** Days of which incidents are listed. */
export const LISTED_DAYS = 90;

/** Days without data that are worth a word, and days that a source takes to finish one. */
const MISSING_DAYS = 3;
const LAG_DAYS: Readonly<Record<string, number>> = { pypi: 2 };

const TOGETHER_DAYS = 2;

export function readAlerts(db: Db, { today, incident: asked }: AlertsParams): Alerts {
  const all = listIncidents(db, addDays(today, -LISTED_DAYS));
  const open = all.filter(({ closedDay }) => closedDay === null);
  const past = all.filter(({ closedDay }) => closedDay !== null);
  const watched = listAlertSeries(db).map(
    ({ state: _state, standing, ...one }): WatchedLine => ({
      ...one,
      standing: isSilent(one, today) ? 'no data' : standing,
      incidents: all.filter((incident) => isOf(incident, one)).length,
    }),
  );
  const near = asked === undefined ? (open[0] ?? past[0]) : incidentById(db, asked);
  const shown = near && look(db, near, { watched, today });
  const moves = MOVING.flatMap((metric) => readMoves(db, metric, addDays(today, -1))).filter(
    ({ metric, subjectIds: [subjectId] }) =>
      asked === undefined || (near?.subjectId === subjectId && near?.metric === metric),
  );
  return { today, watched, open, past, asked, shown, moves };
}

function isOf(
  incident: Incident,
  { subjectId, metric }: Pick<AlertSeries, 'subjectId' | 'metric'>,
) {
  return incident.subjectId === subjectId && incident.metric === metric;
}

function isSilent({ source, judgedThrough }: Omit<AlertSeries, 'standing' | 'state'>, today: Day) {
  return daysBetween(judgedThrough, today) > (LAG_DAYS[source] ?? 1) + MISSING_DAYS;
}

interface Around {
  readonly watched: readonly WatchedLine[];
  readonly today: Day;
}

function look(db: Db, incident: Incident, { watched, today }: Around): Look {
  const course = readCourse(db, incident, today);
  const { source, metric, openedDay, others } = incident;
  const added = new Set(others.map(({ subjectId }) => subjectId));
  return {
    incident,
    course,
    explanation: explain(db, incident, course),
    siblings: listIncidents(db, addDays(openedDay, -TOGETHER_DAYS)).filter(
      (other) =>
        other.source === source &&
        other.id !== incident.id &&
        !added.has(other.subjectId) &&
        Math.abs(daysBetween(other.openedDay, openedDay)) <= TOGETHER_DAYS,
    ),
    others: watched.filter((one) => one.metric === metric && !isOf(incident, one)).length,
    releases: releasesNear(db, incident, course),
  };
}
