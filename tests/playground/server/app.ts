import { App, LogLevel } from '@slack/bolt';
import type { WorkspaceServer } from '../../../playground/server/index.ts';

/** A Bolt app that is not connected yet. */
export function appOf(server: WorkspaceServer): App {
  return new App({
    token: server.botToken,
    appToken: server.appToken,
    socketMode: true,
    ignoreSelf: false,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: server.apiUrl },
  });
}
