import { alerts } from './alerts.ts';
import { downloads } from './downloads.ts';
import { messages } from './messages.ts';
import { pulls } from './pulls.ts';
import type { Report } from './report.ts';
import { stars } from './stars.ts';
import { status } from './status.ts';
import { summary } from './summary.ts';
import { topUsers } from './top-users.ts';
import { versions } from './versions.ts';

/** Every question that Groundswell can answer. */
export const reports: readonly Report[] = [
  stars,
  downloads,
  versions,
  pulls,
  topUsers,
  messages,
  summary,
  alerts,
  status,
];
