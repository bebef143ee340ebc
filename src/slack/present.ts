import type { types } from '@slack/bolt';
import type { TextReply } from '../../commands/text-reply.ts';
import type { Answer, RankedItem, WordsSection } from '../../reports/report.ts';
import { SAMPLE_NOTE } from '../sample/label.ts';

type KnownBlock = types.KnownBlock;
type RichTextBlock = types.RichTextBlock;
type RichTextText = types.RichTextText;

/** What is read of one line. */
export const LINE_LIMIT = 600;

/** A message as Slack takes it; `text` is the notification and what screen readers say. */
export interface Shown {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** A report's answer. Names stand in rich text, where nothing is markup and nobody is pinged. */
export function presentAnswer(
  { title, words }: Answer,
  fileId: string | undefined,
  isSample: boolean,
): Shown {
  const blocks: KnownBlock[] = [richText([bold(words.headline)])];
  if (fileId !== undefined) blocks.push(image(fileId, words.alt));
  if (words.ranking && words.ranking.length > 0) blocks.push(ranking(words.ranking));
  if (words.sections) blocks.push(...words.sections.flatMap(sectionBlocks));
  else if (words.lines.length > 0) blocks.push(richText([plain(words.lines.join('\n'))]));
  blocks.push(...context([...words.notes, ...(isSample ? [SAMPLE_NOTE] : [])]));
  return { text: escapeText(`${title}: ${words.headline}`), blocks };
}

/** A list or a few sentences. */
export function presentText(reply: TextReply, isSample: boolean): Shown {
  const blocks: KnownBlock[] = [richText([bold(reply.title)])];
  const items = (reply.items ?? []).map(({ name, isCode, detail }) => [
    isCode ? code(name) : bold(name),
    plain(`  ${detail}`),
  ]);
  if (items.length > 0) blocks.push(list(items, 'bullet'));
  if (reply.lines.length > 0) blocks.push(richText([plain(reply.lines.join('\n'))]));
  blocks.push(...context(isSample ? [SAMPLE_NOTE] : []));
  const said = reply.lines.join(' ') || `${items.length} lines`;
  return { text: escapeText(shorten(`${reply.title}: ${said}`, 3000)), blocks };
}

/** One sentence, as for an error. */
export function presentSentence(sentence: string): Shown {
  return { text: escapeText(sentence), blocks: [richText([plain(sentence)])] };
}

/** A title, its items and its lines; nothing without any. */
export function sectionBlocks({ title, items = [], lines }: WordsSection): KnownBlock[] {
  const rows = [
    ...items.map(({ name, detail }) => [bold(name), plain(`  ${shorten(detail, LINE_LIMIT)}`)]),
    ...lines.map((line) => [plain(shorten(line, LINE_LIMIT))]),
  ];
  return rows.length > 0 ? [richText([bold(title)]), list(rows, 'bullet')] : [];
}

export function image(id: string, alt: string): KnownBlock {
  return { type: 'image', slack_file: { id }, alt_text: shorten(alt, 2000) };
}

function ranking(items: readonly RankedItem[]): RichTextBlock {
  return list(
    items.map(({ name, detail }) => [bold(name), plain(`  ${detail}`)]),
    'ordered',
  );
}

function list(items: readonly RichTextText[][], style: 'bullet' | 'ordered'): RichTextBlock {
  const elements = items.map(
    (parts): types.RichTextSection => ({ type: 'rich_text_section', elements: parts }),
  );
  return { type: 'rich_text', elements: [{ type: 'rich_text_list', style, elements }] };
}

export function richText(elements: RichTextText[]): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

export function plain(text: string): RichTextText {
  return { type: 'text', text: text || ' ' };
}

export function bold(text: string): RichTextText {
  return { ...plain(text), style: { bold: true } };
}

function code(text: string): RichTextText {
  return { ...plain(text), style: { code: true } };
}

/** Slack takes ten elements a context block. */
export function context(sentences: readonly string[]): KnownBlock[] {
  if (sentences.length === 0) return [];
  const elements = sentences
    .slice(0, 10)
    .map((text) => ({ type: 'plain_text', text: shorten(text, 2000), emoji: false }) as const);
  return [{ type: 'context', elements }];
}

export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
