import type { App } from '@slack/bolt';
import type { Logger } from 'pino';
import type { AlertDesk } from '../../commands/alert-desk.ts';
import { isToldIn } from '../../db/alert-posts.ts';
import { addDays, dayOf } from '../../db/days.ts';
import { InputError } from '../../db/input-error.ts';
import type { Db } from '../../db/open.ts';
import { ALERT_ACTION } from './alert-message.ts';
import { sentenceFor } from './dispatcher.ts';
import { presentSentence } from './present.ts';

export interface AlertActionsDeps {
  readonly db: Db;
  readonly alertDeskFor: (workspaceId: string, userId: string) => AlertDesk;
  readonly now: () => number;
  readonly log: Logger;
}

/**
 * What the buttons under an alert do. The message shows what has become of it; who presses one that
 * can't do it any more is told why, and nobody else.
 */
export function registerAlertActions(app: App, deps: AlertActionsDeps): void {
  const { db, alertDeskFor, now, log } = deps;
  app.action(new RegExp(`^${ALERT_ACTION}`), async ({ ack, action, body, respond }) => {
    await ack();
    if (!('action_id' in action) || action.type !== 'button') return;
    const what = action.action_id.slice(ALERT_ACTION.length);
    // In a channel that two workspaces share, theirs: the team of the body may be either.
    const workspaceId = ('team_id' in body.user && body.user.team_id) || body.team?.id || '';
    try {
      press(what, Number(action.value), workspaceId, body.user.id);
    } catch (error) {
      const answer = presentSentence(sentenceFor(error, log));
      await respond({ response_type: 'ephemeral', replace_original: false, ...answer });
    }
  });

  function press(what: string, id: number, workspaceId: string, userId: string): void {
    if (!isToldIn(db, workspaceId, id)) {
      throw new InputError(
        `Incident ${id} is not one that your workspace was told: “/metrics alerts” lists those there are.`,
      );
    }
    const desk = alertDeskFor(workspaceId, userId);
    const [, days] = /^snooze_(\d+)$/.exec(what) ?? [];
    if (days !== undefined) desk.snooze(id, addDays(dayOf(now()), Number(days)));
    else if (what === 'acknowledge') desk.acknowledge(id);
    else desk.vote(id, what === 'useful');
  }
}
