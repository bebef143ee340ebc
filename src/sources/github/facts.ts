import { z } from 'zod';
import type { RepositoryFacts } from '../../../db/github-repositories.ts';
import { readJson } from '../http.ts';
import { type DailyRows, type Snapshot, totalsAt } from '../source.ts';
import { instant } from './listing.ts';

const openness = {
  private: z.boolean().optional(),
  /** `internal`, on an enterprise's server: not public, but for everyone there. */
  visibility: z.string().optional(),
};

/** What a repository's headline numbers are read from. */
export const repository = z.object({
  id: z.int(),
  full_name: z.string().min(1),
  ...openness,
  stargazers_count: z.int().nonnegative(),
  forks_count: z.int().nonnegative(),
  open_issues_count: z.int().nonnegative(),
  /** The people who watch; `watchers_count` is the stars under an older name. */
  subscribers_count: z.int().nonnegative(),
});

const facts = z.object({
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  license: z.object({ spdx_id: z.string().nullish() }).nullish(),
  language: z.string().nullish(),
  topics: z.array(z.string()).default([]),
  size: z.int().nonnegative(),
  fork: z.boolean(),
  archived: z.boolean(),
  created_at: instant,
  pushed_at: instant.nullish(),
});

/** One of an owner's repositories, as lists have it. */
export const listed = z.object({
  full_name: z.string().min(1),
  ...openness,
  archived: z.boolean().default(false),
});

/** True for what everyone may see: our token may see more than those who read the numbers. */
export function isOpen(repo: {
  readonly private?: boolean | undefined;
  readonly visibility?: string | undefined;
}): boolean {
  return repo.private !== true || repo.visibility === 'internal';
}

export function dailyCounts({ takenAt, body }: Snapshot): DailyRows[] {
  const counts = readJson(repository, body);
  const total = totalsAt(takenAt);
  return [
    total('github.stars', counts.stargazers_count),
    total('github.forks', counts.forks_count),
    total('github.open_issues', counts.open_issues_count),
    total('github.watchers', counts.subscribers_count),
  ];
}

export function readFacts(body: string): RepositoryFacts {
  const read = readJson(facts, body);
  return {
    description: read.description || null,
    homepage: read.homepage || null,
    license: read.license?.spdx_id ?? null,
    language: read.language ?? null,
    topics: read.topics,
    sizeKb: read.size,
    isFork: read.fork,
    isArchived: read.archived,
    createdAt: read.created_at,
    pushedAt: read.pushed_at ?? null,
  };
}
