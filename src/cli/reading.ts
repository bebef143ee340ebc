import type { PartProgress } from '../poll/part.ts';
import type { Source } from '../sources/source.ts';

/** What is being read, for people: `github:owner/repository, issues and pull requests`. */
export interface Reading {
  /** The source's id: sources are read side by side, each of them one thing after the other. */
  readonly source: string;
  readonly name: string;
  /** `1,200 of 40,000 issues`. */
  readonly words: string;
}

export function readingOf(
  { source: id, subject, part, progress }: PartProgress,
  sources: readonly Source[],
): Reading {
  const source = sources.find((known) => known.id === id);
  const title = source?.parts.find(({ name }) => name === part)?.title ?? part;
  const about = subject ? `${id}:${subject.name}` : (source?.title ?? id);
  const done = progress.done.toLocaleString('en');
  const of = progress.of === undefined ? '' : ` of ${progress.of.toLocaleString('en')}`;
  return { source: id, name: `${about}, ${title}`, words: `${done}${of} ${progress.unit}` };
}
