import type { Db } from '../../db/open.ts';
import { type Subject, trackedSubjects } from '../../db/subjects.ts';
import type { Part, Source } from '../sources/source.ts';

/**
 * The sources of the playground: what is made up, which is all that is tracked at its start, is
 * never asked about, because something real may have that name. Everything else is.
 */
export function sampleSources(sources: readonly Source[], db: Db): readonly Source[] {
  const madeUp = new Set(trackedSubjects(db).map(({ source, key }) => `${source}:${key}`));
  return sources.map((source) => sparing(source, (key) => madeUp.has(`${source.id}:${key}`)));
}

function sparing(source: Source, isMadeUp: (key: string) => boolean): Source {
  return {
    ...source,
    parts: source.parts.map((part) => sparingPart(part, ({ key }) => isMadeUp(key))),
    fetch: async (subject, context) =>
      isMadeUp(subject.key) ? [] : await source.fetch(subject, context),
  };
}

function sparingPart(part: Part, isMadeUp: (subject: Subject) => boolean): Part {
  return {
    ...part,
    async *collect(subjects, context) {
      const real = subjects.filter((subject) => !isMadeUp(subject));
      if (real.length > 0) yield* part.collect(real, context);
    },
  };
}
