import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import { type Asking, getText, readJson } from '../http.ts';
import { nearest } from '../source.ts';

/** The most that Docker Hub puts on a page. */
const PAGE_SIZE = 100;

/** Somebody waits for the answer: a namespace with more images is looked at in part. */
const PAGES = 5;

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
  return nearest(wanted, names.toSorted()).map((name) =>
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
