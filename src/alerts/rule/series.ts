import { changesOf } from './change.ts';
import { createHistory, type DayNumber, type History } from './history.ts';
import { type Measure, measuresOf } from './measure.ts';

/** A history with what its days tell. */
export interface Series extends History {
  /** What the day and the weeks before it tell of the series itself. */
  measure(day: DayNumber): Measure;
  /** What the day tells of the source, to those who have this series for a peer. */
  change(day: DayNumber): number;
}

export function createSeries(): Series {
  const history = createHistory();
  return { ...history, measure: measuresOf(history), change: changesOf(history) };
}

/** A series to judge, with what is known beside it. */
export interface Watched {
  readonly series: Series;
  /** Read as a growing counter: what one day lacks may only be late, and come on the next. */
  readonly isCounter: boolean;
  /** The other series of the same source and metric. */
  readonly peers: readonly Series[];
}
