import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packDays } from '../db/message-counts.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { saveDays } from '../db/series.ts';
import { ensureSubject } from '../db/subjects.ts';
import { saveWorkspace } from '../db/workspaces.ts';
import { CHANNELS, communityDays, communityStars, PEOPLE, REPOSITORIES } from './community.ts';

export const WORKSPACE = 'T0BENCH';

/** Raised with every change of what is cached, the layout of packs included. */
const VERSION = 3;

/** Where files that are costly to make wait for the next run. */
export function cacheFile(name: string): string {
  const folder = join(tmpdir(), `groundswell-bench-${VERSION}`);
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/** Opens the community's database, made at the first call: with counts, packs, stars and pulls. */
export function openCommunity(messages: number): Db {
  const path = cacheFile(`community-${messages}.db`);
  if (!existsSync(path)) {
    const draft = `${path}.draft`;
    rmSync(draft, { force: true });
    const db = openDatabase(draft);
    fill(db, messages);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    renameSync(draft, path);
  }
  return openDatabase(path);
}

function fill(db: Db, messages: number): void {
  // Made in one go, thrown away when it fails: nothing to protect.
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  const bench = { id: WORKSPACE, name: 'Bench', domain: 'bench', botUserId: 'U0' };
  saveWorkspace(db, bench, '');
  const addChannel = db.prepare(
    'INSERT INTO channel (number, workspace_id, id, name, is_private) VALUES (?, ?, ?, ?, ?)',
  );
  const addUser = db.prepare(
    'INSERT INTO user (number, workspace_id, id, name, is_bot) VALUES (?, ?, ?, ?, ?)',
  );
  const addCount = db.prepare('INSERT INTO message_count VALUES (?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (let n = 1; n <= CHANNELS; n++) {
      addChannel.run(n, WORKSPACE, id('C', n), `channel-${n}`, n % 10 === 0 ? 1 : 0);
    }
    for (let n = 1; n <= PEOPLE; n++) {
      addUser.run(n, WORKSPACE, id('U', n), `Person ${n}`, n % 1000 === 0 ? 1 : 0);
    }
  })();
  db.transaction(() => {
    for (const { day, counts } of communityDays(messages)) {
      for (const [channel, user, count] of counts) {
        addCount.run(WORKSPACE, day, id('C', channel), id('U', user), count);
      }
    }
  })();
  packDays(db, WORKSPACE, '9999-12-31', Number.MAX_SAFE_INTEGER);
  for (let n = 1; n <= REPOSITORIES; n++) {
    // Both are totals that grow: the images are pulled as often as the repositories are starred.
    for (const [source, metric] of [
      ['github', 'github.stars'],
      ['docker', 'docker.pulls'],
    ] as const) {
      const subject = ensureSubject(db, source, `bench/${n}`, `bench/${n}`);
      const key = { subjectId: subject.id, metric, kind: 'total' } as const;
      saveDays(db, key, communityStars(n), { origin: 'poll', seenAt: '' });
    }
  }
}

/** Padded, so that the order of ids is the order of numbers and inserts only append. */
function id(letter: string, number: number): string {
  return letter + String(number).padStart(8, '0');
}
