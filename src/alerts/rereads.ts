import { addDays, dayOf } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { PUBLIC_MESSAGES } from '../../db/public-messages.ts';
import { markAsked, suspectToAsk } from '../../db/suspect-days.ts';
import type { Poller } from '../poll.ts';
import { createFields } from './field.ts';
import { type WatchedMetric, watchedMetrics } from './metrics.ts';
import { numberOf } from './rule/history.ts';
import { isSourceSuspect } from './rule/peers.ts';

interface RereadsDeps {
  readonly db: Db;
  readonly poller: Pick<Poller, 'pollSource'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Days that look wrong for all of a source are asked for again, until they are mended or old. */
interface Rereads {
  /** Reads what is due; returns the sources that were asked. */
  run(): Promise<string[]>;
}

/** Sources mend their numbers within days; a query costs money, so not more often than this. */
const EVERY_MS = 12 * 3_600_000;
const OLDEST_DAYS = 10;

/** A counter only has its value of now; what people write is counted here. */
function tellsThePast({ metric, isCounter }: WatchedMetric): boolean {
  return !isCounter && metric !== PUBLIC_MESSAGES;
}

export function createRereads({ db, poller, now }: RereadsDeps): Rereads {
  return {
    async run() {
      const asked = new Set<string>();
      const before = new Date(now() - EVERY_MS).toISOString();
      const oldest = addDays(dayOf(now()), -OLDEST_DAYS);
      for (const watched of watchedMetrics.filter(tellsThePast)) {
        const { metric, source } = watched;
        const days = suspectToAsk(db, metric, oldest, before);
        const [first] = days;
        if (first === undefined) continue;
        const members = [...createFields(db)(watched, first).values()];
        const since = days.find((day) =>
          members.some((member) => isSourceSuspect(member.watched, numberOf(day))),
        );
        if (since === undefined) continue;
        markAsked(db, metric, since, new Date(now()).toISOString());
        await poller.pollSource(source, { since });
        asked.add(source);
      }
      return [...asked];
    },
  };
}
