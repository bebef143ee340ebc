import type { App } from '@slack/bolt';
import type { Logger } from 'pino';
import type { AlertDesk } from '../../commands/alert-desk.ts';
import { addDays, dayOf } from '../../db/days.ts';
import { ALERT_ACTION } from './alert-message.ts';

export interface AlertActionsDeps {
  readonly alertDeskFor: (workspaceId: string, userId: string) => AlertDesk;
  readonly now: () => number;
  readonly log: Logger;
}

/** What the buttons under a fall do. The message shows what has become of it. */
export function registerAlertActions(app: App, deps: AlertActionsDeps): void {
  const { alertDeskFor, now, log } = deps;
  app.action(new RegExp(`^${ALERT_ACTION}`), async ({ ack, action, body }) => {
    await ack();
    const workspaceId = body.team?.id;
    if (!('action_id' in action) || action.type !== 'button' || !workspaceId) return;
    const id = Number(action.value);
    const what = action.action_id.slice(ALERT_ACTION.length);
    const desk = alertDeskFor(workspaceId, body.user.id);
    const [, days] = /^snooze_(\d+)$/.exec(what) ?? [];
    if (!Number.isInteger(id)) log.warn({ action: what }, 'a button names no incident');
    else if (days !== undefined) desk.snooze(id, addDays(dayOf(now()), Number(days)));
    else if (what === 'acknowledge') desk.acknowledge(id);
    else desk.vote(id, what === 'useful');
  });
}
