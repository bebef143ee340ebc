import { expect, test } from 'vitest';
import { claimAlertPosts, incidentsOfPost, openAlertPosts } from '../../db/alert-posts.ts';
import { judgedOf, saveJudged } from '../../db/alert-series.ts';
import { type IncidentKey, movementKey } from '../../db/incident.ts';
import { closeIncident, listIncidents, openIncident, voteOnIncident } from '../../db/incidents.ts';
import { absorbSubject } from '../../db/renaming.ts';
import { subjectById } from '../../db/subjects.ts';
import { community } from '../reports/community.ts';
import { watching } from '../reports/watching.ts';

const DAY = '2026-11-20';

test('a subject that turns out to be another takes its incidents along, and nothing dangles', () => {
  const { db } = community();
  const kept = watching(db, 'github', 'me/new', { openedDay: DAY });
  const gone = watching(db, 'github', 'me/old', { openedDay: DAY });
  const other = watching(db, 'github', 'me/other', {});
  const stars = { subjectId: other, metric: 'github.stars' };
  const key: IncidentKey = movementKey('rise', stars);
  const others = [kept, gone].map((subjectId) => ({ subjectId, isLater: false }));
  const replaced = [{ subjectId: gone, isLater: true }];
  saveJudged(db, stars, {
    judgedThrough: DAY,
    state: '{}',
    standing: 'normal',
    others: replaced,
  });
  openIncident(db, { ...key, openedDay: DAY, others });
  for (const { id } of listIncidents(db, DAY, 'T1')) {
    voteOnIncident(db, id, { workspaceId: 'T1', userId: 'U1', isUseful: true, votedAt: DAY });
  }
  const [midnight, noon] = [`${DAY}T00:00:00Z`, `${DAY}T12:00:00Z`];
  claimAlertPosts(db, 'T1', { channelId: 'C1', kinds: ['drop', 'rise'], midnight }, noon);
  const [one, two] = [kept, gone].map((id) => subjectById(db, id));
  if (!one || !two) throw new Error('no subjects');
  absorbSubject(db, one, two);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(listIncidents(db, DAY, 'T1')).toMatchObject([
    { kind: 'drop', subjectId: kept, useful: 1 },
    { kind: 'rise', subjectId: other, others: [{ subjectId: kept }] },
  ]);
  expect(judgedOf(db, stars)?.others).toEqual([{ subjectId: kept, isLater: true }]);
  const [post] = openAlertPosts(db, 'T1');
  expect(incidentsOfPost(db, post?.id ?? '')).toHaveLength(2);
  closeIncident(db, key, DAY, 'recovered');
  openIncident(db, { ...key, openedDay: DAY });
  expect(listIncidents(db, DAY, 'T1')).toHaveLength(2);
});
