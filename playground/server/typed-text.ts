import type { Store } from './store/store.ts';
import type { User } from './store/types.ts';

/**
 * What a person typed, as Slack stores it: `&`, `<` and `>` as entities, links in angle brackets,
 * and names of people and of channels that the writer can see as references. Entities and
 * references that a client has made already stay as they are.
 */
export function asStored(store: Store, writer: string, typed: string): string {
  return withReferences(store, writer, typed, (user) => `<@${user.id}>`);
}

/** The text of a slash command with `should_escape`: as stored, with the names of people. */
export function asCommandText(store: Store, writer: string, typed: string): string {
  return withReferences(store, writer, typed, (user) => `<@${user.id}|${user.name}>`);
}

const READY = '<(?:[@#!]|https?:)[^<>]+>|&(?:amp|lt|gt);';
const LINK = String.raw`https?:\/\/[^\s<>]*[^\s<>.,;:!?)'"]`;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function withReferences(
  store: Store,
  writer: string,
  typed: string,
  mention: (user: User) => string,
): string {
  const references = new Map(
    ['here', 'channel', 'everyone'].map((word) => [`@${word}`, `<!${word}>`]),
  );
  for (const user of store.users.values()) {
    references.set(`@${user.name}`.toLowerCase(), mention(user));
    references.set(`@${user.realName}`.toLowerCase(), mention(user));
  }
  for (const channel of store.channels.all.values()) {
    if (channel.kind !== 'im' && store.channels.isVisible(channel, writer)) {
      references.set(`#${channel.name}`.toLowerCase(), `<#${channel.id}|${channel.name}>`);
    }
  }
  const names = [...references.keys()].sort((a, b) => b.length - a.length).map(literally);
  const name = String.raw`(?<![\p{L}\p{N}_/])(?:${names.join('|')})(?![\p{L}\p{N}_-])`;
  return typed.replace(new RegExp(`${READY}|${LINK}|${name}|[&<>]`, 'giu'), (found) => {
    if (found.startsWith('http')) return `<${escaped(found)}>`;
    return references.get(found.toLowerCase()) ?? ENTITIES[found] ?? found;
  });
}

function escaped(text: string): string {
  return text.replace(/&(?!(?:amp|lt|gt);)/g, '&amp;');
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
