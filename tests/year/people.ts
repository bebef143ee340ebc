import { setAlertPlace } from '../../db/alert-places.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import { BOT, sample } from '../playground/server/workspace.ts';
import { FIRST } from './calendar.ts';
import { images, packages } from './happenings.ts';
import type { Life } from './life.ts';

/** What people do, by the minute. */
export const wishes: Readonly<Record<string, (life: Life) => unknown>> = {
  '2025-09-01 10:20': (life) => desk(life, 'CGEN').subscribe({ every: 'week', minute: 540 }),
  '2026-03-02 12:59': (life) =>
    desk(life, 'CDAY').subscribe({
      every: 'day',
      minute: 900,
      whenQuiet: 'nothing',
      sections: ['releases'],
      subjectIds: [ensureSubject(life.db, 'pypi', 'bursts', 'bursts').id],
    }),
  '2026-04-01 13:00': (life) => desk(life, 'CDAY').subscribe({ every: 'day', whenQuiet: 'line' }),
  '2026-04-08 10:20': (life) => desk(life, 'CDAY').unsubscribe('day'),
  '2026-06-17 13:00': (life) =>
    desk(life, 'CGEN').subscribe({ every: 'week', zone: 'America/New_York' }),
};

function desk({ digests }: Life, channelId: string) {
  return digests.deskFor({ workspaceId: 'T1', userId: 'UADA', channelId }, async () => {});
}

/** What is tracked, and where alerts go. */
export function prepare({ db }: Life): void {
  const since = `${FIRST}T00:00:00.000Z`;
  saveWorkspace(db, { ...sample.team, botUserId: BOT }, since);
  const tracked = [
    ...Object.keys(packages).map((name) => ['pypi', name] as const),
    ...Object.keys(images).map((name) => ['docker', name] as const),
  ];
  for (const [source, name] of tracked) {
    setTracked(db, ensureSubject(db, source, name, name).id, since);
  }
  const place = { zone: 'Europe/Berlin', userId: 'UADA' };
  setAlertPlace(db, 'T1', 'alerts', { ...place, channelId: 'CGEN' });
  setAlertPlace(db, 'T1', 'admin', { ...place, channelId: 'COPS' });
}
