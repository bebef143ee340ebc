import { expect, test } from 'vitest';
import { setAlertPlace } from '../../db/alert-places.ts';
import { EVERYTHING, setExtra, setSensitivity } from '../../db/alert-settings.ts';
import { saveChannel } from '../../db/channels.ts';
import type { Db } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';
import type { Viewer } from '../../db/viewer.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { community, everyone, TODAY } from './community.ts';
import { watching } from './watching.ts';

const linesOf = (db: Db, viewer: Viewer = everyone) =>
  ask(alerts, db, { today: TODAY }, viewer).words.lines;

const ADMINS =
  'Failing sources are told nowhere: “/metrics status here”, typed by an admin, chooses a channel.';

function posting({ isPrivate }: { readonly isPrivate: boolean }): Db {
  const { db } = community();
  const facts = { id: 'CREL', name: 'releases', isPrivate, isArchived: false };
  saveChannel(db, 'T1', facts, `${TODAY}T00:00:00Z`);
  const place = { channelId: 'CREL', zone: '+05:30', userId: 'U1' };
  setAlertPlace(db, 'T1', 'alerts', place);
  return db;
}

test('that nobody is told is said, and how to change that', () => {
  expect(linesOf(community().db)[0]).toBe(
    `Posted nowhere: “/metrics alerts here” in a channel chooses it. ${ADMINS}`,
  );
});

test('the channel is named, and by whose clocks nights are quiet', () => {
  const db = posting({ isPrivate: false });
  expect(linesOf(db)[0]).toBe(`Posted in #releases (nights by UTC+5:30). ${ADMINS}`);
  setAlertPlace(db, 'T1', 'admin', { channelId: 'CREL', zone: 'UTC', userId: 'U1' });
  expect(linesOf(db)[0]).toMatch(/ Failing sources are told in #releases\.$/);
});

test('a private channel is named to its members alone, and a guest knows none but their own', () => {
  const db = posting({ isPrivate: true });
  expect(linesOf(db)[0]).toMatch(/^Posted in a private channel \(/);
  expect(linesOf(db, { ...everyone, privateChannelIds: ['CREL'] })[0]).toMatch(
    /^Posted in #releases/,
  );
  const open = posting({ isPrivate: false });
  expect(linesOf(open, { ...everyone, publicChannelIds: [] })[0]).toMatch(
    /^Posted in a channel \(/,
  );
});

test('own sensitivities of what is watched are named beside that of all others', () => {
  const { db } = community();
  const shoal = watching(db, 'pypi', 'shoal');
  expect(linesOf(db)).toContain('Sensitivity: normal.');
  setSensitivity(db, shoal, 'quiet');
  setSensitivity(db, ensureSubject(db, 'pypi', 'gone', 'gone').id, 'quiet');
  setSensitivity(db, EVERYTHING, 'sensitive');
  expect(linesOf(db)).toContain('Sensitivity: sensitive; quiet for shoal.');
});

test('every extra is told, on or off', () => {
  const { db } = community();
  expect(linesOf(db).at(-1)).toBe(
    'Not watched: drops of new stars, drops of messages in the public channels, sudden rises, downloads and pulls of dependencies and whether the most active person is away by their status. “alerts watch stars” (or messages, rises, dependencies or away) changes that.',
  );
  for (const extra of ['stars', 'away', 'messages', 'dependencies'] as const)
    setExtra(db, extra, true);
  expect(linesOf(db).slice(-2)).toEqual([
    'Watched as well: drops of new stars, drops of messages in the public channels, downloads and pulls of dependencies and whether the most active person is away by their status.',
    'Not watched: sudden rises. “alerts watch rises” changes that.',
  ]);
});
