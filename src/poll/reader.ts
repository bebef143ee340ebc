import { ALL_SUBJECTS } from '../../db/collections.ts';
import { findSubject, isGroupKey, type Role, type Subject } from '../../db/subjects.ts';
import { nameOfReading } from '../../reports/reading-name.ts';
import type { Meter, Part, Reference, Source } from '../sources/source.ts';
import { readGroup } from './group.ts';
import { type HeadlineDeps, headlineNote, type Polled, readHeadline } from './headline.ts';
import { createMeter } from './meter.ts';
import { type PartOptions, readPart } from './part.ts';
import type { Read } from './round.ts';
import type { Reading, Runs } from './runs.ts';

interface HeadlineRead extends Read {
  readonly polled?: Polled;
}

/** Reads single things, each as a run. */
export interface Reader {
  /**
   * The headline numbers of a subject, or the members of a group. A reading of what is being read
   * already is that same reading. Throws only for a subject that has no row yet.
   *
   * @param parentId what the run is part of, a UUID
   */
  headline(
    source: Source,
    reference: Reference,
    parentId: string,
    role?: Role,
  ): Promise<HeadlineRead>;
  part(
    source: Source,
    part: Part,
    subjects: readonly Subject[],
    parentId: string,
    options: PartOptions,
  ): Promise<Read>;
}

export function createReader(deps: HeadlineDeps & { readonly runs: Runs }): Reader {
  const { db, now, runs } = deps;
  const running = new Map<string, Promise<HeadlineRead>>();

  async function ask(
    source: Source,
    reference: Reference,
    meter: Meter,
    role?: Role,
  ): Promise<Polled> {
    if (!isGroupKey(reference.key)) {
      return readHeadline(deps, source, reference, meter);
    }
    const { subject, members, changed } = await readGroup(deps, source, reference, meter, role);
    return { subject, members, changedDays: changed };
  }

  async function readOnce(
    source: Source,
    reference: Reference,
    parentId: string,
    role?: Role,
  ): Promise<HeadlineRead> {
    const reading = (subjectId: number): Reading => ({
      parentId,
      key: { source: source.id, subjectId, part: '' },
      title: source.title,
      name: reference.name,
      isRoutine: true,
    });
    const known = findSubject(db, source.id, reference.key);
    if (!known) {
      // What does not exist must leave nothing behind: the run is written down with the subject.
      const startedAt = new Date(now()).toISOString();
      const meter = createMeter(now);
      const polled = await ask(source, reference, meter, role);
      runs.recordDone(reading(polled.subject.id), startedAt, meter, polled.changedDays);
      return { status: 'done', rows: polled.changedDays, error: null, polled };
    }
    let polled: Polled | undefined;
    const ended = await runs.record(reading(known.id), async ({ meter, wrote }) => {
      polled = await ask(source, reference, meter, role);
      wrote(polled.changedDays);
      return { note: headlineNote(db, polled.subject), subjectId: polled.subject.id };
    });
    return { ...ended, ...(polled && { polled }) };
  }

  return {
    headline(source, reference, parentId, role) {
      const key = `${source.id}:${reference.key}`;
      const before = running.get(key);
      if (before) return before;
      const reading = readOnce(source, reference, parentId, role).finally(() =>
        running.delete(key),
      );
      running.set(key, reading);
      return reading;
    },

    part(source, part, subjects, parentId, options) {
      const [subject] = subjects;
      const isAboutOne = part.scope === 'subject' || options.from !== undefined;
      const subjectId = isAboutOne && subject ? subject.id : ALL_SUBJECTS;
      const key = { source: source.id, subjectId, part: part.name };
      const reading = {
        parentId,
        key,
        title: source.title,
        name: nameOfReading(part.title, isAboutOne ? subject?.name : undefined),
        isRoutine: options.from === undefined,
      };
      return runs.record(reading, (work) => readPart(deps, part, subjects, key, work, options));
    },
  };
}
