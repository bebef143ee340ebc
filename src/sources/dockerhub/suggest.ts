import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import { type Asking, getText, readJson } from '../http.ts';

/** The most that Docker Hub puts on a page. */
const PAGE_SIZE = 100;

/** Somebody waits for the answer: a namespace with more images is looked at in part. */
const PAGES = 5;

const MOST = 3;

const repositories = z.object({
  next: z.string().nullish(),
  results: z.array(z.object({ name: z.string() })),
});

/**
 * Up to three images of the same namespace whose names are a few slips away or hold what was
 * asked for, best first; none for a namespace that does not exist. Throws the errors of
 * `errors.ts`.
 *
 * @param key `namespace/image`
 */
export async function nearImages(
  apiUrl: string,
  key: string,
  context: Asking,
  timeoutMs: number,
): Promise<string[]> {
  const [namespace = '', wanted = ''] = key.split('/');
  const names = await imagesOf(`${apiUrl}/v2/namespaces/${namespace}`, context, timeoutMs);
  return nearest(wanted, names).map((name) =>
    namespace === 'library' ? name : `${namespace}/${name}`,
  );
}

async function imagesOf(address: string, context: Asking, timeoutMs: number): Promise<string[]> {
  const names: string[] = [];
  try {
    for (let page = 1; page <= PAGES; page += 1) {
      const url = `${address}/repositories?page_size=${PAGE_SIZE}&page=${page}`;
      const { next, results } = readJson(repositories, await getText(url, context, timeoutMs));
      names.push(...results.map(({ name }) => name));
      if (!next) break;
    }
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  return names;
}

function nearest(wanted: string, names: readonly string[]): string[] {
  // Two letters that changed places count as two slips.
  const mostSlips = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, slips: distance(name, wanted) }))
    .filter(({ name, slips }) => slips <= mostSlips || isPartOf(name, wanted))
    .toSorted((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** `superset` of `apache-superset`, or the other way round; a letter or two are in every name. */
function isPartOf(name: string, wanted: string): boolean {
  const [short = '', long = ''] = [name, wanted].toSorted((a, b) => a.length - b.length);
  return short.length > 2 && long.includes(short);
}
