import { z } from 'zod';
import { listAlertSeries } from '../../db/alert-series.ts';
import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { PublishedRelease } from '../../db/github-releases.ts';
import {
  type Failing,
  isMovement,
  type Movement,
  REST_DAYS,
  type Vulnerable,
} from '../../db/incident.ts';
import { incidentById, listIncidents, type OpenToAll, sameSeries } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { suspectDays } from '../../db/suspect-days.ts';
import { mayHear, type Viewer } from '../../db/viewer.ts';
import { type Course, readCourse } from '../course.ts';
import { MOVING, type Move, readMoves } from '../moves.ts';
import { period } from '../params.ts';
import { latestVulnerable, type VulnerableShare } from '../vulnerable.ts';
import { isOverlapping, isUndone, withoutDuplicates } from './duplicates.ts';
import { type Explanation, explain, releasesNear } from './explain.ts';
import { type FailingReading, failingReadings } from './failing.ts';
import { type Peers, readPeers, TOGETHER_DAYS } from './peers.ts';
import { type RuleRecord, readRules } from './rules.ts';
import { type AlertSettings, readSettings } from './settings.ts';
import { standingOf, type WatchedLine } from './standing.ts';

export const alertsParams = period.pick({ today: true }).extend({
  /** The number of the incident to look at; absent: the newest open drop or rise, or what else is open. */
  incident: z.number().int().positive().optional(),
  /** Whether to say all that is known of that one. */
  details: z.boolean().optional(),
  /** Incidents that are told in the same message: what moved with it goes without their names. */
  beside: z.array(z.number()).readonly().optional(),
});

export type AlertsParams = z.infer<typeof alertsParams>;

/** One incident in detail. */
export type IncidentView = MovementView | VulnerableView | FailingView;

interface VulnerableView {
  readonly kind: 'vulnerable';
  readonly incident: Vulnerable;
  /** Of the newest week that is known; undefined where it is not. */
  readonly share: VulnerableShare | undefined;
}

interface FailingView {
  readonly kind: 'failing';
  readonly incident: Failing;
  readonly readings: readonly FailingReading[];
}

export interface MovementView {
  readonly kind: 'movement';
  readonly incident: Movement;
  readonly course: Course;
  /** The drop before it, when that had been over for no more than a week. */
  readonly before: Movement | undefined;
  readonly explanation: Explanation;
  /** Others of the same source that opened within two days of it, and are not told beside it. */
  readonly siblings: readonly Movement[];
  /** How those went that opened nothing. */
  readonly peers: Peers;
  readonly releases: readonly PublishedRelease[];
  /** Days of the course on which the source looked wrong for all that is read of it. */
  readonly suspect: readonly Day[];
}

export interface Alerts {
  readonly today: Day;
  readonly watched: readonly WatchedLine[];
  readonly open: readonly OpenToAll[];
  /** Those of the last 90 days that are over. */
  readonly past: readonly OpenToAll[];
  /** The one that was asked for; undefined when none was, or there is none of that number. */
  readonly asked: number | undefined;
  /** How those went that are open, by their numbers; none where the headline tells of the only one. */
  readonly courses: ReadonlyMap<number, Course>;
  /** Undefined when there is none to look at. */
  readonly shown: IncidentView | undefined;
  /** From what is replaced to its successor; of an incident that was asked for, only its own. */
  readonly moves: readonly Move[];
  readonly rules: readonly RuleRecord[];
  readonly settings: AlertSettings;
  readonly details: boolean;
}

/** Days of which incidents are listed. */
export const LISTED_DAYS = 90;

