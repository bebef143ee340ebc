import type { Block } from 'slack-blocks-to-jsx';

/** A block, element or composition object as it came over the wire: nothing about it is certain. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

export function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The words of a text object, as they are read. */
export function words(value: unknown): string {
  return isJson(value) ? unescaped(string(value.text)) : '';
}

/** Slack's three escapes undone. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** What the library draws; anything else is named instead of being left out silently. */
const drawn: ReadonlySet<string> = new Set([
  'section',
  'divider',
  'context',
  'header',
  'rich_text',
  'video',
  'table',
  'file',
  'markdown',
  'alert',
  'card',
  'carousel',
  'container',
  'plan',
  'task_card',
  'data_visualization',
]);

export function isDrawn(block: Json): boolean {
  return drawn.has(string(block.type));
}

/**
 * A block as the library needs it. It reads plain text and escaped characters as mrkdwn, and
 * mentions that carry a name (`<@U1|name>`) not at all. So marks that mean nothing but themselves
 * go through it as emoji of our own, and `literalOf` turns them back in its emoji hook.
 */
export function forLibrary(block: Json): Block {
  // The library checks at run time what this type promises; unknown shapes draw as nothing.
  return adapt(block) as Block;
}

function adapt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(adapt);
  if (!isJson(value)) return value;
  if (value.type === 'plain_text') return { ...value, text: protectMarks(string(value.text)) };
  if (value.type === 'mrkdwn') return { ...value, text: forParser(string(value.text)) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, adapt(inner)]));
}

const literal = 'literal-';

/** The character that an emoji of this name stands for, if it is one of ours. */
export function literalOf(emoji: string): string | undefined {
  if (!emoji.startsWith(literal)) return undefined;
  return String.fromCodePoint(Number.parseInt(emoji.slice(literal.length), 16));
}

function protect(mark: string): string {
  return `:${literal}${mark.codePointAt(0)?.toString(16)}:`;
}

function protectMarks(text: string): string {
  return unescaped(text).replace(/[\\*_~`<>&[\]#|!]/g, protect);
}

function forParser(mrkdwn: string): string {
  return mrkdwn
    .replace(/<([@#][A-Z0-9]+|!subteam\^[A-Z0-9]+)\|[^>]*>/g, '<$1>')
    .replace(/&lt;(?=[@#!])/g, protect('<'));
}
