import { Writable } from 'node:stream';
import type { GenericFormatter, SingleBar } from 'cli-progress';
import cliProgress from 'cli-progress';
import type { OnProgress } from '../poll/part.ts';
import type { Source } from '../sources/source.ts';
import { type Io, printLines } from './io.ts';
import { type Reading, readingOf } from './reading.ts';

/** Shows how far a long reading has come, on standard error. */
interface ProgressDisplay {
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

interface Bar {
  readonly name: string;
  readonly bar: SingleBar;
}

/** A bar for each source: what it reads now. */
function createBars(stream: Writable, sources: readonly Source[]): ProgressDisplay {
  const bars = new Map<string, Bar>();
  const all = new cliProgress.MultiBar({
    stream,
    format,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C is heard elsewhere, and everything is ended in order.
    gracefulExit: false,
  });

  return {
    show(progress) {
      const reading = readingOf(progress, sources);
      const { done, of = 0 } = progress.progress;
      const before = bars.get(reading.source);
      if (!before) {
        bars.set(reading.source, { name: reading.name, bar: all.create(of, done, reading) });
      } else if (before.name === reading.name) {
        before.bar.setTotal(of);
        before.bar.update(done, reading);
      } else {
        // Begun anew, because the time that is left is guessed from the bar's own past.
        before.bar.start(of, done, reading);
        bars.set(reading.source, { name: reading.name, bar: before.bar });
      }
    },
    end: () => all.stop(),
  };
}

const format: GenericFormatter = (options, { progress, eta, total, value }, reading: Reading) => {
  const { name, words } = reading;
  if (total === 0) return `${name}: ${words}`;
  const bar = cliProgress.Format.BarFormat(progress, options);
  const isGuess = Number.isFinite(eta) && eta > 0 && value < total;
  const left = isGuess ? `, ${cliProgress.Format.TimeFormat(eta, options, 5)} left` : '';
  return `${bar} ${name}: ${words}${left}`;
};

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
