import { latestRuns } from '../../db/jobs.ts';
import type { Db } from '../../db/open.ts';
import type { Checkup } from '../sources/source.ts';

/** How the jobs of the bot went the last time: what they do shows nowhere else when they fail. */
export function checkJobs(db: Db): Checkup {
  const what = 'Jobs';
  const runs = latestRuns(db);
  const failed = runs.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) {
    const detail =
      runs.length === 0 ? 'The bot has not run here yet.' : 'All went well the last time.';
    return { what, state: 'good', detail };
  }
  const each = failed.map(({ job, dueAt, error }) => `“${job}” of ${minute(dueAt)} (${error})`);
  const detail = `${each.join(', ')} failed; the log tells more, and the next run tries again.`;
  return { what, state: 'limited', detail };
}

/** `2026-11-24 08:00 UTC` */
function minute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
