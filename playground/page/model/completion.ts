import type { SlashCommandHint } from '../../protocol.ts';
import type { Mentionable } from './mrkdwn.ts';

/** One line of the list above the composer. */
export interface Suggestion {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly note: string;
  /** What takes the place of the text from `from` to the caret. */
  readonly insert: string;
}

interface Completion {
  readonly title: string;
  readonly from: number;
  readonly suggestions: readonly Suggestion[];
}

const most = 8;

/**
 * What could be meant at the caret: a command while the text is a slash and words that begin one,
 * a person after `@`, a channel after `#`. Undefined where there is nothing to offer.
 */
export function completionAt(
  text: string,
  caret: number,
  commands: readonly SlashCommandHint[],
  names: readonly Mentionable[],
): Completion | undefined {
  const before = text.slice(0, caret);
  if (before.startsWith('/') && caret === text.length) {
    const completion = completeCommand(before, commands);
    if (completion) return completion;
  }
  const word = /(?:^|[\s([{"'])([@#])([^\s@#]*)$/u.exec(before);
  if (!word) return undefined;
  const [, sigil, typed = ''] = word;
  const found = rank(
    names.filter((name) => name.sigil === sigil),
    typed,
  );
  if (found.length === 0) return undefined;
  return {
    title: sigil === '@' ? 'People' : 'Channels',
    from: caret - typed.length - 1,
    suggestions: found.slice(0, most).map((name) => ({
      key: name.id,
      label: name.sigil + name.name,
      detail: '',
      note: '',
      insert: `${name.sigil}${name.name} `,
    })),
  };
}

/** Whether `typed` can be sent as it stands: all of `suggestion`, or whole words of a command. */
export function isSayable(typed: string, { insert }: Suggestion): boolean {
  const words = `${typed.trimEnd()} `;
  return typed.startsWith('/') ? insert.startsWith(words) : insert === words;
}

/** The command that the text has named in full, for a reminder of its usage. */
export function commandOf(
  text: string,
  commands: readonly SlashCommandHint[],
): SlashCommandHint | undefined {
  return commands
    .filter(({ command }) => text.startsWith(`${command} `))
    .toSorted((a, b) => b.command.length - a.command.length)[0];
}

function completeCommand(
  typed: string,
  commands: readonly SlashCommandHint[],
): Completion | undefined {
  const wanted = typed.toLowerCase();
  const found = commands.filter(
    ({ command }) => command.startsWith(wanted) || wordsStart(command, wanted),
  );
  if (found.length === 0) return undefined;
  return {
    title: 'Commands',
    from: 0,
    suggestions: found.map(({ command, usage, summary }) => ({
      key: command,
      label: command,
      detail: usage.startsWith(command) ? usage.slice(command.length).trim() : usage,
      note: summary,
      insert: `${command} `,
    })),
  };
}

/** `/stars` finds `/metrics stars`: people forget the first word. */
function wordsStart(command: string, typed: string): boolean {
  const word = typed.slice(1);
  return word !== '' && command.split(' ').some((part) => part.startsWith(word));
}

function rank(names: readonly Mentionable[], typed: string): readonly Mentionable[] {
  const wanted = typed.toLocaleLowerCase();
  const starts = names.filter((name) => name.name.toLocaleLowerCase().startsWith(wanted));
  const holds = names.filter(
    (name) => !starts.includes(name) && name.name.toLocaleLowerCase().includes(wanted),
  );
  return [...starts, ...holds];
}
