import type { TextItem, TextReply } from '../../commands/command.ts';
import type { Collection } from '../../db/collections.ts';
import type { Subject } from '../../db/subjects.ts';
import { explain, Malformed, NotFound, Unauthorised, Unavailable } from '../errors.ts';
import { nameOfReading } from '../poll/runs.ts';
import type { Source } from '../sources/source.ts';

/** A collection and whose it is; no subject: of all at once. */
export interface Told {
  readonly state: Collection;
  readonly subject?: Subject | undefined;
}

/** More would be a wall. */
const LISTED = 20;

/** What failed three times in a row, why, and what to do. */
export function failingNotice(source: Source, failing: readonly Told[]): TextReply {
  return {
    kind: 'text',
    title: `${source.title} keeps failing: ${failing.length === 1 ? 'this has' : 'these have'} gone wrong three times in a row`,
    items: listed(failing, (told) => ({
      name: nameOf(source, told),
      detail: [told.state.error, adviceFor(source, told)].filter(Boolean).join(' '),
    })),
    lines: [
      'What was collected before is still there, and every poll tries again. /metrics status shows how fresh everything is.',
    ],
  };
}

export function recoveredNotice(source: Source, recovered: readonly Told[]): TextReply {
  return {
    kind: 'text',
    title: `${source.title} works again`,
    items: listed(recovered, (told) => ({ name: nameOf(source, told), detail: 'is collected.' })),
    lines: [],
  };
}

function listed(all: readonly Told[], item: (told: Told) => TextItem): TextItem[] {
  const items = all.slice(0, LISTED).map(item);
  const rest = all.length - items.length;
  if (rest > 0) items.push({ name: `And ${rest} more`, detail: '/metrics status names them.' });
  return items;
}

function nameOf({ parts }: Source, { state, subject }: Told): string {
  const part = parts.find(({ name }) => name === state.part)?.title ?? state.part;
  return nameOfReading(part, subject?.name);
}

/** By the words in which the error was kept; nothing for an error of ours, which says it all. */
function adviceFor(source: Source, told: Told): string | undefined {
  const name = nameOf(source, told);
  const meant = ADVICE.find(({ error }) => explain(error, source.title, name) === told.state.error);
  return meant?.advice(told.state.part === '' ? `${source.id}:${name}` : undefined);
}

const ADVICE = [
  {
    error: new NotFound(),
    advice: (reference: string | undefined) =>
      reference === undefined
        ? 'The rest of the numbers is not touched by it.'
        : `If it is gone for good, /metrics untrack ${reference} ends the asking; if it was renamed, track it under its new name.`,
  },
  {
    error: new Unauthorised(),
    advice: () => 'The command “doctor” of the command line says how to mend the token.',
  },
  {
    error: new Malformed(),
    advice: () => 'Its answers have changed: an update of Groundswell may know them.',
  },
  {
    error: new Unavailable(),
    advice: () => 'If it answers in a browser, look at the network of the machine I run on.',
  },
] as const;
