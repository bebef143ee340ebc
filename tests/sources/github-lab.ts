import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject, type Subject } from '../../db/subjects.ts';
import { createClient, type GithubClient } from '../../src/sources/github/client.ts';
import type { CollectContext, Part } from '../../src/sources/source.ts';
import { quiet } from './cases.ts';
import { type Collected, collect } from './collect.ts';
import { type Answer, reply, startServer, type TestServer } from './server.ts';

/** A tracked repository, and a server that stands for GitHub. */
export interface Lab {
  readonly server: TestServer;
  readonly db: Db;
  readonly subject: Subject;
  readonly client: GithubClient;
  read(part: Part, context?: Partial<CollectContext>): Promise<Collected>;
  /** The rows of a query. */
  all(sql: string): unknown[];
  /** Totals of stars that are known already, as `[day, stars]`. */
  know(origin: 'history' | 'poll', ...days: readonly (readonly [string, number])[]): void;
}

export async function startLab(): Promise<Lab> {
  const server = await startServer(reply(404, '{"message":"Not Found"}'));
  const db = openDatabase(IN_MEMORY);
  const subject = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
  const client = createClient({ apiUrl: server.url, token: 'ghp_1', log: quiet, retryDelayMs: 1 });
  return {
    server,
    db,
    subject,
    client,
    read: (part, context) => collect(db, 'github', part, [subject], context),
    all: (sql) => db.prepare(sql).raw().all(),
    know(origin, ...days) {
      const key = { subjectId: subject.id, metric: 'github.stars', kind: 'total' } as const;
      const values = days.map(([day, value]) => ({ day, value }));
      saveDays(db, key, values, { origin, seenAt: '2022-03-01T00:00:00.000Z' });
    },
  };
}

/** Answers with pages of a list, linked as GitHub links them; each item is one of `items()`. */
export function inPages(
  lab: Pick<Lab, 'server'>,
  size: number,
  items: () => readonly unknown[],
): Answer {
  return (request, response) => {
    const url = new URL(request.url ?? '', lab.server.url);
    const page = Number(url.searchParams.get('page') ?? '1');
    const all = items();
    const text = JSON.stringify(all.slice((page - 1) * size, page * size));
    if (all.length <= page * size) return reply(200, text)(request, response);
    url.searchParams.set('page', `${page + 1}`);
    reply(200, text, { link: `<${url}>; rel="next"` })(request, response);
  };
}
