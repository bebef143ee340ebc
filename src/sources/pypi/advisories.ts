import { z } from 'zod';
import {
  type Advisory,
  advisoriesOf,
  keepAdvisories,
  saveAdvisories,
} from '../../../db/advisories.ts';
import type { Subject } from '../../../db/subjects.ts';
import { Malformed, NotFound } from '../../errors.ts';
import { type Asking, getText, postJson, readJson, TIMEOUT_MS } from '../http.ts';
import type { Part } from '../source.ts';
import { advisoryFor, ECOSYSTEM, type OsvRecord, osvRecord } from './osv.ts';

interface AdvisoriesSettings {
  /** The service's address, `https://api.osv.dev`. */
  readonly apiUrl: string;
  readonly timeoutMs?: number;
}

/** How many packages one question may be about: https://google.github.io/osv.dev/post-v1-querybatch/ */
const MOST_QUERIES = 1000;

/** How many advisories are read between two savings. */
const BATCH = 25;

const answer = z.object({
  results: z.array(
    z.object({
      vulns: z.array(z.object({ id: z.string(), modified: z.string() })).nullish(),
      next_page_token: z.string().nullish(),
    }),
  ),
});

/** An advisory and when it was last changed, as the listing tells. */
type Listed = ReadonlyMap<string, string>;

interface Query {
  readonly subject: Subject;
  readonly token?: string;
}

/** Known vulnerabilities of packages, from https://osv.dev; asks anew only for what has changed. */
export function createAdvisories({ apiUrl, timeoutMs = TIMEOUT_MS }: AdvisoriesSettings): Part {
  return {
    name: 'advisories',
    title: 'advisories of vulnerabilities',
    scope: 'source',
    everyHours: 24,
    async *collect(subjects, context) {
      // Two packages may share an advisory.
      const read = new Map<string, OsvRecord | undefined>();
      for (const [subject, listed] of await list(subjects, context)) {
        const known = advisoriesOf(context.db, subject.id);
        const same = known.filter(({ id, modifiedAt }) => listed.get(id) === modifiedAt);
        const kept = new Set(same.map(({ id }) => id));
        const changed = [...listed.keys()].filter((id) => !kept.has(id));
        for (let done = 0; done < changed.length; done += BATCH) {
          const found: Advisory[] = [];
          for (const id of changed.slice(done, done + BATCH)) {
            if (!read.has(id)) read.set(id, await readRecord(id, context));
            const record = read.get(id);
            const advisory = record && advisoryFor(subject.key, record);
            if (!advisory) continue;
            // As it is listed: that is what the next listing is compared with.
            found.push({ ...advisory, modifiedAt: listed.get(id) ?? advisory.modifiedAt });
            kept.add(id);
          }
          yield {
            save: (db) => saveAdvisories(db, subject.id, found),
            cursor: subject.key,
            progress: {
              done: Math.min(done + BATCH, changed.length),
              of: changed.length,
              unit: 'advisories',
            },
          };
        }
        // What is no longer listed, or was withdrawn, no longer counts.
        yield { save: (db) => keepAdvisories(db, subject.id, [...kept]), cursor: subject.key };
      }
    },
  };

  /** The advisories of every package; the pages that follow are asked for together. */
  async function list(
    subjects: readonly Subject[],
    context: Asking,
  ): Promise<ReadonlyMap<Subject, Listed>> {
    const listings = new Map(subjects.map((subject) => [subject, new Map<string, string>()]));
    let open: Query[] = subjects.map((subject) => ({ subject }));
    while (open.length > 0) {
      const asked = open.slice(0, MOST_QUERIES);
      const results = await query(asked, context);
      const more: Query[] = [];
      for (const [index, { subject, token }] of asked.entries()) {
        const { vulns, next_page_token: next } = results[index] ?? {};
        for (const { id, modified } of vulns ?? []) listings.get(subject)?.set(id, modified);
        if (next && next === token) throw new Malformed(`the page after ${next} is itself`);
        if (next) more.push({ subject, token: next });
      }
      open = [...open.slice(MOST_QUERIES), ...more];
    }
    return listings;
  }

  async function query(asked: readonly Query[], context: Asking) {
    const queries = asked.map(({ subject, token }) => ({
      package: { ecosystem: ECOSYSTEM, name: subject.key },
      ...(token !== undefined && { page_token: token }),
    }));
    const body = await postJson(`${apiUrl}/v1/querybatch`, { queries }, context, timeoutMs);
    const { results } = readJson(answer, body);
    if (results.length !== asked.length) {
      throw new Malformed(`${asked.length} packages were asked for, ${results.length} were told`);
    }
    return results;
  }

  /** Undefined when the advisory was taken away since it was listed. */
  async function readRecord(id: string, context: Asking): Promise<OsvRecord | undefined> {
    try {
      const url = `${apiUrl}/v1/vulns/${encodeURIComponent(id)}`;
      return readJson(osvRecord, await getText(url, context, timeoutMs));
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }
}
