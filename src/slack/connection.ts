import { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { retryFailed } from '../../db/inbox.ts';
import type { Db } from '../../db/open.ts';
import { saveWorkspace, type Workspace } from '../../db/workspaces.ts';
import { atMost } from '../at-most.ts';
import { patientOptions, plainOptions } from './client.ts';
import { createDirectory } from './directory.ts';
import { type Fields, fieldsOf, textOf } from './fields.ts';
import { createInbox } from './inbox.ts';
import { createReceiver } from './receiver.ts';
import { createRecorder } from './recorder.ts';
import { sdkLogger } from './sdk-log.ts';
import { keepConnected } from './socket.ts';
import { startError } from './start-error.ts';

interface SlackOptions {
  readonly botToken: string;
  readonly appToken: string;
  /** Base of the Web API, `https://slack.com/api/`. */
  readonly apiUrl: string;
  readonly db: Db;
  readonly log: Logger;
  /** Adds the listeners. Bolt has acknowledged an event by the time they see it. */
  register(app: App): void;
  /**
   * Called with a time in which Slack could not be reached (milliseconds since the epoch), also while
   * that goes on.
   */
  onLost(from: number, to: number): void;
}

export interface Slack {
  /** Records what was left over and connects. Rejects with a StartError. */
  start(): Promise<void>;
  /**
   * Takes nothing more, ends what is on its way, records it, and closes the connection. An answer
   * that does not end within seconds is left behind.
   */
  stop(): Promise<void>;
  readonly connected: boolean;
  /** Undefined until it has started. */
  readonly workspaceId: string | undefined;
}

const TRY_AGAIN_MS = 5000;
/** How long a stop waits for answers, and then for a lookup. */
const PATIENCE_MS = 3000;

/** The bot's line to one Slack workspace: events in, answers out. */
export function createSlack(options: SlackOptions): Slack {
  const { botToken, appToken, apiUrl, db, log } = options;
  const logger = sdkLogger(log);
  const directory = createDirectory({
    client: new WebClient(botToken, plainOptions(apiUrl, logger)),
    db,
    log,
  });
  const recorder = createRecorder({ db, log, onSeen: directory.note });
  const inbox = createInbox(db, () => void setImmediate(drain));
  const { receiver, socket, close } = createReceiver({ appToken, apiUrl, inbox, log });
  let bot: { botId: string | undefined; workspace: Workspace } | undefined;
  const app = new App({
    receiver,
    logger,
    clientOptions: patientOptions(apiUrl, logger),
    // What the bot says is recorded as what it is, a bot's message; Bolt would hide part of it.
    ignoreSelf: false,
    convoStore: false,
    authorize: async () => ({
      botToken,
      ...(bot?.botId ? { botId: bot.botId } : {}),
      ...(bot ? { botUserId: bot.workspace.botUserId, teamId: bot.workspace.id } : {}),
    }),
  });
  app.error(async (error) => log.error({ err: error }, 'a listener failed'));
  app.use(async ({ body, next }) => {
    meetAsker(fieldsOf(body));
    await next();
  });
  options.register(app);
  const line = keepConnected(socket, {
    log,
    onLost: options.onLost,
    onBack: () => bot && directory.refresh(bot.workspace.id),
  });
  let again: NodeJS.Timeout | undefined;
  let isStopped = false;

  function drain(): void {
    clearTimeout(again);
    if (isStopped) return;
    recorder.drain().catch((error: unknown) => {
      log.error({ err: error }, 'events can not be recorded now; they wait in the inbox');
      again = setTimeout(drain, TRY_AGAIN_MS);
    });
  }

  /** By the zone of whoever typed or pressed something, later answers may tell the time. */
  function meetAsker({ user_id, user }: Fields): void {
    const id = textOf(user_id) ?? textOf(fieldsOf(user).id);
    if (!bot || id === null) return;
    try {
      directory.meet(bot.workspace.id, id);
    } catch (error) {
      // The answer comes all the same.
      log.warn({ err: error }, 'whoever asks could not be looked up');
    }
  }

  return {
    get connected() {
      return line.connected;
    },
    get workspaceId() {
      return bot?.workspace.id;
    },
    async start() {
      const client = new WebClient(botToken, patientOptions(apiUrl, logger));
      bot = await whoAmI(client).catch((error: unknown) => {
        throw startError(error, 'SLACK_BOT_TOKEN', apiUrl);
      });
      const { workspace } = bot;
      saveWorkspace(db, workspace, new Date().toISOString());
      // What could not be recorded may be readable since the last update.
      retryFailed(db);
      drain();
      await line.open().catch((error: unknown) => {
        throw startError(error, 'SLACK_APP_TOKEN', apiUrl);
      });
      directory.start(workspace.id);
    },
    async stop() {
      await atMost(PATIENCE_MS, close());
      await line.close();
      isStopped = true;
      clearTimeout(again);
      await recorder.drain();
      await atMost(PATIENCE_MS, directory.stop());
    },
  };
}

async function whoAmI(
  client: WebClient,
): Promise<{ botId: string | undefined; workspace: Workspace }> {
  const { team_id, team, url, user_id, bot_id } = await client.auth.test();
  if (!team_id || !user_id) throw new Error('Slack did not say whose token this is');
  const domain = url ? (new URL(url).hostname.split('.')[0] ?? '') : '';
  return {
    botId: bot_id,
    workspace: { id: team_id, name: team ?? team_id, domain, botUserId: user_id },
  };
}
