import type { types } from '@slack/bolt';
import type { Edition, EditionSection } from '../../commands/digest-desk.ts';
import { sum } from '../../db/statistics.ts';
import { SAMPLE_NOTE } from '../sample/label.ts';
import {
  bold,
  context,
  escapeText,
  image,
  LINE_LIMIT,
  plain,
  richText,
  type Shown,
  sectionBlocks,
  shorten,
} from './present.ts';

type KnownBlock = types.KnownBlock;

/** How much of a section stands in the channel; the rest goes into the thread. */
const SHOWN_LINES = 3;
/** What one message holds of details; nobody reads on. */
const DETAIL_LINES = 60;

interface Around {
  /** The picture's file; absent where there is none. */
  readonly fileId?: string | undefined;
  /** What stands below in small print. */
  readonly notes: readonly string[];
  readonly isSample: boolean;
}

/** The message in the channel: finding, picture, and the first lines of each section. */
export function presentEdition(edition: Edition, { fileId, notes, isSample }: Around): Shown {
  const { title, headline, isQuiet, sections } = edition;
  const blocks: KnownBlock[] = [
    richText([bold(title), plain(`\n${shorten(headline, LINE_LIMIT)}`)]),
  ];
  if (fileId !== undefined && !isQuiet) blocks.push(image(fileId, edition.alt));
  if (!isQuiet) blocks.push(...sections.flatMap((section) => sectionBlocks(first(section))));
  blocks.push(...context([...notes, ...(isSample ? [SAMPLE_NOTE] : [])]));
  return { text: escapeText(shorten(`${title}: ${headline}`, 3000)), blocks };
}

/** The reply in its thread: whatever the message left out; undefined when that is nothing. */
export function presentDetails(edition: Edition): Shown | undefined {
  const { title, isQuiet, sections, details } = edition;
  const rest = [...sections.map(left), ...details].filter(({ lines }) => lines.length > 0);
  if (isQuiet || rest.length === 0) return undefined;
  let room = DETAIL_LINES;
  const shown = rest.flatMap((section) => {
    const lines = section.lines.slice(0, room);
    room -= lines.length;
    return lines.length > 0 ? [{ ...section, lines }] : [];
  });
  const cut = count(rest) - count(shown);
  const blocks = shown.flatMap(sectionBlocks);
  if (cut > 0) blocks.push(...context([`And ${cut} more.`]));
  return { text: escapeText(`More on ${title}`), blocks };
}

/** Message and details in one, for someone who gets no thread. */
export function presentWhole(edition: Edition, around: Around): Shown {
  const { text, blocks } = presentEdition(edition, around);
  return { text, blocks: [...blocks, ...(presentDetails(edition)?.blocks ?? [])] };
}

function first({ lines, ...section }: EditionSection): EditionSection {
  return { ...section, lines: lines.slice(0, SHOWN_LINES) };
}

function left({ lines, title, name }: EditionSection): EditionSection {
  const rest = lines.slice(SHOWN_LINES);
  return { name, title: lines.length > rest.length ? `${title}, continued` : title, lines: rest };
}

function count(sections: readonly EditionSection[]): number {
  return sum(sections.map(({ lines }) => lines.length));
}
