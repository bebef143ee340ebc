import type { Command, TextReply } from './command.ts';

const RANGES =
  'Ranges: 30d, 12w, 6m, 1y, 2024-01-01..2024-06-30, 2024-05, this month, last week, since 2024-01-01, all.';
const OPTIONS = [
  'Names may be shortened; put quotes around a name that looks like an option.',
  'Add “dark” for a dark chart, and “public” to answer to the whole channel instead of only to you.',
];

/** Help is made from the table of commands, so that it can't forget one. */
export function helpOn(commands: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    summary: 'What can be asked, and how',
    usage: '',
    run: () => ({
      kind: 'text',
      title: 'What you can ask',
      items: [...commands, help].map((command) => ({
        name: usageOf(command),
        isCode: true,
        detail: command.summary,
      })),
      lines: [RANGES, ...OPTIONS],
    }),
  };
  return help;
}

/** How one command is written and what it does. */
export function helpFor(command: Command): TextReply {
  return {
    kind: 'text',
    title: command.summary,
    items: [{ name: usageOf(command), isCode: true, detail: '' }],
    lines: command.usage.includes('[range]') ? [RANGES, ...OPTIONS] : [],
  };
}

/** `/metrics stars [repositories] …`, as help, README and error messages show it. */
export function usageOf({ name, usage }: Pick<Command, 'name' | 'usage'>): string {
  return `/metrics ${name} ${usage}`.trimEnd();
}
