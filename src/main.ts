import { resolve } from 'node:path';
import { type Db, openDatabase } from '../db/open.ts';
import { type Bot, startBot } from './bot.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { failureText } from './failure.ts';
import { createLog } from './log.ts';

interface Running {
  /** What is said on the terminal once all is up. */
  readonly greeting: string;
  stop(): Promise<void>;
}

async function startOnSlack(config: Config, slack: NonNullable<Config['slack']>): Promise<Running> {
  const db = openDatabase(config.databasePath);
  const log = createLog(config.logLevel);
  const bot = await startBot({
    config,
    slack: { ...slack, apiUrl: config.slackApiUrl },
    db,
    isSample: false,
    log,
  });
  return { greeting: 'Groundswell is connected to Slack.', stop: () => end(bot, db) };
}

async function startInPlayground(config: Config): Promise<Running> {
  const { startPlayground } = await loadPlayground();
  // The terminal belongs to the greeting; what the bot has to say beyond warnings is noise there.
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const { url, slack, db, stop } = await startPlayground(config.port);
  const bot = await startBot({ config, slack, db, isSample: true, log });
  return {
    greeting: [
      `No Slack tokens are set, neither here nor in ${resolve('.env')}, so this is the playground: the real bot in a workspace of sample data.`,
      `Open ${url} and type /metrics stars. Ctrl-C stops it.`,
    ].join('\n'),
    async stop() {
      await end(bot, db);
      await stop();
    },
  };
}

async function loadPlayground(): Promise<typeof import('../playground/start.ts')> {
  try {
    return await import('../playground/start.ts');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
      throw new ConfigError(
        'SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set, and the playground is not installed: set both, or run "npm ci" without --omit=dev.',
      );
    }
    throw error;
  }
}

async function end(bot: Bot, db: Db): Promise<void> {
  await bot.stop();
  db.close();
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const running = config.slack
    ? await startOnSlack(config, config.slack)
    : await startInPlayground(config);
  const stop = (): void => {
    clearInterval(watching);
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const watching = stopWhenOrphaned(stop);
  // Last, as whoever reads it may end us at once.
  console.log(running.greeting);
}

/**
 * A signal to npm ends npm and the shell below it, and never comes to us: what is left without its
 * parent would go on beside the bot that is started next.
 */
function stopWhenOrphaned(stop: () => void): NodeJS.Timeout | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}

function fail(error: unknown): never {
  console.error(failureText(error));
  process.exit(1);
}

process.on('uncaughtException', fail);
main().catch(fail);
