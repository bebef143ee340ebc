import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setAlertPlace } from '../../db/alert-places.ts';
import { dayOf } from '../../db/days.ts';
import { movementKey } from '../../db/incident.ts';
import { openIncident } from '../../db/incidents.ts';
import { openDatabase } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import type { WorkspaceServer } from '../../playground/server/index.ts';
import { DAY } from '../digest/edition.ts';
import { atPost, killAt, postsOf, startChild, work } from '../killing.ts';
import { sample, startServer } from '../playground/server/workspace.ts';
import { random } from '../reports/random.ts';
import { MINUTE } from './lab.ts';

/** More of them take longer: ALERT_KILLS=200 npx vitest run tests/alerts/crash.test.ts */
const KILLS = Number(process.env.ALERT_KILLS ?? 4);
/** What is told in one turn takes about as long. */
const LONGEST_MS = 60;

let folder: string;
let server: WorkspaceServer;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-alerts-'));
  server = await startServer({ timing: { processingMs: 1 } });
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'crash-alerts.ts');
  child = await startChild(script, join(folder, 'crash.db'), server);
  return child;
}

test(
  'killed at any point, every drop is told in the channel once',
  async () => {
    const next = random(3);
    // A day for each kill, all of them before the server's today.
    let at = Math.floor(Date.now() / DAY) * DAY - (KILLS + 1) * DAY + 12 * 60 * MINUTE;
    const db = openDatabase(join(folder, 'crash.db'));
    saveWorkspace(db, { ...sample.team, botUserId: 'UBOT' }, new Date(at).toISOString());
    setAlertPlace(db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
    const posted = postsOf(server);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { id: subjectId } = ensureSubject(db, 'pypi', `low-${kill}`, `low-${kill}`);
      const key = movementKey('drop', { subjectId, metric: 'pypi.downloads' });
      openIncident(db, { ...key, openedDay: dayOf(at - DAY), sensitivity: 'normal' });
      await killAt(await start(), at, () =>
        next() < 0.5 ? atPost(server, 1) : sleep(next() * LONGEST_MS),
      );
      at += DAY;
    }
    const last = await start();
    for (let turn = 0; turn < 3; turn += 1) {
      await work(last, at + turn * MINUTE);
    }
    const marks = posted.map(({ metadata }) => JSON.stringify(metadata?.event_payload));
    expect(new Set(marks).size).toBe(marks.length);
    const told = db
      .prepare(
        `SELECT ts FROM alert_post_incident JOIN alert_post ON alert_post.id = post_id
         ORDER BY incident_id`,
      )
      .pluck()
      .all();
    expect(told).toHaveLength(KILLS);
    const messages = posted.filter(({ threadTs }) => !threadTs).map(({ ts }) => ts);
    expect(new Set(told)).toEqual(new Set(messages));
    db.close();
  },
  30_000 + KILLS * 2000,
);
