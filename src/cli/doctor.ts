import { InputError } from '../../db/input-error.ts';
import { readConfig } from '../config.ts';
import { examine } from '../doctor.ts';
import { createLog } from '../log.ts';
import { createSources } from '../sources/index.ts';
import type { Checkup } from '../sources/source.ts';
import { type Io, printLines, some } from './io.ts';

const MARKS: Readonly<Record<Checkup['state'], string>> = { good: '✓', limited: '!', bad: '✗' };

/** A line for each thing that was tried; the database need not be there, nor a network. */
export async function doctor({ env, stdout, now }: Io): Promise<void> {
  const config = readConfig(env);
  const sources = createSources(config, createLog('silent'));
  let bad = 0;
  for await (const { what, state, detail } of examine({ config, sources, now })) {
    if (state === 'bad') bad += 1;
    const mark = stdout.isTTY ? MARKS[state] : `${state}:`;
    printLines(stdout, [`${mark} ${what}: ${detail}`]);
  }
  if (bad > 0) throw new InputError(`${some(bad, 'thing')} to mend.`);
}
