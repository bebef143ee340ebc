import { expect, test } from 'vitest';
import { type Db, IN_MEMORY, openDatabase } from '../../../db/open.ts';
import { saveWorkspace } from '../../../db/workspaces.ts';
import { envelopeOf } from '../../../playground/sample/envelopes.ts';
import { sampleWorkspace } from '../../../playground/sample/workspace.ts';
import { recordEnvelopes } from '../../../src/slack/recorder.ts';

const sample = sampleWorkspace('2026-11-21');
const { team, bot, messages } = sample;
const some = messages.filter((_, i) => i % 5 === 0);

function recorded(times: number): Db {
  const db = openDatabase(IN_MEMORY);
  saveWorkspace(db, { ...team, botUserId: bot.userId }, '2026-11-21T00:00:00Z');
  for (let i = 0; i < times; i++) {
    const envelopes = some.map((message) => envelopeOf(message, sample));
    expect(recordEnvelopes(db, envelopes)).toEqual({ recorded: some.length, skipped: 0 });
  }
  return db;
}

test('the recorder keeps every sample message, once', () => {
  const rows = (db: Db) =>
    db.prepare('SELECT * FROM message ORDER BY channel_id, ts').all() as Record<string, unknown>[];
  const once = rows(recorded(1));
  expect(rows(recorded(2))).toEqual(once);
  expect(
    once.map((row) => [row.channel_id, row.ts, row.user_id, row.thread_ts, row.edited_ts]),
  ).toEqual(some.map((m) => [m.channel, m.ts, m.user, m.threadTs ?? null, m.editedTs ?? null]));
});
