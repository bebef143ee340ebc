import type { Bounds, View } from 'vega';
import type { Readable } from './glyphs.ts';

/** What a text says when none of it can be drawn and its datum has no id. */
const UNREADABLE = '\uFFFD';

/** A mark of vega's scenegraph: groups hold marks, which hold items, which may be groups. */
interface Mark {
  readonly marktype: string;
  readonly bounds: Bounds;
  readonly items: readonly Item[];
}

interface Item {
  readonly items?: readonly Mark[];
  readonly datum?: { readonly id?: unknown };
  text?: unknown;
}

export function sceneRoot(view: View): Mark {
  // The published type of scenegraph() describes the root that the object holds.
  return Reflect.get(view.scenegraph(), 'root');
}

/**
 * Takes the characters without a glyph out of every text, once the layout is done. A text of which
 * nothing is left shows its datum's `id` instead, so that a person stays recognisable.
 */
export function replaceUndrawable(mark: Mark, readable: Readable): void {
  for (const item of mark.items) {
    for (const inner of item.items ?? []) replaceUndrawable(inner, readable);
    if (mark.marktype !== 'text') continue;
    const { id } = item.datum ?? {};
    const spare = typeof id === 'string' ? id : UNREADABLE;
    if (typeof item.text === 'string') item.text = readable(item.text, spare);
    if (Array.isArray(item.text)) {
      item.text = item.text.map((line) => readable(String(line), spare));
    }
  }
}
