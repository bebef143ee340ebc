import type { Store } from './store/store.ts';
import type { User } from './store/types.ts';

/**
 * What a person typed, as Slack stores it: `&`, `<` and `>` as entities, links in angle brackets,
 * and names of people and of channels that the writer can see as references.
 */
export function asStored(store: Store, writer: string, typed: string): string {
  return withReferences(store, writer, typed, (user) => `<@${user.id}>`);
}

/** The text of a slash command with `should_escape`: as stored, with the names of people. */
export function asCommandText(store: Store, writer: string, typed: string): string {
  return withReferences(store, writer, typed, (user) => `<@${user.id}|${user.name}>`);
}

const LINK = String.raw`https?:\/\/[^\s<>]*[^\s<>.,;:!?)'"]`;
const NAME_ENDS = String.raw`(?![\p{L}\p{N}_-])`;

function withReferences(
  store: Store,
  writer: string,
  typed: string,
  mention: (user: User) => string,
): string {
  const references = new Map<string, string>(
    ['here', 'channel', 'everyone'].map((word) => [`@${word}`, `<!${word}>`]),
  );
  for (const user of store.users.values()) {
    references.set(key(`@${user.name}`), mention(user));
    references.set(key(`@${user.realName}`), mention(user));
  }
  for (const channel of store.channels.all.values()) {
    if (channel.kind !== 'im' && store.channels.isVisible(channel, writer)) {
      references.set(key(`#${channel.name}`), `<#${channel.id}|${channel.name}>`);
    }
  }
  const names = [...references.keys()].sort((a, b) => b.length - a.length).map(literally);
  const pattern = new RegExp(
    String.raw`${LINK}|(?<![\p{L}\p{N}_/])(?:${names.join('|')})${NAME_ENDS}`,
    'giu',
  );
  return escaped(typed).replace(pattern, (found) => references.get(key(found)) ?? `<${found}>`);
}

/** References are looked up in text that is escaped already. */
function key(name: string): string {
  return escaped(name).toLowerCase();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
