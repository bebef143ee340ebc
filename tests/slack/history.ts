import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveWorkspace } from '../../db/workspaces.ts';

export const TEAM = 'T1';

/** An empty database that knows the workspaces `ids`. */
export function openWith(...ids: string[]): Db {
  const db = openDatabase(IN_MEMORY);
  for (const id of ids) {
    saveWorkspace(db, { id, name: id, domain: id.toLowerCase(), botUserId: 'UBOT' }, '2026-01-01');
  }
  return db;
}

let eventNumber = 0;

/** An envelope of the Events API around `event`, with an id of its own. */
export function envelope(
  event: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  eventNumber += 1;
  return {
    type: 'event_callback',
    event_id: `Ev${eventNumber}`,
    event_time: 1_767_225_600,
    team_id: TEAM,
    api_app_id: 'A1',
    authorizations: [{ team_id: TEAM, user_id: 'UBOT', is_bot: true }],
    event,
    ...more,
  };
}

/** A message event as a person causes it in channel C1. */
export function post(ts: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    channel: 'C1',
    channel_type: 'channel',
    user: 'U1',
    text: `said at ${ts}`,
    ts,
    ...more,
  };
}

/** A message_changed event whose message is `message`, a message event as it stands now. */
export function change(message: Record<string, unknown>): Record<string, unknown> {
  const { channel, channel_type, ...inner } = message;
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel,
    channel_type,
    message: inner,
    ts: '1767999999.000100',
  };
}

/** What an author's edit of `message` to `text` sends. */
export function edit(
  message: Record<string, unknown>,
  editedTs: string,
  text: string,
): Record<string, unknown> {
  return change({ ...message, text, edited: { user: message.user, ts: editedTs } });
}

export function deletion(message: Record<string, unknown>): Record<string, unknown> {
  return {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    channel: message.channel,
    channel_type: message.channel_type,
    deleted_ts: message.ts,
    ts: '1767999999.000200',
  };
}

/** Every row that recording writes, in the order of keys; `recount` is made from the messages. */
export function tables(db: Db): Record<string, unknown[]> {
  const all = (sql: string) => db.prepare(sql).all();
  return {
    messages: all('SELECT * FROM message ORDER BY workspace_id, channel_id, ts'),
    counts: all('SELECT * FROM message_count ORDER BY workspace_id, day, channel_id, user_id'),
    channels: all(
      'SELECT workspace_id, id, name, is_private, is_archived FROM channel ORDER BY id',
    ),
    users: all('SELECT workspace_id, id, name, is_bot, is_deleted, tz FROM user ORDER BY id'),
  };
}

/** What the counts must be: the messages, counted. */
export function recount(db: Db): unknown[] {
  return db
    .prepare(
      `SELECT workspace_id, day, channel_id, user_id, count(*) AS messages FROM message
       WHERE is_counted = 1 AND is_deleted = 0
       GROUP BY workspace_id, day, channel_id, user_id
       ORDER BY workspace_id, day, channel_id, user_id`,
    )
    .all();
}

/** The one message of the database, as an object. */
export function onlyMessage(db: Db): Record<string, unknown> {
  const rows = db.prepare('SELECT * FROM message').all() as Record<string, unknown>[];
  if (rows.length !== 1 || !rows[0]) throw new Error(`${rows.length} messages instead of one`);
  return rows[0];
}
