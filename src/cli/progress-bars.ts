import type { Writable } from 'node:stream';
import type { GenericFormatter, SingleBar } from 'cli-progress';
import cliProgress from 'cli-progress';
import type { Source } from '../sources/source.ts';
import type { ProgressDisplay } from './progress.ts';
import { type Reading, readingOf } from './reading.ts';

interface Bar {
  readonly name: string;
  readonly bar: SingleBar;
}

/** A bar for each source: what it reads now. */
export function createBars(stream: Writable, sources: readonly Source[]): ProgressDisplay {
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
