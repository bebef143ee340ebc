import type { Logger } from 'pino';
import type { Db } from '../../db/open.ts';
import { saveSentinelDays } from '../../db/sentinels.ts';
import { RateLimited } from '../errors.ts';
import { createMeter } from '../poll/meter.ts';
import type { Reference, Source } from '../sources/source.ts';
import { watchedSeries } from './field.ts';
import { watchedMetrics } from './metrics.ts';

interface SentinelsDeps {
  readonly db: Db;
  readonly sources: readonly Source[];
  /** `pypi:requests`, `docker:library/nginx`. */
  readonly references: readonly string[];
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

/**
 * Well-known packages and images that are read beside what is watched, so that a source that is
 * down is told from a drop even where only one package is tracked. They are no subjects: nothing
 * lists, sums or draws them.
 */
interface Sentinels {
  /** Reads those of a source in which something is watched. Never throws. */
  read(sourceId: string): Promise<void>;
}

/** Resumed rounds run hourly; sentinels need no reading that often. */
const LEAST_MS = 3 * 3_600_000;

export function createSentinels(deps: SentinelsDeps): Sentinels {
  const { db, sources, references, log, now, signal } = deps;
  const readAt = new Map<string, number>();

  function isDue(sourceId: string): boolean {
    if (now() - (readAt.get(sourceId) ?? Number.NEGATIVE_INFINITY) < LEAST_MS) return false;
    const metrics = watchedMetrics.filter(({ source }) => source === sourceId);
    return metrics.some((metric) => watchedSeries(db, metric).length > 0);
  }

  async function readOne(source: Source, reference: Reference): Promise<void> {
    // How far a sentinel was read is kept nowhere: each time, all that a first reading gets is asked for.
    const context = { now: now(), first: true, signal, meter: createMeter(now) };
    const snapshots = await source.fetch(reference, context);
    for (const { metric, dimension, values } of snapshots.flatMap(source.daily)) {
      if (dimension || !watchedMetrics.some((watched) => watched.metric === metric)) continue;
      saveSentinelDays(db, { source: source.id, key: reference.key, metric }, values);
    }
  }

  return {
    async read(sourceId) {
      const source = sources.find(({ id }) => id === sourceId);
      if (!source || !isDue(sourceId)) return;
      readAt.set(sourceId, now());
      for (const reference of referencesOf(source, references)) {
        if (signal?.aborted) return;
        try {
          await readOne(source, reference);
        } catch (error) {
          log.warn({ sentinel: reference.key, err: error }, 'a sentinel could not be read');
          if (error instanceof RateLimited) return;
        }
      }
    },
  };
}

function referencesOf(source: Source, references: readonly string[]): Reference[] {
  return references.flatMap((one) => {
    const [id, name = ''] = [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)];
    const reference = id === source.id ? source.parse(name) : undefined;
    return reference && !reference.isGroup ? [reference] : [];
  });
}
