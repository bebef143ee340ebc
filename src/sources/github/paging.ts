import type { z } from 'zod';
import { Malformed } from '../../errors.ts';
import { type Asking, check } from '../http.ts';
import { type AskOptions, answered, type GithubClient, type Parameters } from './client.ts';

/** The most that GitHub puts on a page. */
export const PER_PAGE = 100;

interface Page<T> {
  readonly items: readonly T[];
  /** What asks for the page after this one; absent on the last. */
  readonly next?: Parameters;
}

/** Reads a list page by page to its end, beginning where `parameters` say. */
export async function* pagesOf<T>(
  client: GithubClient,
  schema: z.ZodType<T[]>,
  route: string,
  parameters: Parameters,
  context: Asking,
  options?: AskOptions,
): AsyncGenerator<Page<T>> {
  for (let asked: Parameters | undefined = parameters; asked; ) {
    const answer = await client.ask(route, asked, context, options);
    // A list without a body is how GitHub says that a repository is empty.
    if (answer.status === 204) return;
    const { data, next } = answered(answer, route);
    if (next && isSame(next, asked)) throw new Malformed(`${route}: a page is followed by itself`);
    yield { items: check(schema, data), ...(next && { next }) };
    asked = next && { ...parameters, ...next };
  }
}

/** True when `next` asks for what was asked for. */
function isSame(next: Parameters, asked: Parameters): boolean {
  return Object.entries(next).every(([name, value]) => String(asked[name]) === String(value));
}
