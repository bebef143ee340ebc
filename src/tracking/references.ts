import { shortened } from '../../commands/shortened.ts';
import { InputError } from '../../db/input-error.ts';
import type { Role } from '../../db/subjects.ts';
import type { Reference, Source } from '../sources/source.ts';

export interface Located {
  readonly source: Source;
  readonly reference: Reference;
}

const ROLES: Readonly<Record<string, Role>> = { dependency: 'dependency', own: 'own' };

/**
 * Takes `as dependency` (or `--as own`) off the end of what somebody typed. Throws an InputError
 * for another role.
 */
export function splitRole(typed: string): { readonly text: string; readonly role?: Role } {
  const [, text = '', word = ''] =
    /^(.*?)\s+(?:--|—)?as(?:\s+|\s*=\s*)(\S+)\s*$/is.exec(typed) ?? [];
  if (word === '') return { text: typed };
  const role = ROLES[word.toLowerCase()];
  if (role) return { text, role };
  throw new InputError(`“as ${word}” is not known: write “as dependency” or “as own”.`);
}

/** What somebody asked to have tracked, taken apart. */
interface TrackRequest {
  readonly text: string;
  readonly role?: Role;
  /** What it takes the place of: empty for “nothing”; absent where that was not said. */
  readonly replaces?: readonly string[];
}

const REPLACES = /\s+(?:--|—)?replaces(?:\s*=\s*|\s+)/i;
const NOTHING = /^(?:nothing|none)$/i;

/**
 * Takes `replaces pypi:old` (or `--replaces=pypi:old`) and the role off what somebody typed, in
 * either order; several are parted by commas or “and”. Throws an InputError where one of the two
 * lacks what belongs behind it.
 */
export function splitRequest(typed: string): TrackRequest {
  if (/\s(?:--|—)replaces\s*=?\s*$/i.test(typed)) throw nothingNamed();
  const { text: whole, role: atEnd } = splitRole(typed);
  const [before = '', ...behind] = whole.split(REPLACES);
  if (behind.length === 0) return { text: whole, ...(atEnd && { role: atEnd }) };
  const { text, role = atEnd } = splitRole(before);
  const named = behind.flatMap((part) => part.split(/\s*,\s*|\s+and\s+/i)).map((one) => one.trim());
  const said = [...new Set(named)].filter((one) => one !== '');
  if (said.length === 0) throw nothingNamed();
  return { text, ...(role && { role }), replaces: said.filter((one) => !NOTHING.test(one)) };
}

function nothingNamed(): InputError {
  return new InputError(
    'Say what it replaces, as in “--replaces pypi:old-name”, or “--replaces nothing”.',
  );
}

/** How each source's references are written: `github:owner/repository`. */
export function referenceForms(sources: readonly Source[]): string[] {
  return sources.map(({ id, form }) => `${id}:${form}`);
}

/**
 * Reads what a person names: `github:owner/repo`, `github owner/repo`, or the address of the
 * subject's page. Throws an InputError that says how it is written.
 */
export function parseReference(sources: readonly Source[], typed: string): Located {
  const found = findReference(sources, typed);
  if (found) return found;
  const text = unwrapped(typed);
  const { source, rest } = splitSource(sources, text);
  if (source) {
    throw new InputError(
      `“${shortened(rest)}” is not how ${source.title} names things: write ${source.id}:${source.form}.`,
    );
  }
  const forms = referenceForms(sources).join(' or ');
  throw new InputError(
    text === ''
      ? `Say what, as in ${forms}.`
      : `“${shortened(text)}” can't be tracked: write ${forms}.`,
  );
}

/** The same; undefined for what is written in no way that a source understands. */
export function findReference(sources: readonly Source[], typed: string): Located | undefined {
  const text = unwrapped(typed);
  const { source, rest } = splitSource(sources, text);
  return source ? inSource(source, rest) : atAddress(sources, text);
}

/** Slack wraps addresses into <…> and may put a label behind a bar. */
function unwrapped(typed: string): string {
  return typed.trim().replace(/^<([^|>]*)(?:\|[^>]*)?>$/, '$1');
}

/** Takes the name of a source off the front, where one stands there. */
export function splitSource(
  sources: readonly Source[],
  text: string,
): { readonly source?: Source; readonly rest: string } {
  const [, id = '', rest = ''] = /^([a-z]+)\s*[:\s]\s*(.*)$/is.exec(text) ?? [];
  const source = sources.find((known) => known.id === id.toLowerCase());
  return source ? { source, rest } : { rest: text };
}

/** Reads what is named beside a subject of `source`, which need not be named again. */
export function parseBeside(sources: readonly Source[], source: Source, typed: string): Located {
  // Neither with a source's name before it, nor an address.
  const isBare = !/[:\s]|^[^/]*\.[^/]*\//.test(typed);
  const reference = isBare ? source.parse(typed) : undefined;
  return reference ? { source, reference } : parseReference(sources, typed);
}

/** `github https://github.com/owner/repo` is understood as well. */
function inSource(source: Source, text: string): Located | undefined {
  const reference = source.parse(text);
  return reference ? { source, reference } : atAddress([source], text);
}

function atAddress(sources: readonly Source[], text: string): Located | undefined {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  if (!url?.hostname.includes('.')) return undefined;
  for (const source of sources) {
    const reference = source.parse(source.fromUrl?.(url) ?? '');
    if (reference) return { source, reference };
  }
  return undefined;
}
