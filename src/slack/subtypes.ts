import { WRITTEN_BY_PEOPLE } from '../../db/message-facts.ts';

/**
 * Subtypes of messages that we know and store without counting: what the system says, and what
 * bots posted before they had a `bot_id`. From https://docs.slack.dev/reference/events/message
 * and what workspaces really send.
 */
const STORED_ONLY = new Set([
  'assistant_app_thread',
  'bot_add',
  'bot_disable',
  'bot_enable',
  'bot_message',
  'bot_remove',
  'channel_archive',
  'channel_canvas_updated',
  'channel_convert_to_private',
  'channel_convert_to_public',
  'channel_join',
  'channel_leave',
  'channel_name',
  'channel_posting_permissions',
  'channel_purpose',
  'channel_topic',
  'channel_unarchive',
  'document_mention',
  'ekm_access_denied',
  'file_comment',
  'file_mention',
  'group_archive',
  'group_join',
  'group_leave',
  'group_name',
  'group_purpose',
  'group_topic',
  'group_unarchive',
  'huddle_thread',
  'joiner_notification',
  'pinned_item',
  'reminder_add',
  'reply_broadcast',
  'sh_room_created',
  'slackbot_response',
  'unpinned_item',
]);

/** False for a subtype that we do not know: such a message is kept as Slack sent it. */
export function isKnownSubtype(subtype: string): boolean {
  return STORED_ONLY.has(subtype) || WRITTEN_BY_PEOPLE.has(subtype);
}
