import type { App, SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { AlertDesk } from '../../commands/alert-desk.ts';
import type { CommandDeps, Tracker } from '../../commands/command.ts';
import type { DigestDesk } from '../../commands/digest-desk.ts';
import type { PlaceDesk } from '../../commands/place-desk.ts';
import { runCommand } from '../../commands/run.ts';
import { dayOf } from '../../db/days.ts';
import { answerWith, type ShowDeps, show } from './answer.ts';
import type { Shown } from './present.ts';
import { viewerFor, viewerForChannel } from './visibility.ts';

/** Who has typed something, and where. */
interface Asker {
  readonly workspaceId: string;
  readonly userId: string;
  readonly channelId: string;
}

export interface DispatcherDeps extends ShowDeps {
  readonly tracker: Tracker;
  readonly placeDeskFor: (workspaceId: string, userId: string) => PlaceDesk;
  readonly alertDeskFor: (workspaceId: string, userId: string) => AlertDesk;
  /** `triggerId` is what Slack lets a window be opened with. */
  readonly digestDeskFor: (asker: Asker, client: WebClient, triggerId: string) => DigestDesk;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Answers /metrics: acknowledges once, runs, and always says something, of an error as well. */
export function registerMetrics(app: App, deps: DispatcherDeps): void {
  app.command('/metrics', async ({ ack, command, respond, client }) => {
    await ack();
    await answerWith(respond, deps.log, () => answerTo(command, client, deps));
  });
}

async function answerTo(
  command: SlashCommand,
  client: WebClient,
  deps: DispatcherDeps,
): Promise<{ readonly shown: Shown; readonly isPublic: boolean }> {
  const { db, tracker, isSample, now } = deps;
  const { team_id: workspaceId, user_id: userId, channel_id: channelId } = command;
  const asker = { workspaceId, userId, channelId };
  const context: Omit<CommandDeps, 'viewer'> = {
    db,
    tracker,
    isSample,
    today: dayOf(now()),
    now: now(),
    channelId,
    placeDesk: deps.placeDeskFor(workspaceId, userId),
    digests: deps.digestDeskFor(asker, client, command.trigger_id),
    alertDesk: deps.alertDeskFor(workspaceId, userId),
  };
  const { reply, isPublic, viewer } = await runCommand(typed(command.text), context, (everyone) =>
    everyone
      ? viewerForChannel(client, workspaceId, channelId)
      : viewerFor(client, workspaceId, userId),
  );
  return { shown: await show(reply, viewer, client, deps), isPublic };
}

/** What the person typed, before Slack escaped it; links become their address. */
function typed(text: string): string {
  return text
    .replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
