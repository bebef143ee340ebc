import { Writable } from 'node:stream';
import type { OnProgress } from '../poll.ts';
import type { Source } from '../sources/source.ts';
import { type Io, printLines } from './io.ts';
import { createBars } from './progress-bars.ts';
import { type Reading, readingOf } from './reading.ts';

/** Shows how far a long reading has come, on standard error. */
export interface ProgressDisplay {
  readonly show: OnProgress;
  /** Takes the bars off the terminal, or says the last of what was not said yet. */
  end(): void;
}

/** How often a line may be written about the same reading. */
const EVERY_MS = 5000;

/** Bars on a terminal, plain lines elsewhere. */
export function createProgress(io: Io, sources: readonly Source[]): ProgressDisplay {
  const { stderr } = io;
  const isTerminal = stderr.isTTY === true;
  return isTerminal && stderr instanceof Writable
    ? createBars(stderr, sources)
    : createLines(io, sources);
}

interface Line {
  readonly reading: Reading;
  readonly saidAt: number;
  readonly isSaid: boolean;
}

function createLines({ stderr, now }: Io, sources: readonly Source[]): ProgressDisplay {
  const lines = new Map<string, Line>();

  function say({ name, words }: Reading): void {
    printLines(stderr, [`${name}: ${words}`]);
  }

  function finish(line: Line | undefined): void {
    if (line && !line.isSaid) say(line.reading);
  }

  return {
    show(progress) {
      const reading = readingOf(progress, sources);
      const before = lines.get(reading.source);
      const isSame = before?.reading.name === reading.name;
      if (!isSame) finish(before);
      const isSaid = !isSame || now() - before.saidAt >= EVERY_MS;
      if (isSaid) say(reading);
      lines.set(reading.source, { reading, isSaid, saidAt: isSaid ? now() : before.saidAt });
    },
    end: () => lines.forEach(finish),
  };
}
