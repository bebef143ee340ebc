import { InputError } from '../../db/input-error.ts';
import { plural } from '../../reports/words.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { examine } from '../doctor.ts';
import { createLog } from '../log.ts';
import { createSources } from '../sources/index.ts';
import type { Checkup } from '../sources/source.ts';
import { type Io, printLines } from './io.ts';

const MARKS: Readonly<Record<Checkup['state'], string>> = { good: '✓', limited: '!', bad: '✗' };

/** A line for each thing that was tried; the database need not be there, nor a network. */
export async function doctor({ env, stdout, now }: Io): Promise<void> {
  let bad = 0;
  function tell({ what, state, detail }: Checkup): void {
    if (state === 'bad') bad += 1;
    const mark = stdout.isTTY ? MARKS[state] : `${state}:`;
    printLines(stdout, [`${mark} ${what}: ${detail}`]);
  }
  const config = readWhatIsRight(env, tell);
  const sources = createSources(config, createLog('silent'));
  for await (const line of examine({ config, sources, now })) tell(line);
  if (bad > 0) throw new InputError(`${plural(bad, 'thing')} to mend.`);
}

/** The settings as if what is wrong among them were not set: the rest can be tried all the same. */
function readWhatIsRight(env: NodeJS.ProcessEnv, tell: (line: Checkup) => void): Config {
  try {
    return readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError) || error.settings.length === 0) throw error;
    const detail = `${error.message} Tried without ${error.settings.length === 1 ? 'it' : 'them'}:`;
    tell({ what: 'Settings', state: 'bad', detail });
    const wrong = new Set(error.settings);
    const rest = Object.entries(env).filter(([name]) => !wrong.has(name));
    return readWhatIsRight(Object.fromEntries(rest), tell);
  }
}
