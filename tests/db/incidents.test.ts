import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentOutcome, movementKey } from '../../db/incident.ts';
import {
  acknowledgeIncident,
  closeIncident,
  incidentById,
  openIncident,
  reopenIncident,
  snoozeIncident,
} from '../../db/incidents.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { movements } from '../reports/watching.ts';

const OPENED = '2026-11-12';
const CLOSED = '2026-11-20';

let db: Db;
let open: () => void;
let close: (outcome: IncidentOutcome) => void;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  const { id: subjectId } = ensureSubject(db, 'pypi', 'low', 'low');
  const key = movementKey('drop', { subjectId, metric: 'pypi.downloads' });
  open = () => openIncident(db, { ...key, openedDay: OPENED });
  close = (outcome) => closeIncident(db, key, CLOSED, outcome);
  open();
});

const FIRING = { state: 'firing', userId: null, snoozedUntil: null };

describe('an incident that opens again on the same day', () => {
  test.each([
    ['acknowledged', 'not watched', null],
    ['snoozed', 'not watched', '2026-11-27 00:00'],
  ] as const)('is %s, as it was when it ended as %s', (state, outcome, snoozedUntil) => {
    if (snoozedUntil) snoozeIncident(db, 1, 'UADA', snoozedUntil);
    else acknowledgeIncident(db, 1, 'UADA');
    close(outcome);
    open();
    const expected = { state, userId: 'UADA', snoozedUntil, closedDay: null, outcome: null };
    expect(incidentById(db, 1, 'T1')).toMatchObject(expected);
    expect(incidentById(db, 2, 'T1')).toBeUndefined();
  });

  test('is firing where nobody had seen to it', () => {
    close('not watched');
    open();
    expect(incidentById(db, 1, 'T1')).toMatchObject({ ...FIRING, closedDay: null, outcome: null });
  });

  test('is firing where somebody had reopened it, and that is over with it', () => {
    acknowledgeIncident(db, 1, 'UADA');
    reopenIncident(db, 1, 'UBO');
    expect(incidentById(db, 1, 'T1')).toMatchObject({ ...FIRING, userId: 'UBO' });
    close('not watched');
    open();
    expect(incidentById(db, 1, 'T1')).toMatchObject({ ...FIRING, closedDay: null, outcome: null });
  });

  test('is firing where it was over: that is all that somebody had promised', () => {
    acknowledgeIncident(db, 1, 'UADA');
    close('recovered');
    open();
    expect(incidentById(db, 1, 'T1')).toMatchObject({ ...FIRING, closedDay: null, outcome: null });
  });
});

test('an incident goes on where another day of the same is to open', () => {
  acknowledgeIncident(db, 1, 'UADA');
  const [{ subjectId, metric }] = movements(db) as [ReturnType<typeof movements>[0]];
  openIncident(db, { ...movementKey('drop', { subjectId, metric }), openedDay: CLOSED });
  expect(movements(db)).toMatchObject([{ openedDay: OPENED, state: 'acknowledged' }]);
});
