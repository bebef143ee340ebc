import type { Config } from '../config.ts';
import type { Context } from './context.ts';
import { printLines } from './io.ts';
import { report } from './report.ts';

/** The report of that name in words, and what only this machine's settings say. */
export async function status(context: Context, words: readonly string[]): Promise<void> {
  await report(context, 'status', words, { format: 'text' });
  const off = switchedOff(context.config);
  if (off.length > 0) printLines(context.io.stdout, ['', 'Not set here:', ...off]);
}

/** What of the settings switches off more than a part of a source, which the report names. */
function switchedOff({ slack, openLineageUrl }: Config): string[] {
  const off: string[] = [];
  if (!slack) {
    off.push('  SLACK_BOT_TOKEN, SLACK_APP_TOKEN: “npm start” opens the playground, not Slack');
  }
  if (openLineageUrl === undefined) off.push('  OPENLINEAGE_URL: nobody is told of runs');
  return off;
}