export function readAlerts(
  db: Db,
  { today, incident: asked, details = false, beside = [] }: AlertsParams,
  viewer: Viewer,
): Alerts {
  const { workspaceId } = viewer;
  const series = listAlertSeries(db).filter((one) => mayHear(viewer, one));
  const all = listIncidents(db, addDays(today, -LISTED_DAYS), workspaceId).filter(
    (incident) => mayHear(viewer, incident) && !isUndone(incident, series),
  );
  const open = all.filter(({ closedDay }) => closedDay === null);
  const past = all.filter(({ closedDay }) => closedDay !== null);
  const watched = series.map(
    ({ state: _state, ...one }): WatchedLine => ({
      ...one,
      standing: standingOf(one, open, today),
    }),
  );
  const near = asked === undefined ? (newest(open) ?? newest(past)) : askedFor(db, asked, viewer);
  const shown = near && incidentView(db, near, { watched, today, workspaceId, beside });
  const several = asked === undefined && open.length > 1 ? open.filter(isMovement) : [];
  const courses = new Map(several.map((one) => [one.id, readCourse(db, one, today)]));
  const moves = MOVING.flatMap((metric) => readMoves(db, metric, addDays(today, -1))).filter(
    ({ metric, subjectIds: [subjectId] }) =>
      asked === undefined ||
      (near && isMovement(near) && near.subjectId === subjectId && near.metric === metric),
  );
  const settings = readSettings(db, watched, viewer);
  const rules = readRules(all);
  return { today, watched, open, past, asked, courses, shown, moves, rules, settings, details };
}

/** A drop or a rise, which can be drawn, before all else. */
function newest(incidents: readonly OpenToAll[]): OpenToAll | undefined {
  return incidents.find(isMovement) ?? incidents[0];
}

/** One that the viewer may see. */
function askedFor(db: Db, id: number, viewer: Viewer): OpenToAll | undefined {
  const found = incidentById(db, id, viewer.workspaceId);
  return found && found.kind !== 'away' && mayHear(viewer, found) ? found : undefined;
}

interface Around {
  readonly watched: readonly WatchedLine[];
  readonly today: Day;
  readonly workspaceId: string;
  readonly beside: readonly number[];
}

function incidentView(db: Db, incident: OpenToAll, around: Around): IncidentView {
  if (incident.kind === 'failing') {
    return {
      kind: 'failing',
      incident,
      readings: failingReadings(db, incident.source, around.today),
    };
  }
  if (incident.kind === 'vulnerable') {
    return { kind: 'vulnerable', incident, share: latestVulnerable(db, incident.subjectId) };
  }
  return movementView(db, incident, around);
}

function movementView(
  db: Db,
  incident: Movement,
  { watched, today, workspaceId, beside }: Around,
): MovementView {
  const course = readCourse(db, incident, today);
  const { kind, source, metric, openedDay } = incident;
  const [first, last] = [course.days[0]?.day ?? openedDay, course.days.at(-1)?.day ?? openedDay];
  const siblings = withoutDuplicates(
    listIncidents(db, addDays(openedDay, -TOGETHER_DAYS), workspaceId)
      .filter(isMovement)
      .filter(
        (other) =>
          other.kind === kind &&
          other.source === source &&
          !isOverlapping(other, incident) &&
          Math.abs(daysBetween(other.openedDay, openedDay)) <= TOGETHER_DAYS,
      ),
  );
  const known = beside.flatMap((id) => incidentById(db, id, workspaceId) ?? []).filter(isMovement);
  const told = [incident, ...siblings, ...known];
  const others = watched.filter(
    (one) => one.metric === metric && !told.some((each) => isOverlapping(one, each)),
  );
  return {
    kind: 'movement',
    incident,
    course,
    before: dropBefore(db, incident, course),
    explanation: explain(db, incident, course),
    siblings: siblings.filter(({ id }) => !beside.includes(id)),
    peers: readPeers(db, incident, course, others),
    releases: releasesNear(db, incident, course),
    suspect: suspectDays(db, metric, first, last),
  };
}

function dropBefore(db: Db, incident: Movement, { onset }: Course): Movement | undefined {
  if (incident.kind !== 'drop') return undefined;
  const since = addDays(onset, -REST_DAYS);
  return sameSeries(db, incident).find(
    ({ closedDay, outcome }) =>
      outcome === 'recovered' && closedDay !== null && closedDay >= since && closedDay < onset,
  );
}
