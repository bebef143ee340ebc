import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { shared } from './shared.ts';

const root = join(import.meta.dirname, '..');
const manifest = parse(readFileSync(join(root, 'manifest.yml'), 'utf8'));
const source = globSync('src/**/*.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

/** The Web API methods that the code calls, each with the bot scopes it needs. */
const METHOD_SCOPES: Readonly<Record<string, readonly string[]>> = {
  // By the app-level token, which needs connections:write.
  'apps.connections.open': [],
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.conversations': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
};

/** The events that the code reads, each with the bot scopes it needs. */
const EVENT_SCOPES: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  channel_archive: ['channels:read'],
  channel_created: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_id_changed: [],
  channel_rename: ['channels:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unarchive: ['channels:read'],
  channel_unshared: ['channels:read', 'groups:read'],
  group_archive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_rename: ['groups:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  team_join: ['users:read'],
  user_change: ['users:read'],
};

function uniqueSorted(words: Iterable<string>): string[] {
  return [...new Set(words)].toSorted();
}

describe('the manifest', () => {
  const schemaFile = shared('schemas/slack-manifest/schemas/manifest.schema.2.0.0.json');
  test.skipIf(!schemaFile)(
    `is valid by Slack’s schema${schemaFile ? '' : ' (skipped: the schema is not beside this checkout)'}`,
    () => {
      const ajv = new Ajv({ strict: false, allErrors: true });
      formats.default(ajv);
      const validate = ajv.compile(JSON.parse(readFileSync(schemaFile as string, 'utf8')));
      validate(manifest);
      expect(validate.errors ?? []).toEqual([]);
    },
  );

  test('the lists here name every method that the code calls, and no other', () => {
    const called = [...source.matchAll(/\bclient\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g)].map(
      ([, m]) => m as string,
    );
    const named = [...source.matchAll(/apiCall\('([\w.]+)'/g)].map(
      ([, method]) => method as string,
    );
    expect(uniqueSorted([...called, ...named])).toEqual(Object.keys(METHOD_SCOPES));
  });

  test('it subscribes to every event that the code reads, and no other', () => {
    const read = [
      ...source.matchAll(/\.event\('(\w+)'/g),
      ...readFileSync(join(root, 'src/slack/events.ts'), 'utf8').matchAll(/case '(\w+)':/g),
    ].map(([, event]) => event as string);
    const kinds = read.flatMap((event) =>
      event === 'message' ? ['message.channels', 'message.groups'] : [event],
    );
    expect(uniqueSorted(kinds)).toEqual(Object.keys(EVENT_SCOPES));
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(Object.keys(EVENT_SCOPES));
  });

  test('it asks for the scopes that these need, and no other', () => {
    const needed = [...Object.values(METHOD_SCOPES), ...Object.values(EVENT_SCOPES)].flat();
    const { bot, bot_optional } = manifest.oauth_config.scopes;
    expect(bot).toEqual(uniqueSorted(['commands', ...needed]));
    expect(bot_optional).toEqual(['groups:history', 'groups:read']);
  });
});
