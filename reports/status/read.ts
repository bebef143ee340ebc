import { z } from 'zod';
import { addDays, type Day } from '../../db/days.ts';
import {
  type Backlog,
  costsOfMonth,
  inboxBacklog,
  listProvided,
  type Provided,
  type Recording,
  recordingOf,
  type SourceCosts,
} from '../../db/freshness.ts';
import { type JobRun, latestRuns } from '../../db/jobs.ts';
import type { Db } from '../../db/open.ts';
import { type QualityCheck, qualityChecks } from '../../db/quality.ts';
import { isSample } from '../../db/sample.ts';
import type { Viewer } from '../../db/viewer.ts';
import { period } from '../params.ts';
import { readStandings, type SourceStanding } from './standings.ts';

export const statusParams = period.pick({ today: true }).extend({
  /** The instant that ages are counted from, ISO; absent for the beginning of `today`. */
  now: z.iso.datetime().optional(),
  /** The sources' ids, `slack` among them; absent for all. */
  sources: z.array(z.string()).optional(),
  /** `checks`: the checks of the stored numbers, each with all that it found. */
  view: z.enum(['sources', 'checks']).default('sources'),
});

export type StatusParams = z.infer<typeof statusParams>;

export interface Status {
  readonly today: Day;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly view: StatusParams['view'];
  /** True where single sources were asked for. */
  readonly isPart: boolean;
  readonly sources: readonly SourceStanding[];
  /** Undefined where the viewer is of no workspace, or did not ask for it. */
  readonly recording: Recording | undefined;
  readonly backlog: Backlog;
  readonly costs: readonly SourceCosts[];
  readonly provided: readonly Provided[];
  readonly checks: readonly QualityCheck[];
  /** The jobs whose last run failed; none where single sources were asked for. */
  readonly failedJobs: readonly JobRun[];
  /** True where all that was there at the start is made up. */
  readonly isSample: boolean;
}

/** How many days of each subject are shown. */
export const SHOWN_DAYS = 30;

export function readStatus(db: Db, params: StatusParams, viewer: Viewer): Status {
  const { today, sources: asked, view } = params;
  const isAsked = (source: string) => asked?.includes(source) ?? true;
  const now = Date.parse(params.now ?? `${today}T00:00:00Z`);
  const shown = lastDays(today);
  const from = shown[0] ?? today;
  return {
    today,
    now,
    view,
    isPart: asked !== undefined,
    sources: readStandings(db, { today, now, shown, isAsked }),
    recording: isAsked('slack') ? recordingOf(db, viewer, shown) : undefined,
    backlog: inboxBacklog(db),
    costs: costsOfMonth(db, today).filter(({ source }) => isAsked(source)),
    provided: listProvided(db, from).filter(({ source }) => isAsked(source)),
    checks: qualityChecks(db, { today, sources: asked }),
    failedJobs: asked ? [] : latestRuns(db).filter(({ outcome }) => outcome === 'failed'),
    isSample: isSample(db),
  };
}

function lastDays(today: Day): Day[] {
  return Array.from({ length: SHOWN_DAYS }, (_, index) => addDays(today, index + 1 - SHOWN_DAYS));
}
