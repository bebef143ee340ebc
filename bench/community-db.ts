import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveAdvisories } from '../db/advisories.ts';
import { addDays, type Day } from '../db/days.ts';
import { movementKey } from '../db/incident.ts';
import { openIncident } from '../db/incidents.ts';
import { packDays } from '../db/message-counts.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { DOWNLOADS } from '../db/pypi.ts';
import { saveDays } from '../db/series.ts';
import { ensureSubject, setTracked } from '../db/subjects.ts';
import { saveWorkspace } from '../db/workspaces.ts';
import { packWriters } from '../db/writers.ts';
import {
  CHANNELS,
  communityDays,
  communityStars,
  communityVersions,
  FIRST_DAY,
  FIXED_NUMBER,
  LAST_DAY,
  PEOPLE,
  REPOSITORIES,
} from './community.ts';

export const WORKSPACE = 'T0BENCH';

/** Raised with every change of what is cached, the layout of packs included. */
const VERSION = 8;

/** When a fall of the package was told. */
const OPENED_DAY = addDays(LAST_DAY, -20);

/** Where files that are costly to make wait for the next run. */
export function cacheFile(name: string): string {
  const folder = join(tmpdir(), `groundswell-bench-${VERSION}`);
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/** Opens the community's database, made at the first call: with counts, packs, stars, pulls and a package. */
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
  // What tells since when a channel is recorded.
  const addMessage = db.prepare(
    `INSERT INTO message (workspace_id, channel_id, ts, day, user_id, is_counted)
     VALUES (?, ?, '', ?, ?, 0)`,
  );
  const addCount = db.prepare('INSERT INTO message_count VALUES (?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (let n = 1; n <= CHANNELS; n++) {
      addChannel.run(n, WORKSPACE, id('C', n), `channel-${n}`, n % 10 === 0 ? 1 : 0);
      addMessage.run(WORKSPACE, id('C', n), FIRST_DAY, id('U', 1));
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
  packWriters(db, WORKSPACE, '9999-12-31', Number.MAX_SAFE_INTEGER);
  fillPackage(db);
  for (let n = 1; n <= REPOSITORIES; n++) {
    // Both are totals that grow: the images are pulled as often as the repositories are starred.
    for (const [source, metric] of [
      ['github', 'github.stars'],
      ['docker', 'docker.pulls'],
    ] as const) {
      const subject = ensureSubject(db, source, `bench/${n}`, `bench/${n}`);
      setTracked(db, subject.id, TRACKED);
      const key = { subjectId: subject.id, metric, kind: 'total' } as const;
      saveDays(db, key, communityStars(n), { origin: 'poll', seenAt: '' });
    }
  }
}

/** Only what is on the list is in a summary. */
const TRACKED = `${FIRST_DAY}T00:00:00Z`;

/** One package by version, and an advisory of three quarters of its versions. */
function fillPackage(db: Db): void {
  const { id: subjectId } = ensureSubject(db, 'pypi', 'bench', 'bench');
  setTracked(db, subjectId, TRACKED);
  const whole = new Map<Day, number>();
  const key = { subjectId, metric: DOWNLOADS, kind: 'count' } as const;
  const versions = communityVersions();
  for (const { version, values } of versions) {
    for (const { day, value } of values) whole.set(day, (whole.get(day) ?? 0) + value);
    const member = { ...key, dimension: 'version', member: version };
    saveDays(db, member, values, { origin: 'poll', seenAt: '' });
  }
  const days = [...whole].map(([day, value]) => ({ day, value }));
  saveDays(db, key, days, { origin: 'poll', seenAt: '', completeThrough: LAST_DAY });
  openIncident(db, {
    ...movementKey('drop', key),
    openedDay: OPENED_DAY,
    days: 1,
    sensitivity: 'normal',
    isNews: true,
  });
  const fixed = versions.find(({ number }) => number === FIXED_NUMBER)?.version ?? '';
  saveAdvisories(db, subjectId, [
    {
      id: 'BENCH-1',
      aliases: [],
      summary: '',
      severity: null,
      publishedAt: `${FIRST_DAY}T00:00:00Z`,
      modifiedAt: `${FIRST_DAY}T00:00:00Z`,
      ranges: [{ introduced: '0', fixed }],
    },
  ]);
}

/** Padded, so that the order of ids is the order of numbers and inserts only append. */
function id(letter: string, number: number): string {
  return letter + String(number).padStart(8, '0');
}
