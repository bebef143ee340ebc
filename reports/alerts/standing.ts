import type { AlertSeries, Standing } from '../../db/alert-series.ts';
import { type Day, daysBetween } from '../../db/days.ts';
import { isMovement } from '../../db/incident.ts';
import type { OpenToAll } from '../../db/incidents.ts';

export interface WatchedLine extends Omit<AlertSeries, 'state' | 'standing'> {
  /** `no data`: nothing has come in for three days longer than usual. `risen`: a rise of it is open. */
  readonly standing: Standing | 'no data' | 'risen';
}

/** Days without data that are worth a word, and days that a source takes to finish one. */
const MISSING_DAYS = 3;
const FINISH_DAYS: Readonly<Record<string, number>> = { pypi: 2 };

export function standingOf(
  one: Omit<AlertSeries, 'state'>,
  open: readonly OpenToAll[],
  today: Day,
): WatchedLine['standing'] {
  const { standing } = one;
  if (isSilent(one, today)) return 'no data';
  if (standing === 'firing' || standing === 'hold') return standing;
  const hasRisen = open.some((incident) => incident.kind === 'rise' && isOf(incident, one));
  return hasRisen ? 'risen' : standing;
}

function isSilent({ source, judgedThrough }: Omit<AlertSeries, 'state'>, today: Day) {
  return daysBetween(judgedThrough, today) > (FINISH_DAYS[source] ?? 1) + MISSING_DAYS;
}

function isOf(
  incident: OpenToAll,
  { subjectId, metric }: Pick<AlertSeries, 'subjectId' | 'metric'>,
) {
  return isMovement(incident) && incident.subjectId === subjectId && incident.metric === metric;
}
