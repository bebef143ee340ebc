import { expect, test } from 'vitest';
import {
  botNumbers,
  ensureUser,
  namelessUsers,
  noteUserUnknown,
  saveUser,
  userByNumber,
  usersToRefresh,
} from '../../db/users.ts';
import { findUser } from '../find-user.ts';
import { openWith, TEAM } from '../slack/history.ts';

const ADA = { id: 'U1', name: 'Ada', isBot: false, isDeleted: false, tz: 'Europe/Berlin' };
const JUNE = '2026-06-01T00:00:00.000Z';
const JULY = '2026-07-01T00:00:00.000Z';

test('a user keeps the number through every change', () => {
  const db = openWith(TEAM);
  ensureUser(db, TEAM, 'U1');
  const number = findUser(db, TEAM, 'U1')?.number ?? -1;
  saveUser(db, TEAM, ADA, JUNE);
  saveUser(db, TEAM, { ...ADA, name: 'Ada M.', isDeleted: true }, JULY);
  expect(userByNumber(db, number)).toEqual({
    ...ADA,
    number,
    name: 'Ada M.',
    isDeleted: true,
    refreshedAt: JULY,
  });
});

test('older facts do not overwrite newer ones', () => {
  const db = openWith(TEAM);
  saveUser(db, TEAM, ADA, JULY);
  saveUser(db, TEAM, { ...ADA, name: 'Before' }, JUNE);
  expect(findUser(db, TEAM, 'U1')?.name).toBe('Ada');
});

test('who is to be asked about: the new and the stale', () => {
  const db = openWith(TEAM);
  saveUser(db, TEAM, ADA, JUNE);
  saveUser(db, TEAM, { ...ADA, id: 'U2' }, JULY);
  ensureUser(db, TEAM, 'U3');
  expect(usersToRefresh(db, TEAM, ['U1', 'U2', 'U3'], JULY).sort()).toEqual(['U1', 'U3']);
  expect(namelessUsers(db, TEAM)).toEqual(['U3']);
  noteUserUnknown(db, TEAM, 'U3', JULY);
  expect(namelessUsers(db, TEAM)).toEqual([]);
});

test('the same id in two workspaces is two people', () => {
  const db = openWith(TEAM, 'T2');
  saveUser(db, TEAM, ADA, JUNE);
  saveUser(db, 'T2', { ...ADA, name: 'Other', isBot: true }, JUNE);
  expect(findUser(db, TEAM, 'U1')?.name).toBe('Ada');
  expect(botNumbers(db, TEAM)).toEqual([]);
  expect(botNumbers(db, 'T2')).toEqual([findUser(db, 'T2', 'U1')?.number]);
});
