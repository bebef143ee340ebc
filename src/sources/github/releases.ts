import { z } from 'zod';
import { addDays, dayOf } from '../../../db/days.ts';
import { type Release, replaceReleases } from '../../../db/github-releases.ts';
import type { Db } from '../../../db/open.ts';
import { saveDays } from '../../../db/series.ts';
import type { Subject } from '../../../db/subjects.ts';
import type { Part } from '../source.ts';
import { type AskContext, type GithubClient, named } from './client.ts';
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

/**
 * Releases with their files. All are read every time, because the downloads of old ones grow too,
 * and saved at once, because half of them would make a wrong total.
 */
export function releases(client: GithubClient): Part {
  return {
    name: 'releases',
    title: 'releases with their downloads',
    scope: 'subject',
    everyHours: 24,
    async *collect([subject], context) {
      if (!subject) return;
      const found = await readReleases(client, subject, context);
      const seenAt = new Date(context.now).toISOString();
      yield {
        save(db) {
          const changed = replaceReleases(db, subject.id, found);
          return changed + saveDownloads(db, subject.id, found, context.now);
        },
        cursor: seenAt,
      };
    },
  };
}

async function readReleases(
  client: GithubClient,
  subject: Subject,
  context: AskContext,
): Promise<Release[]> {
  const route = 'GET /repos/{owner}/{repo}/releases';
  const parameters = { ...named(subject), per_page: PER_PAGE };
  // By number: one published meanwhile moves others to a page that is still to come.
  const found = new Map<number, Release>();
  for await (const { items } of pagesOf(client, z.array(release), route, parameters, context)) {
    for (const read of items) if (!read.draft) found.set(read.id, toRelease(read));
  }
  return [...found.values()];
}

/** Keeps today's total over all files; a repository that offers none has no total. */
function saveDownloads(db: Db, subjectId: number, all: readonly Release[], now: number): number {
  const files = all.flatMap(({ assets }) => assets);
  if (files.length === 0) return 0;
  const day = dayOf(now);
  const value = files.reduce((sum, { downloads }) => sum + downloads, 0);
  const key = { subjectId, metric: 'github.release_downloads', kind: 'total' } as const;
  const seenAt = new Date(now).toISOString();
  const completeThrough = addDays(day, -1);
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
