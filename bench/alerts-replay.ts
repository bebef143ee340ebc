import { addDays, type Day, dayOf } from '../db/days.ts';
import type { DayValue } from '../db/series.ts';
import { withDays } from '../src/alerts/field.ts';
import { firstState, judgeDays, type Verdict } from '../src/alerts/rule/judge.ts';
import { createSeries, type Series } from '../src/alerts/rule/series.ts';
import type { Settings } from '../src/alerts/rule/settings.ts';
import { type Counter, type CounterReading, createCounter } from './alerts-counter.ts';
import type { AlertData, Arrival, Case } from './alerts-data.ts';

export interface Alert {
  readonly id: string;
  readonly day: Day;
  readonly kind: 'firing' | 'resolved';
}

const KINDS: Partial<Record<Verdict, Alert['kind']>> = {
  fell: 'firing',
  recovered: 'resolved',
  'new level': 'resolved',
};

/** Sources that are read as a growing counter, and what the product calls one that is like it. */
const COUNTERS: ReadonlyMap<string, string> = new Map([
  ['docker', 'docker.pulls'],
  ['ghrel', 'docker.pulls'],
  ['stars', 'github.stars'],
]);

/** Tells the series that something became visible on a day. */
type Step = (seen: Day) => void;

/** Runs the rule over a series as it became visible, day by day; `aCase` puts its days in place. */
export function replay(data: AlertData, base: string, settings: Settings, aCase?: Case): Alert[] {
  const source = data.sources.get(base);
  const others = [...data.sources].filter(([id, its]) => its === source && id !== base);
  const steps = new Map<Day, Step[]>();
  const peers = others.map(([id]) => {
    const peer = createSeries();
    addDaily(steps, peer, peerArrivals(data.arrivals.get(id) ?? [], aCase));
    return peer;
  });
  const counter =
    COUNTERS.get(source ?? '') ?? (aCase?.input === 'polls' ? 'docker.pulls' : undefined);
  let series = createSeries();
  if (aCase?.input === 'polls' && counter) {
    const readings = data.polls.get(aCase.case_id) ?? [];
    addReadings(steps, createCounter(counter), readings, (days) => {
      series = withDays(series, days, aCase.from);
    });
  } else addDaily(steps, series, ownArrivals(data, base, aCase));

  const id = aCase?.case_id ?? base;
  let state = firstState(null);
  const alerts: Alert[] = [];
  for (const seen of [...steps.keys()].sort()) {
    for (const step of steps.get(seen) ?? []) step(seen);
    const judged = judgeDays({ series, peers, isCounter: !!counter }, state, settings);
    state = judged.state;
    for (const { day, verdict } of judged.judgements) {
      const kind = KINDS[verdict];
      if (kind) alerts.push({ id, day, kind });
    }
  }
  return alerts;
}

function add(steps: Map<Day, Step[]>, seen: Day, step: Step): void {
  const list = steps.get(seen);
  if (list) list.push(step);
  else steps.set(seen, [step]);
}

function addDaily(steps: Map<Day, Step[]>, series: Series, arrivals: readonly Arrival[]): void {
  for (const { day, seen, value } of arrivals) add(steps, seen, () => series.learn(day, value));
}

/** Readings are kept as they were delivered, and their days told once a day. */
function addReadings(
  steps: Map<Day, Step[]>,
  counter: Counter,
  readings: readonly CounterReading[],
  learn: (days: readonly DayValue[]) => void,
): void {
  for (const [seen, list] of Map.groupBy(readings, ({ at }) => dayOf(at))) {
    add(steps, seen, () => {
      for (const reading of list) counter.read(reading);
      learn(counter.days());
    });
  }
}

function ownArrivals(data: AlertData, base: string, aCase: Case | undefined): Arrival[] {
  const arrivals = data.arrivals.get(base) ?? [];
  if (!aCase) return [...arrivals];
  const changes = data.changes.get(aCase.case_id) ?? [];
  const changed = new Set(changes.map(({ day }) => day));
  const untouched = arrivals.filter(({ day }) => isWithin(aCase, day) && !changed.has(day));
  const put = changes.flatMap(({ day, seen, value }) =>
    value === null ? [] : [{ day, seen, value }],
  );
  return [...untouched, ...put];
}

const isWithin = ({ from, to }: Case, day: Day): boolean => day >= from && day <= to;

/** Where the whole source was wrong, its other series show a share of their days until repaired. */
function peerArrivals(arrivals: readonly Arrival[], aCase: Case | undefined): Arrival[] {
  if (!aCase) return [...arrivals];
  const within = arrivals.filter(({ day }) => isWithin(aCase, day));
  const { start, days, factor, repaired } = aCase;
  if (aCase.scope !== 'source' || days === undefined || factor === undefined || !repaired) {
    return within;
  }
  const end = addDays(start, days);
  return within.flatMap((arrival) => {
    if (arrival.day < start || arrival.day >= end) return [arrival];
    const wrong = Math.floor(arrival.value * factor);
    return [
      { ...arrival, seen: addDays(arrival.day, 1), value: wrong },
      { ...arrival, seen: repaired },
    ];
  });
}
