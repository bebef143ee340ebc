import { unescaped } from './block.ts';

/** A name that can be mentioned: `sigil` is `@` for people and `#` for channels. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
  readonly sigil: '@' | '#';
}

/** Stored mrkdwn as people would type it, for editing and for reading aloud. */
export function fromMrkdwn(text: string, known: readonly Mentionable[]): string {
  const names = new Map(known.map((name) => [name.sigil + name.id, name.sigil + name.name]));
  return unescaped(
    text
      .replace(/<([@#][A-Z0-9]+)(?:\|[^>]*)?>/g, (mention, id: string) => names.get(id) ?? mention)
      .replace(/<!(here|channel|everyone)>/g, '@$1')
      .replace(/<((?:https?|mailto):[^>|]+)(?:\|[^>]*)?>/g, '$1'),
  );
}
