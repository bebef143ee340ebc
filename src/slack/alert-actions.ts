import type { App, BlockElementAction } from '@slack/bolt';
import type { AlertDesk } from '../../commands/alert-desk.ts';
import { isToldIn } from '../../db/alert-posts.ts';
import { DAY_MS, dayOf } from '../../db/days.ts';
import { InputError } from '../../db/input-error.ts';
import { alerts } from '../../reports/alerts.ts';
import { ALERT_ACTION } from './alert-message.ts';
import { answerWith, type ShowDeps, show } from './answer.ts';
import { viewerFor } from './visibility.ts';

interface AlertActionsDeps extends ShowDeps {
  readonly alertDeskFor: (workspaceId: string, userId: string) => AlertDesk;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const MORE = 'more';

/**
 * What the buttons and the menu under an alert do. The message shows what has become of it; who presses one that
 * can't do it any more is told why, and nobody else.
 */
export function registerAlertActions(app: App, deps: AlertActionsDeps): void {
  const { db, alertDeskFor, now, log } = deps;
  app.action(new RegExp(`^${ALERT_ACTION}`), async ({ ack, action, body, client, respond }) => {
    await ack();
    const pressed = 'action_id' in action && pressedIn(action);
    if (!pressed) return;
    const { what, incident } = pressed;
    // In a channel that two workspaces share, theirs: the team of the body may be either.
    const workspaceId = ('team_id' in body.user && body.user.team_id) || body.team?.id || '';
    await answerWith(respond, log, async () => {
      const id = mustBeTold(workspaceId, incident);
      if (what !== MORE) {
        press(what, id, workspaceId, body.user.id);
        return undefined;
      }
      const params = { today: dayOf(now()), incident: id, details: true };
      const viewer = await viewerFor(client, workspaceId, body.user.id);
      const reply = { kind: 'report', report: alerts, params, theme: 'light' } as const;
      return { shown: await show(reply, viewer, client, deps) };
    });
  });

  function mustBeTold(workspaceId: string, id: number): number {
    if (isToldIn(db, workspaceId, id)) return id;
    throw new InputError(
      `Incident ${id} is not one that your workspace was told: “/metrics alerts” lists them all.`,
    );
  }

  function press(what: string, id: number, workspaceId: string, userId: string): void {
    const desk = alertDeskFor(workspaceId, userId);
    // Older messages have a button for each length.
    const [, days] = /^snooze_(\d+)$/.exec(what) ?? [];
    if (days !== undefined) desk.snooze(id, now() + Number(days) * DAY_MS);
    else if (what === 'acknowledge') desk.acknowledge(id);
    else if (what === 'reopen') desk.reopen(id);
    else desk.vote(id, what === 'useful');
  }
}

/** What is to be done with which incident, by a button or the menu of snoozes. */
function pressedIn(action: BlockElementAction): { what: string; incident: number } | undefined {
  const what = action.action_id.slice(ALERT_ACTION.length);
  if (action.type === 'button') return { what, incident: Number(action.value) };
  if (action.type !== 'static_select') return undefined;
  const [incident, days] = action.selected_option.value.split(' ');
  return { what: `${what}_${days}`, incident: Number(incident) };
}
