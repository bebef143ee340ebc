import { z } from 'zod';
import { dayOf, lastDayRead } from '../../../db/days.ts';
import { etagOf, forgetEtag, saveEtag } from '../../../db/etags.ts';
import { downloadsOf, type Release, replaceReleases } from '../../../db/github-releases.ts';
import type { Db } from '../../../db/open.ts';
import { saveDays } from '../../../db/series.ts';
import type { Subject } from '../../../db/subjects.ts';
import { type Asking, check } from '../http.ts';
import type { Part } from '../source.ts';
import { answered, type GithubClient, named } from './client.ts';
import { instant } from './listing.ts';
import { PER_PAGE, pagesOf } from './paging.ts';

const asset = z.object({
  id: z.int(),
  name: z.string(),
  size: z.int().nonnegative(),
  download_count: z.int().nonnegative(),
});

const release = z.object({
  id: z.int(),
  tag_name: z.string(),
  name: z.string().nullish(),
  author: z.object({ login: z.string() }).nullish(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  created_at: instant,
  published_at: instant.nullish(),
  assets: z.array(asset),
});

const ROUTE = 'GET /repos/{owner}/{repo}/releases';

/** `all` is undefined when nothing has changed. */
interface Reading {
  readonly all: readonly Release[] | undefined;
  readonly etag: string | undefined;
}

/**
 * Releases with their files. All are read every time, because the downloads of old ones grow too,
 * and saved at once, because half of them would make a wrong total.
 */
export function releases(client: GithubClient): Part {
  return {
    name: 'releases',
    title: 'releases with their downloads',
    scope: 'subject',
    everyHours: 0,
    async *collect([subject], context) {
      if (!subject) return;
      // By the row that holds the answer: a name can come to mean another repository.
      const address = `github ${subject.id} releases`;
      const known = etagOf(context.db, address);
      const { all, etag } = await readReleases(client, subject, context, known);
      const seenAt = new Date(context.now).toISOString();
      yield {
        save(db) {
          const changed = all ? replaceReleases(db, subject.id, all) : 0;
          if (etag === undefined) forgetEtag(db, address);
          else saveEtag(db, address, etag, seenAt);
          return changed + saveDownloads(db, subject.id, context.now);
        },
        cursor: seenAt,
      };
    },
  };
}

async function readReleases(
  client: GithubClient,
  subject: Subject,
  context: Asking,
  known: string | undefined,
): Promise<Reading> {
  const parameters = { ...named(subject), per_page: PER_PAGE };
  const first = await client.ask(ROUTE, parameters, context, { etag: known });
  if (first.status === 304) return { all: undefined, etag: known };
  const { data, etag, next } = answered(first, ROUTE);
  // By number: one published meanwhile moves others to a page that is still to come.
  const found = new Map<number, Release>();
  const keep = (items: readonly z.infer<typeof release>[]) => {
    for (const read of items) if (!read.draft) found.set(read.id, toRelease(read));
  };
  keep(check(z.array(release), data));
  // Its validator speaks for the first page alone.
  if (!next) return { all: [...found.values()], etag };
  const rest = { ...parameters, ...next };
  for await (const { items } of pagesOf(client, z.array(release), ROUTE, rest, context)) {
    keep(items);
  }
  return { all: [...found.values()], etag: undefined };
}

/** Keeps today's total over all files; a repository that offers none has no total. */
function saveDownloads(db: Db, subjectId: number, now: number): number {
  const value = downloadsOf(db, subjectId);
  if (value === undefined) return 0;
  const day = dayOf(now);
  const key = { subjectId, metric: 'github.release_downloads', kind: 'total' } as const;
  const seenAt = new Date(now).toISOString();
  const completeThrough = lastDayRead(now);
  return saveDays(db, key, [{ day, value }], { origin: 'poll', seenAt, completeThrough });
}

function toRelease(read: z.infer<typeof release>): Release {
  return {
    id: read.id,
    tag: read.tag_name,
    name: read.name || null,
    author: read.author?.login ?? null,
    isPrerelease: read.prerelease,
    publishedAt: read.published_at ?? read.created_at,
    assets: read.assets.map((file) => ({
      id: file.id,
      name: file.name,
      sizeBytes: file.size,
      downloads: file.download_count,
    })),
  };
}
