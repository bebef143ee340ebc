import { z } from 'zod';
import { etagOf, saveEtag } from '../../../db/etags.ts';
import { saveLanguages } from '../../../db/github-repositories.ts';
import { check } from '../http.ts';
import type { Part } from '../source.ts';
import { type GithubClient, named } from './client.ts';

const bytes = z.record(z.string(), z.int().nonnegative());

/** How many bytes a repository has in each language. */
export function languages(client: GithubClient): Part {
  return {
    name: 'languages',
    title: 'languages',
    scope: 'subject',
    everyHours: client.hasToken ? 24 : 168,
    async *collect([subject], context) {
      if (!subject) return;
      // By the row that holds the answer: a name can come to mean another repository.
      const address = `github ${subject.id} languages`;
      const answer = await client.ask(
        'GET /repos/{owner}/{repo}/languages',
        named(subject),
        context,
        { etag: etagOf(context.db, address) },
      );
      if (answer.status !== 200) return;
      const { data, etag } = answer;
      const found = check(bytes, data);
      const seenAt = new Date(context.now).toISOString();
      yield {
        save(db) {
          if (etag !== undefined) saveEtag(db, address, etag, seenAt);
          return saveLanguages(db, subject.id, found);
        },
        cursor: seenAt,
      };
    },
  };
}
