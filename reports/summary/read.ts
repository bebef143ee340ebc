import { addDays } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { withRelatives } from '../../db/replacements.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import type { Viewer } from '../../db/viewer.ts';
import { isOver, MOVING, type Move, readMoves } from '../moves.ts';
import { type Alert, readPeriodAlerts } from './alerts.ts';
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
  /** Undefined where nothing was written, or not all of it was recorded. */
  readonly writers: Writers | undefined;
  readonly repositories: Repositories;
  /** The newest first. */
  readonly alerts: readonly Alert[];
  /** From what is replaced to its successor, while it goes on. */
  readonly moves: readonly Move[];
}

export function readSummary(db: Db, params: SummaryParams, viewer: Viewer): Summary {
  const { today, to, granularity, sections } = params;
  // What moves from one to the other is reported of both.
  const named = params.subjectIds && withRelatives(db, params.subjectIds);
  // What was taken off the list is reported only where it is asked for, as alerts are.
  const subjectIds = named ?? trackedSubjects(db).map(({ id }) => id);
  const calendar = calendarOf(today, to, granularity, params.readOn);
  const panels = readPanels(db, calendar, { ...params, subjectIds }, viewer);
  return {
    ...panels,
    // Of what was not asked for, nothing is lacking.
    absent: named ? [] : panels.absent,
    calendar,
    sections,
    changes: changesIn(panels.news),
    writers: readWriters(db, calendar.span, viewer),
    repositories: readRepositories(db, calendar.span, subjectIds),
    alerts: readPeriodAlerts(db, calendar.span, today, named, viewer),
    moves: movesIn(db, calendar, panels),
  };
}

/** Weeks that ended longer before the period than this say nothing about it. */
const RECENT_DAYS = 14;

/** The moves between what the panels cover. */
function movesIn(db: Db, calendar: Calendar, { news }: Panels): Move[] {
  const { span } = calendar;
  const since = addDays(span.end, -RECENT_DAYS);
  const isTold = ({ week, subjectIds: [successor] }: Move): boolean => {
    const panels = news.filter(({ histories }) =>
      histories.some(({ subjectId }) => subjectId !== undefined && subjectId === successor),
    );
    const weekEnd = addDays(week, 6);
    // A day reports the week that ended with it; the others do not repeat that.
    if (calendar.cadence === 'daily')
      return panels.some((one) => one.calendar.span.end === weekEnd);
    return panels.length > 0 && weekEnd > since;
  };
  return MOVING.flatMap((metric) => readMoves(db, metric, span.end)).filter(
    (move) => move.share !== null && isTold(move) && !isOver(move),
  );
}
