import { beforeEach, describe, expect, test } from 'vitest';
import { changeChannelId } from '../../db/channel-ids.ts';
import { claimDigest, findDigest, lastClaimedDue, openDigests } from '../../db/digests.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import {
  endPosting,
  putOffPosting,
  releasePosting,
  stampPosting,
  takePosting,
} from '../../db/posting-ledger.ts';
import { absorbSubject } from '../../db/renaming.ts';
import { ensureSubject, type Subject } from '../../db/subjects.ts';
import {
  findSubscription,
  listSubscriptions,
  pauseSubscription,
  removeSubscription,
  saveSubscription,
  setPauseTold,
  type WantedSubscription,
} from '../../db/subscriptions.ts';
import { saveWorkspace } from '../../db/workspaces.ts';

const AT = '2026-11-23T08:00:00.000Z';
const wanted: WantedSubscription = {
  workspaceId: 'T1',
  channelId: 'C1',
  every: 'week',
  onDay: 1,
  minute: 540,
  zone: 'Europe/Berlin',
  whenQuiet: 'line',
  sections: null,
  subjectIds: null,
  userId: 'U1',
  since: AT,
};

let db: Db;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  saveWorkspace(db, { id: 'T1', name: 'Tide', domain: 'tide', botUserId: 'UBOT' }, AT);
});

const all = () => listSubscriptions(db, 'T1');
const only = () => {
  const [one, ...more] = all();
  expect(more).toEqual([]);
  if (!one) throw new Error('there is none');
  return one;
};

describe('subscriptions', () => {
  test('are one a channel and cadence: asking again changes it, and it runs again', () => {
    saveSubscription(db, wanted);
    const { id } = only();
    pauseSubscription(db, id, 'is_archived');
    setPauseTold(db, id, AT);
    expect(only()).toMatchObject({ paused: 'is_archived', toldAt: AT });
    const changed = { minute: 600, sections: ['changes'], subjectIds: [3, 4], userId: 'U2' };
    saveSubscription(db, { ...wanted, ...changed });
    expect(only()).toEqual({ ...wanted, ...changed, id, paused: null, toldAt: null });
    saveSubscription(db, { ...wanted, every: 'day' });
    expect(listSubscriptions(db, 'T1', 'C1').map(({ every }) => every)).toEqual(['day', 'week']);
    expect(listSubscriptions(db, 'T1', 'C2')).toEqual([]);
    expect(listSubscriptions(db, 'T2')).toEqual([]);
  });

  test('of chosen subjects follow one that turns out to be another', () => {
    const [kept, gone, third] = ['me/new', 'me/old', 'me/third'].map((key) =>
      ensureSubject(db, 'github', key, key),
    ) as [Subject, Subject, Subject];
    const choices = { C1: [gone.id, third.id], C2: [kept.id, gone.id], C3: [third.id], C4: null };
    for (const [channelId, subjectIds] of Object.entries(choices)) {
      saveSubscription(db, { ...wanted, channelId, subjectIds });
    }
    absorbSubject(db, kept, gone);
    ensureSubject(db, 'github', 'some/stranger', 'some/stranger');
    expect(all().map(({ subjectIds }) => subjectIds)).toEqual([
      [kept.id, third.id],
      [kept.id],
      [third.id],
      null,
    ]);
  });

  test('go where their channel goes; what is there already stays', () => {
    saveSubscription(db, wanted);
    changeChannelId(db, 'T1', 'C1', 'C2');
    expect(only().channelId).toBe('C2');
    saveSubscription(db, { ...wanted, channelId: 'C3', minute: 0 });
    changeChannelId(db, 'T1', 'C2', 'C3');
    expect(only()).toMatchObject({ channelId: 'C3', minute: 0 });
  });
});

describe('digests', () => {
  const claim = (dueAt = AT, byHand = false) => claimDigest(db, only().id, dueAt, AT, byHand);
  beforeEach(() => saveSubscription(db, wanted));

  test('a due time is claimed once', () => {
    expect(claim()).toMatchObject({ dueAt: AT, sentAt: null, ts: null, outcome: null });
    expect(claim()).toBeUndefined();
    expect(lastClaimedDue(db, only().id, '2100')).toBe(AT);
    expect(claim('2026-11-25T08:00:00.000Z', true)?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(lastClaimedDue(db, only().id, '2100')).toBe(AT);
  });

  test('are open until they are ended, and forgotten with their subscription', () => {
    const id = claim()?.id ?? '';
    expect(takePosting(db, 'digest', id, AT, null)).toBe(true);
    expect(takePosting(db, 'digest', id, AT, null)).toBe(false);
    releasePosting(db, 'digest', id, AT);
    expect(takePosting(db, 'digest', id, AT, null)).toBe(true);
    stampPosting(db, 'digest', id, '1.2', AT);
    putOffPosting(db, 'digest', id, AT);
    expect(openDigests(db, only().id)).toMatchObject([{ sentAt: null, ts: '1.2', retryAt: AT }]);
    stampPosting(db, 'digest', id, '1.3', AT, 'details_ts');
    expect(openDigests(db, only().id)).toEqual([]);
    expect(findDigest(db, id)).toMatchObject({ ts: '1.2', outcome: 'posted' });
    expect(db.prepare('SELECT details_ts FROM digest').pluck().all()).toEqual(['1.3']);
    const subscription = only().id;
    removeSubscription(db, subscription);
    expect(findDigest(db, id)).toBeUndefined();
    expect(findSubscription(db, subscription)).toBeUndefined();
  });

  test('the last hundred are remembered', () => {
    for (let day = 0; day < 120; day += 1) {
      const id = claim(new Date(Date.parse(AT) + day * 86_400_000).toISOString())?.id ?? '';
      endPosting(db, 'digest', id, 'posted');
    }
    const kept = db.prepare('SELECT count(*) FROM digest').pluck().get();
    expect(kept).toBe(100);
  });
});
