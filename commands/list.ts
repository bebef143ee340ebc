import { type Collection, listCollections, listSourceParts } from '../db/collections.ts';
import { type Latest, latestValues } from '../db/latest.ts';
import type { Db } from '../db/open.ts';
import { MIRROR_DOWNLOADS } from '../db/pypi.ts';
import { heldReplacements, type Replacement } from '../db/replacements.ts';
import { isGroupKey, type Subject, trackedSubjects } from '../db/subjects.ts';
import { allOf, dayName } from '../reports/words.ts';
import type { Command } from './command.ts';
import type { TextItem } from './text-reply.ts';

/** A message has room for more, but nobody reads it. */
const SHOWN = 40;

export const list: Command = {
  name: 'list',
  summary: 'What there is data of, with the newest numbers',
  forms: [{ form: '', example: '' }],
  run(_request, { db, tracker }) {
    const bySubject = Map.groupBy(latestValues(db), ({ subjectId }) => subjectId);
    if (bySubject.size === 0) {
      return {
        kind: 'text',
        title: 'Nothing is tracked yet',
        lines: [`Begin with /metrics track ${tracker.forms[0]}.`],
      };
    }
    const about = createAbout(db);
    const items: TextItem[] = [...bySubject.values()]
      .slice(0, SHOWN)
      .map((rows) => ({ name: nameOf(rows), detail: about(rows) }));
    const rest = bySubject.size - items.length;
    if (rest > 0) {
      items.push({ name: `and ${rest} more`, detail: 'the command line’s “list” has them all' });
    }
    return { kind: 'text', title: 'What there is data of', lines: [], items };
  },
};

function nameOf([row]: readonly Latest[]): string {
  return row ? `${row.source}:${row.subjectName}` : '';
}

/** Makes the words on one subject: its numbers, why it is on the list, and how it goes. */
export function createAbout(db: Db): (rows: readonly Latest[]) => string {
  const tracked = new Map(trackedSubjects(db).map((subject) => [subject.id, subject]));
  const members = Map.groupBy(tracked.values(), ({ viaId }) => viaId);
  const states = Map.groupBy(listCollections(db), ({ subjectId }) => subjectId);
  const replacements = heldReplacements(db);
  const nameOf = (id: number) => tracked.get(id)?.name ?? '';
  const titles = new Map(
    listSourceParts(db).map(({ source, part, partTitle }) => [`${source} ${part}`, partTitle]),
  );
  return (rows) => {
    const subject = tracked.get(rows[0]?.subjectId ?? 0);
    if (!subject) return `${newestValues(rows)}; not polled`;
    const known = states.get(subject.id) ?? [];
    const kept = members.get(subject.id)?.length ?? 0;
    const said = isGroupKey(subject.key) ? keeps(kept, known) : newestValues(rows);
    const via = subject.viaId === null ? undefined : tracked.get(subject.viaId)?.name;
    const parts = [
      said,
      ...(subject.role === 'dependency' ? ['a dependency'] : []),
      ...(via === undefined ? [] : [`through ${via}`]),
      ...relatives(subject, replacements, nameOf),
      ...goings(known, titles),
    ];
    return parts.join('; ');
  };
}

/** `replaces old`, `replaced by new`. */
function relatives(
  { id }: Subject,
  replacements: readonly Replacement[],
  nameOf: (id: number) => string,
): string[] {
  const olds = replacements.filter(({ successorId }) => successorId === id);
  const names = olds.map(({ subjectId }) => nameOf(subjectId));
  const own = replacements.find(({ subjectId }) => subjectId === id);
  return [
    ...(names.length > 0 ? [`replaces ${allOf(names)}`] : []),
    ...(own ? [`replaced by ${nameOf(own.successorId)}`] : []),
  ];
}

function keeps(count: number, states: readonly Collection[]): string {
  if (count > 0) return `keeps ${count} on the list`;
  const isRead = states.some(({ part, doneAt }) => part === '' && doneAt !== null);
  return isRead ? 'keeps nothing on the list' : 'was not looked through yet';
}

/** What fails, or else what is still on its first way. */
function goings(
  states: readonly Collection[],
  titles: ReadonlyMap<string, string>,
): readonly string[] {
  const headline = states.find(({ part, failures }) => part === '' && failures > 0);
  if (headline) return [`failing: ${headline.error}`];
  const titleOf = ({ source, part }: Collection) => titles.get(`${source} ${part}`) ?? part;
  const failing = states.filter(({ failures }) => failures > 0).map(titleOf);
  if (failing.length > 0) return [`failing: ${failing.join(', ')}`];
  const loading = states.filter(({ doneAt, part }) => doneAt === null && part !== '');
  if (loading.length === 0) return [];
  return [`still loading ${loading.map((state) => titleOf(state) + soFar(state)).join(', ')}`];
}

function soFar({ progress }: Collection): string {
  if (!progress) return '';
  const { done, of } = progress;
  const total = of === undefined ? '' : ` of ${of.toLocaleString('en')}`;
  return ` (${done.toLocaleString('en')}${total})`;
}

/** What is known of one subject: `2,347 stars and 12 forks on 21 Nov 2026`. */
function newestValues(rows: readonly Latest[]): string {
  const known = rows.flatMap(({ metric, day, value }) =>
    metric === null || day === null || value === null
      ? []
      : [{ day, said: `${value.toLocaleString('en')} ${measure(metric)}` }],
  );
  const days = [...Map.groupBy(known, ({ day }) => day)].map(([day, values]) => {
    const said = values.map((one) => one.said);
    return `${allOf(said)} on ${dayName(day)}`;
  });
  return days.join(', ') || 'no numbers yet';
}

function measure(metric: string): string {
  // Mirrors are not among the downloads, and not what people think of.
  if (metric === MIRROR_DOWNLOADS) return 'more by mirrors';
  return metric.replace(/^\w+\./, '').replaceAll('_', ' ');
}
