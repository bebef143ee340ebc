import { pino } from 'pino';
import { addDays, dayOf } from '../db/days.ts';
import { type Db, IN_MEMORY, openDatabase } from '../db/open.ts';
import { sampleProjects } from '../playground/sample/projects.ts';
import { sampleWorkspace } from '../playground/sample/workspace.ts';
import { seed } from '../playground/seed.ts';
import { startWorkspaceServer, type WorkspaceServer } from '../playground/server/index.ts';
import type { SampleChannel, SampleUser, SampleWorkspace } from '../playground/workspace.ts';
import { startBot } from '../src/bot.ts';
import { readConfig } from '../src/config.ts';

export interface SampleBot {
  readonly sample: SampleWorkspace;
  readonly server: WorkspaceServer;
  readonly db: Db;
  readonly general: SampleChannel;
  /** The private channel, one of its members, and somebody who is none. */
  readonly maintainers: SampleChannel;
  readonly insider: SampleUser;
  readonly outsider: SampleUser;
  stop(): Promise<void>;
}

/** The real bot in the sample workspace, with a database in memory. */
export async function startSampleBot(
  env: Readonly<Record<string, string>>,
  page?: Parameters<typeof startWorkspaceServer>[0]['page'],
): Promise<SampleBot> {
  const yesterday = addDays(dayOf(Date.now()), -1);
  const sample = sampleWorkspace(yesterday);
  const server = await startWorkspaceServer({
    sample,
    port: 0,
    commands: [],
    ...(page && { page }),
  });
  const db = openDatabase(IN_MEMORY);
  seed(db, sample, sampleProjects(yesterday));
  const bot = await startBot({
    config: readConfig(env),
    slack: server,
    db,
    isSample: true,
    log: pino({ level: 'silent' }),
  });
  const people = sample.users.filter(({ isBot }) => !isBot);
  const maintainers = found(sample.channels, ({ isPrivate }) => isPrivate);
  const isInside = ({ id }: SampleUser) => maintainers.members.includes(id);
  return {
    sample,
    server,
    db,
    general: found(sample.channels, ({ name }) => name === 'general'),
    maintainers,
    insider: found(people, isInside),
    outsider: found(people, (user) => !isInside(user)),
    async stop() {
      await bot.stop();
      await server.stop();
      db.close();
    },
  };
}

function found<T>(list: readonly T[], is: (one: T) => boolean): T {
  const one = list.find(is);
  if (!one) throw new Error('the sample workspace lacks what the tests need');
  return one;
}
