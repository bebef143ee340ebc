import { InputError } from '../../db/input-error.ts';
import { findSubject } from '../../db/subjects.ts';
import { importers } from '../importers/index.ts';
import type { Source } from '../sources/source.ts';
import { type Located, parseReference } from '../tracking/references.ts';
import { type Context, refuseSample } from './context.ts';
import { readDay } from './day.ts';
import { printLines } from './io.ts';
import { tellOutcomes } from './outcomes.ts';
import { createProgress } from './progress.ts';

/** Fills what is missing of a tracked subject back to a day, and prints how it went. */
export async function backfill(context: Context, typed: string, day: string): Promise<void> {
  const { io, db, sources, poller } = context;
  refuseSample(context);
  const from = readDay('--from', day, io);
  const located = parseReference(sources, typed);
  const name = `${located.source.id}:${located.reference.name}`;
  refuseWithoutPast(located);
  const subject = findSubject(db, located.source.id, located.reference.key);
  if (!subject?.trackedAt) {
    throw new InputError(`${name} is not tracked: begin with “track ${name}”.`);
  }
  const progress = createProgress(io, sources);
  const outcomes = await tellOutcomes(
    context,
    () => poller.backfill(subject, from, progress.show).finally(progress.end),
    'the same command',
  );
  if (outcomes.length === 0) printLines(io.stdout, [`${name}: there was nothing to read.`]);
}

/** Throws an InputError that says why there is no past to fetch, and what would bring it. */
function refuseWithoutPast({ source, reference }: Located): void {
  if (reference.isGroup) {
    throw new InputError(
      `${source.id}:${reference.name} stands for many: name one of them, as in ${source.id}:${source.form}.`,
    );
  }
  const able = source.parts.filter(({ canBackfill }) => canBackfill);
  if (able.some(({ off }) => off === undefined)) return;
  const [first] = able;
  throw new InputError(first?.off ?? `${source.title} tells nothing of the past.${byFile(source)}`);
}

function byFile({ id }: Source): string {
  const importer = importers.find(({ source }) => source === id);
  return importer
    ? ` Older numbers come from a file, if you have one: “import ${importer.name} <csv>”.`
    : '';
}
