import type { Db } from '../../db/open.ts';
import type { Viewer } from '../../db/viewer.ts';
import { type Alert, readAlerts } from './alerts.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { type Change, changesIn } from './changes.ts';
import { type Panels, readPanels } from './panels.ts';
import type { SectionName, SummaryParams } from './params.ts';
import { readWriters, type Writers } from './people.ts';
import { type Repositories, readRepositories } from './repositories.ts';

export interface Summary extends Panels {
  readonly calendar: Calendar;
  readonly sections: readonly SectionName[];
  /** All that is unusual, the most unusual first. */
  readonly changes: readonly Change[];
  /** Undefined where nothing was written, or recorded. */
  readonly writers: Writers | undefined;
  readonly repositories: Repositories;
  /** The newest first. */
  readonly alerts: readonly Alert[];
}

export function readSummary(db: Db, params: SummaryParams, viewer: Viewer): Summary {
  const { today, to, granularity, subjectIds, sections } = params;
  const calendar = calendarOf(today, to, granularity);
  const panels = readPanels(db, calendar, subjectIds, viewer);
  return {
    ...panels,
    calendar,
    sections,
    changes: changesIn(panels.panels),
    writers: readWriters(db, calendar.span, viewer),
    repositories: readRepositories(db, calendar.span, subjectIds),
    alerts: readAlerts(db, calendar.span, today, subjectIds),
  };
}
