import type { Logger } from 'pino';
import {
  closeLineageRun,
  keepLineageEvent,
  MOST_LINEAGE_EVENTS,
  openLineageRun,
  openLineageRuns,
} from '../../db/lineage.ts';
import type { Db } from '../../db/open.ts';
import { failed, type RunEvent } from './events.ts';

/** Writes events down to be sent, and sees to it that each beginning has one end. */
export interface Ledger {
  begin(start: RunEvent): void;
  /** Does nothing for a run whose beginning was not reported, or whose end was. */
  end(event: RunEvent): void;
  /** Reports the failure of every run that another process began and did not end. */
  endAbandoned(at: string): void;
}

interface LedgerDeps {
  readonly db: Db;
  readonly log: Logger;
  /** Called when there is something to send. */
  readonly onEvent: () => void;
}

export function createLedger({ db, log, onEvent }: LedgerDeps): Ledger {
  function keep(event: RunEvent): void {
    const dropped = keepLineageEvent(db, event, event.eventTime);
    if (dropped > 0) {
      log.warn({ dropped, kept: MOST_LINEAGE_EVENTS }, 'lineage events dropped to make room');
    }
    onEvent();
  }

  function end(event: RunEvent): void {
    db.transaction(() => {
      if (closeLineageRun(db, event.run.runId)) keep(event);
    })();
  }

  return {
    begin(start) {
      db.transaction(() => {
        openLineageRun(db, start.run.runId, start);
        keep(start);
      })();
    },
    end,
    endAbandoned(at) {
      for (const { event } of openLineageRuns(db)) {
        const start = JSON.parse(event) as RunEvent;
        end(failed(start, at, 'Groundswell stopped before this came to its end.'));
      }
    },
  };
}
