import { latestRuns } from '../../db/jobs.ts';
import { lastPolledAt } from '../../db/snapshots.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import type { Config } from '../config.ts';
import type { Context } from './context.ts';
import { ago, printLines } from './io.ts';

/** How fresh the data is, how the jobs went, and what the environment switches off. */
export function status({ io, db, config }: Context): void {
  const now = io.now();
  const subjects = trackedSubjects(db).map(({ id, source, name }) => {
    const at = lastPolledAt(db, id);
    return `  ${source}:${name}: ${at ? `collected ${ago(at, now)}` : 'not collected yet'}`;
  });
  const jobs = latestRuns(db).map(({ job, startedAt, outcome, error }) => {
    const ending = outcome === null ? 'running' : outcome;
    return `  ${job}: ${ending}, ${ago(startedAt, now)}${error ? ` (${error})` : ''}`;
  });
  printLines(io.stdout, [
    ...section('Tracked', subjects, 'nothing yet'),
    ...section('Jobs', jobs, 'none has run: they run while the bot does'),
    ...section('Switched off', switchedOff(config), 'nothing'),
  ]);
}

function section(title: string, lines: readonly string[], otherwise: string): string[] {
  return lines.length > 0 ? [`${title}:`, ...lines] : [`${title}: ${otherwise}`];
}

function switchedOff({ slack, github }: Config): string[] {
  const off: string[] = [];
  if (!slack) off.push('  Slack: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set');
  if (github.token === undefined) {
    off.push('  More than 60 requests an hour to GitHub: GITHUB_TOKEN is not set');
  }
  return off;
}
