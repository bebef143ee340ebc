import { pino } from 'pino';
import { expect, test } from 'vitest';
import { setExtra } from '../../db/alert-settings.ts';
import { listIncidents } from '../../db/incidents.ts';
import type { Viewer } from '../../db/viewer.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { countPublicMessages } from '../../src/recording/public-messages.ts';
import { NOW, talking } from '../recording/talking.ts';
import { everyone, TODAY } from '../reports/community.ts';

test('a drop of messages is one of its workspace alone', async () => {
  const { db } = talking(140, (age) => (age <= 4 ? 40 : 200 + (age % 9)));
  setExtra(db, 'messages', true);
  countPublicMessages(db, NOW);
  await createWatch({ db, log: pino({ level: 'silent' }), now: () => NOW }).judge('slack');
  expect(listIncidents(db, '2000-01-01', 'T1')).toMatchObject([
    { kind: 'drop', source: 'slack', metric: 'slack.public_messages', workspaceId: 'T1' },
  ]);
  expect(listIncidents(db, '2000-01-01', 'T2')).toEqual([]);
});

test('what is watched of a workspace is listed to those who see all of its public channels', async () => {
  const { db } = talking(140, (age) => 200 + (age % 9));
  setExtra(db, 'messages', true);
  countPublicMessages(db, NOW);
  await createWatch({ db, log: pino({ level: 'silent' }), now: () => NOW }).judge('slack');
  const listed = (viewer: Viewer) => {
    const { lines } = ask(alerts, db, { today: TODAY }, viewer).words;
    return lines.filter((line) => line.includes('in the public channels of'));
  };
  expect(listed(everyone)).toEqual([
    'As usual: messages in the public channels of test, judged through 21 Nov 2026.',
  ]);
  expect(listed({ ...everyone, publicChannelIds: ['general'] })).toEqual([]);
  expect(listed({ ...everyone, workspaceId: 'T2' })).toEqual([]);
});
