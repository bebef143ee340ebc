import { rmSync } from 'node:fs';
import { usageOf } from '../commands/help.ts';
import { commands } from '../commands/index.ts';
import { addDays, dayOf } from '../db/days.ts';
import { packDays } from '../db/message-counts.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { createPage } from './page-bundle.ts';
import { sampleProjects } from './sample/projects.ts';
import { sampleWorkspace } from './sample/workspace.ts';
import { seed } from './seed.ts';
import { startWorkspaceServer } from './server/index.ts';

/** The playground's own file: sample data never meets the database of a real workspace. */
const DATABASE = 'data/playground.db';

/** They open nothing but the server in this process, which listens on this machine only. */
const TOKENS = { botToken: 'xoxb-playground', appToken: 'xapp-playground' } as const;

interface Playground {
  /** Where the page is. */
  readonly url: string;
  readonly slack: { readonly botToken: string; readonly appToken: string; readonly apiUrl: string };
  readonly db: Db;
  stop(): Promise<void>;
}

/**
 * Starts the workspace of this machine on `port` and a fresh database that has recorded its
 * sample history up to yesterday.
 */
export async function startPlayground(port: number): Promise<Playground> {
  const lastDay = addDays(dayOf(Date.now()), -1);
  const sample = sampleWorkspace(lastDay);
  const page = createPage();
  const server = await startWorkspaceServer({
    sample,
    port,
    ...TOKENS,
    commands: commands.map((command) => ({
      command: `/metrics ${command.name}`,
      usage: usageOf(command),
      summary: command.summary,
    })),
    page: page.handler,
    // The bundler would take its processor time from the bot's start.
    onConnected: page.prepare,
  });
  for (const suffix of ['', '-wal', '-shm']) rmSync(DATABASE + suffix, { force: true });
  const db = openDatabase(DATABASE);
  seed(db, sample, sampleProjects(lastDay));
  packDays(db, sample.team.id, addDays(lastDay, 1), Number.MAX_SAFE_INTEGER);
  return {
    url: server.url,
    slack: { ...TOKENS, apiUrl: server.apiUrl },
    db,
    stop: () => server.stop(),
  };
}
