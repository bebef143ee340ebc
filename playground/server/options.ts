import type { RequestHandler } from 'express';
import type { SlashCommandHint } from '../protocol.ts';
import type { SampleWorkspace } from '../workspace.ts';
import type { Store } from './store/store.ts';

/** How long things take, in milliseconds. The defaults are Slack's. */
interface Timing {
  /** How long the app has to acknowledge. */
  readonly ackMs: number;
  /** The time before each retry of an event, counted from the failure of the attempt before. */
  readonly retryMs: readonly number[];
  readonly pingMs: number;
  /** From the end of an upload until the file can be shown. */
  readonly processingMs: number;
  readonly responseUrlMs: number;
}

export const SLACK_TIMING: Timing = {
  ackMs: 3000,
  retryMs: [0, 60_000, 300_000],
  pingMs: 5000,
  processingMs: 150,
  responseUrlMs: 30 * 60_000,
};

export interface WorkspaceServerOptions {
  readonly sample: SampleWorkspace;
  /** 0 takes any free one. */
  readonly port: number;
  readonly botToken?: string;
  readonly appToken?: string;
  /** The commands that the app has registered. With none declared, every one is sent to it. */
  readonly commands: readonly SlashCommandHint[];
  /** Answers every request that is not the workspace's own. */
  readonly page?: RequestHandler;
  /** Called whenever the app has connected. */
  readonly onConnected?: () => void;
  readonly timing?: Partial<Timing>;
}

export interface WorkspaceServer {
  readonly url: string;
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly port: number;
  readonly botToken: string;
  readonly appToken: string;
  readonly store: Store;
  /** Sends the app's connections away, as Slack does now and then. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  stop(): Promise<void>;
}
