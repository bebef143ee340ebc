import type { SampleMessage, SampleWorkspace } from '../workspace.ts';

/**
 * The `event_callback` envelope with which Slack would have told of `message`, for the recorder.
 * It has its last wording: an edit shows in `edited`, as it does in a channel's history.
 */
export function envelopeOf(
  { channel, ts, user, text, threadTs, editedTs, botId }: SampleMessage,
  { team, bot, channels }: SampleWorkspace,
): Record<string, unknown> {
  const isPrivate = channels.some(({ id, isPrivate }) => isPrivate && id === channel);
  return {
    type: 'event_callback',
    event_id: `Ev${channel}${ts.replace('.', '')}`,
    event_time: Math.floor(Number(ts)),
    team_id: team.id,
    authorizations: [{ team_id: team.id, user_id: bot.userId, is_bot: true }],
    event: {
      type: 'message',
      channel,
      channel_type: isPrivate ? 'group' : 'channel',
      user,
      text,
      ts,
      event_ts: ts,
      team: team.id,
      ...(threadTs && { thread_ts: threadTs }),
      ...(editedTs && { edited: { user, ts: editedTs } }),
      ...(botId && { bot_id: botId }),
    },
  };
}
