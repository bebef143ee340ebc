import type { Poller } from '../poll.ts';
import type { Job } from '../schedule.ts';
import type { Source } from '../sources/source.ts';
import type { Outcome } from './round.ts';

/** How long before a poll nothing is resumed, so that the poll finds an hourly limit unspent. */
const AHEAD_MINUTES = 10;

/**
 * The scheduled jobs that poll: two a source, so that none waits for another. `afterwards` is
 * called with each source that was asked.
 */
export function pollJobs(
  sources: readonly Source[],
  poller: Poller,
  afterwards: (sourceId: string) => Promise<void>,
): Job[] {
  return sources.flatMap(({ id, schedule }) => [
    {
      name: `poll ${id}`,
      cron: schedule,
      async run() {
        const outcomes = await poller.pollSource(id);
        await afterwards(id);
        complain(outcomes);
      },
    },
    {
      name: `resume ${id}`,
      cron: between(schedule),
      async run() {
        const outcomes = await poller.resume(id);
        if (outcomes.length > 0) await afterwards(id);
        complain(outcomes);
      },
    },
  ]);
}

/** The ledger knows which runs failed, and which a stop cut short: these get another go. */
function complain(outcomes: readonly Outcome[]): void {
  const bad = outcomes.filter(({ status }) => status === 'failed' || status === 'cut').length;
  if (bad > 0) throw new Error(`${bad} of ${outcomes.length} readings failed`);
}

/**
 * Every hour but those of the polls, a little earlier in the hour than they are: what an hourly
 * limit allows is then whole again when the next poll begins.
 */
export function between(schedule: string): string {
  const [minute = '0', hours = '*'] = schedule.split(' ');
  const ahead = Number(minute) - AHEAD_MINUTES;
  const polled = hours.split(',').map((hour) => (Number(hour) + (ahead < 0 ? 23 : 0)) % 24);
  const others = Array.from({ length: 24 }, (_, hour) => hour).filter(
    (hour) => !polled.includes(hour),
  );
  return `${(ahead + 60) % 60} ${others.join(',')} * * *`;
}
