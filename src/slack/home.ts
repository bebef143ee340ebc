import type { App } from '@slack/bolt';
import { runCommand } from '../../commands/run.ts';
import { dayOf } from '../../db/days.ts';
import type { DispatcherDeps } from './dispatcher.ts';
import { presentText } from './present.ts';

/** The home tab: what is tracked with its newest numbers, and what can be asked. */
export function registerHome(app: App, { db, tracker, isSample, now }: DispatcherDeps): void {
  app.event('app_home_opened', async ({ event, context, client }) => {
    if (event.tab !== 'home') return;
    const viewer = { workspaceId: context.teamId ?? '', privateChannelIds: [] };
    const blocks = [];
    for (const line of ['list', 'help']) {
      const deps = { db, tracker, isSample, today: dayOf(now()), now: now() };
      const { reply } = await runCommand(line, deps, () => viewer);
      if (reply.kind !== 'text') continue;
      // Only the last part says that the data is sample data.
      blocks.push(...presentText(reply, isSample && line === 'help').blocks);
    }
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
}
