import { compare, valid } from '@renovatebot/pep440';
import { z } from 'zod';
import type { Advisory, VersionList, VersionRange } from '../../../db/advisories.ts';
import { packageName } from '../../../db/package-name.ts';

/**
 * The form of a record, as far as it is read: https://ossf.github.io/osv-schema/ (its `limit` is
 * left out: it bounds branches of commits, not versions).
 */
const event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
});

const block = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }).nullish(),
  ranges: z.array(z.object({ type: z.string(), events: z.array(event) })).nullish(),
  versions: z.array(z.string()).nullish(),
});

export const osvRecord = z.object({
  id: z.string(),
  modified: z.string(),
  published: z.string().nullish(),
  withdrawn: z.string().nullish(),
  aliases: z.array(z.string()).nullish(),
  summary: z.string().nullish(),
  details: z.string().nullish(),
  affected: z.array(block).nullish(),
  database_specific: z.object({ severity: z.string().nullish() }).nullish().catch(undefined),
});

export type OsvRecord = z.infer<typeof osvRecord>;
type Event = z.infer<typeof event>;

export const ECOSYSTEM = 'PyPI';

const SUMMARY_CHARACTERS = 200;

/** What `told` says about the package `key`; undefined when it is withdrawn or about others only. */
export function advisoryFor(key: string, told: OsvRecord): Advisory | undefined {
  const blocks = (told.affected ?? []).filter(({ package: about }) => isPackage(about, key));
  if (told.withdrawn || blocks.length === 0) return undefined;
  return {
    id: told.id,
    aliases: told.aliases ?? [],
    summary: oneLine(told.summary || told.details || ''),
    severity: told.database_specific?.severity?.toLowerCase() ?? null,
    publishedAt: told.published ?? told.modified,
    modifiedAt: told.modified,
    ranges: blocks.flatMap(({ ranges, versions }): (VersionRange | VersionList)[] => [
      ...(ranges ?? []).filter(({ type }) => type !== 'GIT').flatMap((one) => rangesOf(one.events)),
      ...(versions?.length ? [{ versions }] : []),
    ]),
  };
}

function isPackage(about: { ecosystem: string; name: string } | null | undefined, key: string) {
  return about?.ecosystem === ECOSYSTEM && packageName(about.name) === key;
}

function oneLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').slice(0, SUMMARY_CHARACTERS);
}

interface Turn {
  readonly kind: keyof Event;
  readonly version: string;
}

/**
 * The stretches of vulnerable versions between the events of one range, which come in any order.
 * None for a range with a version that PEP 440 can't read: where it lies is not known, and such
 * records name their versions one by one as well.
 */
export function rangesOf(events: readonly Event[]): VersionRange[] {
  const turns = events.flatMap((one) =>
    Object.entries(one).map(([kind, version]) => ({ kind, version }) as Turn),
  );
  if (!turns.every(({ version }) => valid(version))) return [];
  const found: VersionRange[] = [];
  let introduced: string | undefined;
  for (const { kind, version } of turns.toSorted(byVersion)) {
    if (kind === 'introduced') introduced ??= version;
    else if (introduced !== undefined) {
      found.push({ introduced, [kind === 'last_affected' ? 'lastAffected' : 'fixed']: version });
      introduced = undefined;
    }
  }
  return introduced === undefined ? found : [...found, { introduced }];
}

/** What is introduced in "0" was always there; the last affected version is affected itself. */
function byVersion(a: Turn, b: Turn): number {
  const isFirst = (turn: Turn) => turn.kind === 'introduced' && turn.version === '0';
  if (isFirst(a) || isFirst(b)) return Number(isFirst(b)) - Number(isFirst(a));
  const isLast = (turn: Turn) => Number(turn.kind === 'last_affected');
  return compare(a.version, b.version) || isLast(a) - isLast(b);
}
