import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SENSITIVITIES, type Sensitivity } from '../db/alert-settings.ts';
import { settings } from '../src/alerts/rule/settings.ts';
import { type Case, readAlertData } from './alerts-data.ts';
import { type Alert, replay } from './alerts-replay.ts';

const USAGE = `usage: npm run -s bench:alerts -- <folder> -o <alerts.csv> [--sensitivity ${SENSITIVITIES.join('|')}]`;

/** How often it is told how far it is, in milliseconds. */
const EVERY_MS = 2000;

/** Runs the rule of the product over a folder of alert cases and writes the alerts of each id. */
function main(): void {
  const { folder, output, sensitivity } = readArguments();
  const data = readAlertData(folder);
  const jobs: { base: string; aCase?: Case }[] = [
    ...[...data.sources.keys()].map((base) => ({ base })),
    ...data.cases.map((aCase) => ({ base: aCase.base, aCase })),
  ];

  const alerts: Alert[] = [];
  let told = performance.now();
  for (const [index, { base, aCase }] of jobs.entries()) {
    alerts.push(...replay(data, base, settings[sensitivity], aCase));
    if (performance.now() - told > EVERY_MS) {
      console.error(`${index + 1} of ${jobs.length} series and cases judged`);
      told = performance.now();
    }
  }
  const rows = alerts.map(({ id, day, kind }) => `${id},${day},${kind}\n`);
  writeFileSync(output, `series_id,day,kind\n${rows.join('')}`);
  console.error(`${jobs.length} series and cases judged (${sensitivity}): ${output}`);
}

function readArguments(): { folder: string; output: string; sensitivity: Sensitivity } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o' },
      sensitivity: { type: 'string', default: 'normal' },
    },
  });
  const [folder, ...more] = positionals;
  const sensitivity = SENSITIVITIES.find((one) => one === values.sensitivity);
  if (!folder || more.length > 0 || !values.output || !sensitivity) throw new Error(USAGE);
  return { folder, output: values.output, sensitivity };
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
