import type { Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import type { Viewer } from '../../db/viewer.ts';
import { shortNames } from '../chart/series.ts';
import { type Calendar, lengthOf } from './calendar.ts';
import { type History, MEASURES, type MeasureName, type Sum, sumOf } from './history.ts';
import { judge, leastScore, type Verdict } from './judge.ts';
import { readPackages } from './packages.ts';
import { readTalk } from './talk.ts';
import { readCounters } from './totals.ts';

/** A measure with what there is of it. */
export interface Panel {
  readonly measure: MeasureName;
  /** One a subject, or the one of Slack. */
  readonly histories: readonly History[];
  readonly sum: Sum;
  /** Of the sum; undefined when the period is not known. */
  readonly verdict: Verdict | undefined;
  /** Of each history. */
  readonly verdicts: readonly (Verdict | undefined)[];
  /** Of messages: how many people wrote them. */
  readonly people?: number;
}

/** As it was read. */
export type Unjudged = Omit<Panel, 'sum' | 'verdict' | 'verdicts'>;

/** A subject whose data ended long before the period: it is in nothing. */
export interface Ended {
  readonly measure: MeasureName;
  readonly name: string;
  readonly day: Day;
}

export interface Panels {
  readonly panels: readonly Panel[];
  /** Of which there is nothing. */
  readonly absent: readonly MeasureName[];
  /** Of what is still polled. */
  readonly ended: readonly Ended[];
}

export function readPanels(
  db: Db,
  calendar: Calendar,
  subjectIds: readonly number[] | undefined,
  viewer: Viewer,
): Panels {
  const tracked = new Set(trackedSubjects(db).map(({ id }) => id));
  const ended: Ended[] = [];
  const readOne = (measure: MeasureName): Unjudged[] => {
    if (measure === 'messages') return readTalk(db, calendar, viewer);
    const found =
      measure === 'downloads'
        ? readPackages(db, calendar, subjectIds)
        : readCounters(db, measure, calendar, subjectIds);
    for (const { name, subjectId, ended: day } of found) {
      if (day && tracked.has(subjectId)) ended.push({ measure, name, day });
    }
    const going = found.filter((one) => !one.ended);
    const names = shortNames(going.map(({ name }) => name));
    const histories = going.map(({ values, lack }, at) => ({
      name: names[at] ?? '',
      values,
      lack,
    }));
    return histories.length === 0 ? [] : [{ measure, histories }];
  };
  const lengths = calendar.spans.map(lengthOf);
  const read = MEASURES.flatMap(readOne);
  const least = leastScore(read.reduce((sum, { histories }) => sum + histories.length, 0));
  const panels = read.map((panel): Panel => {
    const sum = sumOf(panel.histories);
    const verdicts = panel.histories.map(({ values }) => judge(values, lengths, least));
    return { ...panel, sum, verdict: judge(sum.values, lengths, least), verdicts };
  });
  const absent = MEASURES.filter((name) => panels.every(({ measure }) => measure !== name));
  return { panels, absent, ended };
}
