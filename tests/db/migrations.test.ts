import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { incidentsOfPost } from '../../db/alert-posts.ts';
import { extrasOf } from '../../db/alert-settings.ts';
import { incidentById } from '../../db/incidents.ts';
import { InputError } from '../../db/input-error.ts';
import { incidentKinds } from '../../db/migrations/incident-kinds.ts';
import { snoozeInstants } from '../../db/migrations/snooze-instants.ts';
import { migrations } from '../../db/migrations.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const schema = (db: Db) =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();

test('a fresh database has every migration in its ledger', () => {
  const db = openDatabase(IN_MEMORY);
  const ledger = db.prepare('SELECT number, name FROM migration ORDER BY number').all();
  expect(ledger.length).toBeGreaterThan(0);
  expect(ledger[0]).toEqual({ number: 1, name: 'workspaces, channels, users, messages' });
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
});

test('opening twice changes nothing and keeps the rows', () => {
  const path = join(folder, 'new/folder/test.db');
  const first = openDatabase(path);
  ensureSubject(first, 'github', 'acme/rocket', 'Acme/Rocket');
  const before = schema(first);
  const ledger = first.prepare('SELECT * FROM migration').all();
  first.close();
  const second = openDatabase(path);
  expect(schema(second)).toEqual(before);
  expect(second.prepare('SELECT * FROM migration').all()).toEqual(ledger);
  expect(second.prepare('SELECT name FROM subject').pluck().all()).toEqual(['Acme/Rocket']);
  expect(second.pragma('journal_mode', { simple: true })).toBe('wal');
  second.close();
});

test('a view that was changed by hand is made anew', () => {
  const path = join(folder, 'test.db');
  const first = openDatabase(path);
  const before = schema(first);
  first.exec('DROP VIEW github_stars; CREATE VIEW github_stars AS SELECT 1 AS wrong');
  first.close();
  const second = openDatabase(path);
  expect(schema(second)).toEqual(before);
  second.close();
});

test('incidents of before are drops now, with their votes, messages and members', () => {
  const db = new Database(IN_MEMORY);
  const before = migrations.slice(0, migrations.indexOf(incidentKinds));
  for (const { sql } of before) db.exec(sql);
  db.exec(`
    INSERT INTO workspace (id, name, domain, bot_user_id, refreshed_at)
      VALUES ('T1', 'T', 't', 'UBOT', '');
    INSERT INTO subject (id, source, key, name) VALUES (1, 'pypi', 'a', 'a'), (2, 'pypi', 'b', 'b');
    INSERT INTO incident (id, subject_id, metric, opened_day, days, sensitivity, state)
      VALUES (7, 1, 'pypi.downloads', '2026-11-01', 2, 'normal', 'acknowledged');
    INSERT INTO incident_vote VALUES (7, 'T1', 'U1', 1, '');
    INSERT INTO incident_member VALUES (7, 2, 0);
    INSERT INTO alert_post (id, workspace_id, channel_id, claimed_at) VALUES ('p', 'T1', 'C1', '');
    INSERT INTO alert_post_incident VALUES ('T1', 7, 'p');
    INSERT INTO alert_extra VALUES ('stars');`);
  db.exec(incidentKinds.sql);
  expect(incidentById(db, 7, 'T1')).toMatchObject({
    kind: 'drop',
    source: 'pypi',
    subjectName: 'a',
    state: 'acknowledged',
    useful: 1,
    others: [{ name: 'b' }],
  });
  expect(incidentsOfPost(db, 'p')).toEqual([7]);
  expect([...extrasOf(db)]).toEqual(['stars']);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.close();
});

test('a snooze of before ends as its day begins, as it was to', () => {
  const db = new Database(IN_MEMORY);
  for (const { sql } of migrations.slice(0, migrations.indexOf(snoozeInstants))) db.exec(sql);
  db.exec(`
    INSERT INTO incident (id, kind, source, opened_day, state, snoozed_until) VALUES
      (1, 'failing', 'pypi', '2026-11-01', 'snoozed', '2026-11-08'),
      (2, 'failing', 'github', '2026-11-01', 'firing', NULL);`);
  db.exec(snoozeInstants.sql);
  const until = db.prepare('SELECT snoozed_until FROM incident ORDER BY id').pluck();
  expect(until.all()).toEqual(['2026-11-08T00:00:00.000Z', null]);
  db.close();
});

test('a database that a newer Groundswell wrote is refused in words and left as it is', () => {
  const path = join(folder, 'test.db');
  const newer = openDatabase(path);
  newer.prepare("INSERT INTO migration VALUES (1000, 'from the future', '')").run();
  newer.close();
  expect(() => openDatabase(path)).toThrow(/written by a newer Groundswell .* update Groundswell/);
});

test.each([
  ['a folder', 'here', /it is a folder; name a file in it\.$/],
  ['no database', 'here/notes.txt', /it is not a SQLite database/],
  ['below a file', 'here/notes.txt/deeper/test.db', /its folder can't be made \(ENOTDIR\)\.$/],
])('what can not be opened is refused in words: %s', (_what, name, words) => {
  openDatabase(join(folder, 'here/test.db')).close();
  writeFileSync(
    join(folder, 'here/notes.txt'),
    'no database, but long enough to be one. '.repeat(99),
  );
  const open = () => openDatabase(join(folder, name));
  expect(open).toThrow(InputError);
  expect(open).toThrow(words);
});

test.skipIf(process.getuid?.() === 0)(
  'a file that may not be written to is refused in words (skipped: root may write to everything)',
  () => {
    const path = join(folder, 'test.db');
    openDatabase(path).close();
    chmodSync(path, 0o444);
    expect(() => openDatabase(path)).toThrow(/it may not be read and written \(EACCES\)\.$/);
  },
);

test('of two processes, one that reads before it writes is not refused for it', () => {
  const path = join(folder, 'test.db');
  const [mine, other] = [openDatabase(path), openDatabase(path)];
  other.pragma('busy_timeout = 0');
  const names = () => mine.prepare('SELECT name FROM subject ORDER BY name').pluck().all();
  mine.transaction(() => {
    expect(names()).toEqual([]);
    // The one that comes later waits, as long as it may.
    expect(() => ensureSubject(other, 'github', 'b', 'b')).toThrow('database is locked');
    ensureSubject(mine, 'github', 'a', 'a');
  })();
  ensureSubject(other, 'github', 'b', 'b');
  expect(names()).toEqual(['a', 'b']);
  for (const db of [mine, other]) db.close();
});
