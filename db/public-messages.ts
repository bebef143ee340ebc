import type { Day } from './days.ts';
import type { Db } from './open.ts';
import type { DayValue } from './series.ts';
import { statement } from './statement.ts';

/** The metric of the messages in public channels, which are counted here and come from no source. */
export const PUBLIC_MESSAGES = 'slack.public_messages';

/** What people, and no bots, wrote in the public channels on each day that has any. */
export function publicMessages(db: Db, workspaceId: string, from: Day, to: Day): DayValue[] {
  return statement<DayValue>(
    db,
    `SELECT day, sum(messages) AS value FROM message_count AS c
     JOIN channel ON channel.workspace_id = c.workspace_id AND channel.id = c.channel_id
     JOIN user ON user.workspace_id = c.workspace_id AND user.id = c.user_id
     WHERE c.workspace_id = ? AND day BETWEEN ? AND ? AND is_private = 0 AND is_bot = 0
     GROUP BY day ORDER BY day`,
  ).all(workspaceId, from, to);
}

export interface Writer {
  readonly id: string;
  readonly name: string | null;
  readonly messages: number;
  /** What all people together wrote. */
  readonly of: number;
  /** ISO; null where Slack does not say. */
  readonly awayUntil: string | null;
}

/** Who wrote most in the public channels; undefined where nobody wrote. */
export function mostActive(db: Db, workspaceId: string, from: Day, to: Day): Writer | undefined {
  return statement<Writer>(
    db,
    `SELECT user.id, user.name, sum(messages) AS messages,
       away_until AS awayUntil, sum(sum(messages)) OVER () AS "of"
     FROM message_count AS c
     JOIN channel ON channel.workspace_id = c.workspace_id AND channel.id = c.channel_id
     JOIN user ON user.workspace_id = c.workspace_id AND user.id = c.user_id
     WHERE c.workspace_id = ? AND day BETWEEN ? AND ? AND is_private = 0 AND is_bot = 0
     GROUP BY user.number ORDER BY messages DESC, user.number LIMIT 1`,
  ).get(workspaceId, from, to);
}
