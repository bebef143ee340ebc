import { z } from 'zod';
import type { GithubIssue } from '../../../db/github-issues.ts';
import type { SeenPerson } from '../../../db/github-people.ts';
import { check } from '../http.ts';
import { account, instant, peopleOf, personOf } from './listing.ts';

const common = {
  number: z.int().positive(),
  title: z.string(),
  user: account,
  state: z.enum(['open', 'closed']),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  draft: z.boolean().nullish(),
  created_at: instant,
  updated_at: instant,
  closed_at: instant.nullable(),
};

const issue = z.object({
  ...common,
  state_reason: z.string().nullish(),
  comments: z.int().nonnegative(),
  /** Marks a pull request. */
  pull_request: z.object({ merged_at: instant.nullish() }).nullish(),
});

const pull = z.object({ ...common, merged_at: instant.nullable() });

export interface IssuePage {
  readonly issues: readonly GithubIssue[];
  readonly people: readonly SeenPerson[];
}

/** A page of the list of issues, which holds pull requests as well. Throws Malformed. */
export function readIssues(data: unknown): IssuePage {
  const items = check(z.array(issue), data);
  return {
    issues: items.map((item) => ({
      ...commonOf(item),
      isPull: Boolean(item.pull_request),
      stateReason: item.state_reason ?? null,
      comments: item.comments,
      mergedAt: item.pull_request?.merged_at ?? null,
    })),
    people: peopleOf(items.map(({ user }) => user)),
  };
}

/** A page of the list of pull requests, which does not count the comments. Throws Malformed. */
export function readPulls(data: unknown): IssuePage {
  const items = check(z.array(pull), data);
  return {
    issues: items.map((item) => ({
      ...commonOf(item),
      isPull: true,
      stateReason: null,
      comments: null,
      mergedAt: item.merged_at,
    })),
    people: peopleOf(items.map(({ user }) => user)),
  };
}

function commonOf(item: Omit<z.infer<typeof pull>, 'merged_at'>) {
  return {
    number: item.number,
    isDraft: item.draft ?? false,
    title: item.title,
    author: personOf(item.user)?.login ?? null,
    state: item.state,
    labels: item.labels
      .map((label) => (typeof label === 'string' ? label : label.name))
      .filter((name) => name !== undefined && name !== null),
    createdAt: item.created_at,
    updatedAt: item.updated_at,
    closedAt: item.closed_at,
  };
}
