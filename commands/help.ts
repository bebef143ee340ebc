import type { Command, Form } from './command.ts';
import { commandNamed } from './named.ts';
import type { TextReply } from './text-reply.ts';

const RANGES =
  'Ranges: 30d (or 30 days), 12w, 6m, 1y, 2024-01-01..2024-06-30, 2024-05 (or May 2024), this month, last week, since 2024-01-01, all.';
const OPTIONS = [
  'Names may be shortened; put quotes around a name that looks like an option.',
  'Add “dark” for a dark chart, and “public” to answer to the whole channel instead of only to you.',
];

/** Help is made from the table of commands, so that it can't forget one. */
export function helpOn(commands: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    summary: 'What can be asked, and how',
    forms: [{ form: '[command]', example: 'alerts' }],
    run({ text }) {
      const all = [...commands, help];
      const [name] = text.split(/\s+/);
      return name ? helpFor(beginningWith(all, name) ?? commandNamed(all, name)) : overview(all);
    },
  };
  return help;
}

/** The only command with a form that begins so: of `preview`, which is typed alone as well. */
function beginningWith(commands: readonly Command[], word: string): Command | undefined {
  const first = ({ form }: Form) => form.split(' ')[0]?.split('|') ?? [];
  const [only, ...others] = commands.filter(({ forms }) =>
    forms.some((form) => first(form).includes(word.toLowerCase())),
  );
  return others.length === 0 ? only : undefined;
}

/** Short enough for a phone: how each is written is shown for one at a time. */
function overview(commands: readonly Command[]): TextReply {
  return {
    kind: 'text',
    title: 'What you can ask',
    items: commands.map(({ name, summary }) => ({
      name: `/metrics ${name}`,
      isCode: true,
      detail: summary,
    })),
    lines: [
      'For more on one of them, with examples: /metrics help alerts, /metrics help stars and so on.',
      RANGES,
      ...OPTIONS,
    ],
  };
}

/** What one command does, and how it is written: a line a form, with an example. */
export function helpFor(command: Command): TextReply {
  return {
    kind: 'text',
    title: command.summary,
    items: command.forms.map(({ form, does, example }) => ({
      name: written(command, form),
      isCode: true,
      detail: [does, form !== example && `as in ${written(command, example)}`]
        .filter(Boolean)
        .join(', '),
    })),
    lines: command.forms.some(({ form }) => form.includes('[range]')) ? [RANGES, ...OPTIONS] : [],
  };
}

/** `/metrics stars [repositories] …` with all its forms, as README and completion show it. */
export function usageOf(command: Pick<Command, 'name' | 'forms'>): string {
  return written(command, command.forms.map(({ form }) => form).join(' | '));
}

function written({ name }: Pick<Command, 'name'>, rest: string): string {
  return `/metrics ${name} ${rest}`.trimEnd();
}
