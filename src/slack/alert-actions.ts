import type { App } from '@slack/bolt';
import type { AlertDesk } from '../../commands/alert-desk.ts';
import { isToldIn } from '../../db/alert-posts.ts';
import { dayOf } from '../../db/days.ts';
import { InputError } from '../../db/input-error.ts';
import { alerts } from '../../reports/alerts.ts';
import { ALERT_ACTION } from './alert-message.ts';
import { type ShowDeps, send, sentenceFor, show } from './answer.ts';
import { presentSentence } from './present.ts';
import { viewerFor } from './visibility.ts';

export interface AlertActionsDeps extends ShowDeps {
  readonly alertDeskFor: (workspaceId: string, userId: string) => AlertDesk;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const MORE = 'more';

/**
 * What the buttons under an alert do. The message shows what has become of it; who presses one that
 * can't do it any more is told why, and nobody else.
 */
export function registerAlertActions(app: App, deps: AlertActionsDeps): void {
  const { db, alertDeskFor, now, log } = deps;
  app.action(new RegExp(`^${ALERT_ACTION}`), async ({ ack, action, body, client, respond }) => {
    await ack();
    if (!('action_id' in action) || action.type !== 'button') return;
    const what = action.action_id.slice(ALERT_ACTION.length);
    // In a channel that two workspaces share, theirs: the team of the body may be either.
    const workspaceId = ('team_id' in body.user && body.user.team_id) || body.team?.id || '';
    try {
      const id = mustBeTold(workspaceId, Number(action.value));
      if (what !== MORE) return press(what, id, workspaceId, body.user.id);
      const params = { today: dayOf(now()), incident: id, details: true };
      const viewer = await viewerFor(client, workspaceId, body.user.id);
      const reply = { kind: 'report', report: alerts, params, theme: 'light' } as const;
      await send(respond, await show(reply, viewer, client, deps), false);
    } catch (error) {
      await send(respond, presentSentence(sentenceFor(error, log)), false);
    }
  });

  function mustBeTold(workspaceId: string, id: number): number {
    if (isToldIn(db, workspaceId, id)) return id;
    throw new InputError(
      `Incident ${id} is not one that your workspace was told: “/metrics alerts” lists them all.`,
    );
  }

  function press(what: string, id: number, workspaceId: string, userId: string): void {
    const desk = alertDeskFor(workspaceId, userId);
    const [, days] = /^snooze_(\d+)$/.exec(what) ?? [];
    if (days !== undefined) desk.snooze(id, Number(days));
    else if (what === 'acknowledge') desk.acknowledge(id);
    else if (what === 'reopen') desk.reopen(id);
    else desk.vote(id, what === 'useful');
  }
}
