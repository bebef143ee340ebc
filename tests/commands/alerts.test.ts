import { expect, test } from 'vitest';
import type { CommandDeps, ReportReply } from '../../commands/command.ts';
import { runCommand } from '../../commands/run.ts';
import type { TextReply } from '../../commands/text-reply.ts';
import { alertPlaceOf, setAlertPlace } from '../../db/alert-places.ts';
import { forgetJudged, saveJudged } from '../../db/alert-series.ts';
import { EVERYTHING, extrasOf, ownSensitivities, sensitivityOf } from '../../db/alert-settings.ts';
import { addDays } from '../../db/days.ts';
import { openIncident } from '../../db/incidents.ts';
import { InputError } from '../../db/input-error.ts';
import { saveReplacement } from '../../db/replacements.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';
import { saveUser } from '../../db/users.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { momentName } from '../../reports/words.ts';
import { createAlertDesk } from '../../src/alerts/desk.ts';
import { createPlaceDesk } from '../../src/alerts/place-desk.ts';
import { community, everyone, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { movements, watching } from '../reports/watching.ts';
import { quiet } from '../sources/cases.ts';

const never = () => {
  throw new Error('not asked');
};

const DAYS = 300;
/** Hardly any on three of the days: so many before the last. */
const OUTAGE = 60;

function made() {
  const { db } = community();
  const downloads = steady(DAYS, 500).map((value, at) =>
    at >= DAYS - OUTAGE && at < DAYS - OUTAGE + 3 ? 1 : value + (at % 5),
  );
  const subjectId = packageIn(db, { name: 'low', from: addDays(TODAY, -DAYS), downloads });
  setTracked(db, subjectId, `${TODAY}T00:00:00Z`);
  watching(db, 'pypi', 'low', { openedDay: addDays(TODAY, -3) });
  const now = Date.parse(`${TODAY}T12:00:00Z`);
  const posts = {
    probe: async () => {},
    zoneOf: async () => 'Europe/Berlin',
    tell: async () => {},
    audienceOf: async () => everyone,
    isAdmin: never,
  };
  const alertDesk = createAlertDesk({ db, posts, now: () => now, tell() {} }, 'T1', 'U1');
  const placeDesk = createPlaceDesk({ db, log: quiet, posts, tell() {} }, 'T1', 'U1');
  const deps: Omit<CommandDeps, 'viewer'> = {
    db,
    today: TODAY,
    now,
    isSample: false,
    channelId: 'C1',
    tracker: { forms: [], track: never, untrack: never },
    alertDesk,
    placeDesk,
  };
  async function run(line: string) {
    const { reply } = await runCommand(`alerts ${line}`, deps, () => everyone);
    return reply.kind === 'text' ? { ...reply, said: reply.lines.join(' ') } : reply;
  }
  const incident = () => movements(db, addDays(TODAY, -90))[0];
  return { db, subjectId, deps, run, incident };
}

test('asks the report, of all or of one', async () => {
  const { run } = made();
  expect(await run('dark')).toMatchObject({
    report: alerts,
    theme: 'dark',
    params: { today: TODAY },
  });
  expect(await run('1')).toMatchObject({ report: alerts, params: { incident: 1 } });
  await expect(run('nonsense')).rejects.toThrow('knows no “nonsense”');
  await expect(run('30d')).rejects.toThrow('takes no range');
});

test.each(['0', '7', '-1', '1.5', '2026', '99999999999999999999'])(
  'there is no incident %s',
  async (number) => {
    await expect(made().run(number)).rejects.toThrow(
      `There is no incident ${number}: “alerts” lists them all.`,
    );
  },
);

test('one incident is shown at a time', async () => {
  await expect(made().run('1 2')).rejects.toThrow(
    'One incident is shown at a time, as in “alerts 1”.',
  );
});

test('its help has a line for each thing that it does', async () => {
  const { items } = (await made().run('help')) as TextReply;
  expect(items).toContainEqual({
    name: '/metrics alerts snooze number [7d|2w|until day]',
    isCode: true,
    detail: 'for days of 24 hours, or until 9:00 of a day, as in /metrics alerts snooze 1 2w',
  });
});

test('the word that may have been meant is named', async () => {
  await expect(made().run('aknowledge 1')).rejects.toThrow('Did you mean acknowledge?');
});

test('of a subject, its incidents are named by their numbers', async () => {
  const { db, run } = made();
  await expect(run('lo')).rejects.toThrow(
    'Incidents are shown by number: of low there is 1, as in “alerts 1”. “alerts tune lo” tells what each',
  );
  db.exec('DELETE FROM incident');
  await expect(run('low')).rejects.toThrow('there is none of low in the last 90 days.');
});

test('who is away is handled by nobody who was not told', async () => {
  const { db, run } = made();
  const key = { kind: 'away', source: 'slack', workspaceId: 'T1', personId: 'UADA' } as const;
  openIncident(db, { ...key, openedDay: TODAY });
  for (const what of ['acknowledge', 'snooze', 'useful']) {
    await expect(run(`${what} 2`)).rejects.toThrow('There is no incident 2');
  }
  await expect(run('acknowledge 1')).resolves.toMatchObject({ kind: 'text' });
});

test('who is away is watched for admins, and told nowhere before they have a channel', async () => {
  const { db, deps } = made();
  const ask = async (line: string, isAdmin: boolean) => {
    const mustBeAdmin = async () => {
      if (!isAdmin) throw new InputError('Only an admin or owner.');
    };
    const placeDesk = { choose: never, clear: never, mustBeAdmin };
    const { reply } = await runCommand(line, { ...deps, placeDesk }, () => everyone);
    return reply.kind === 'text' ? reply.lines.join(' ') : '';
  };
  await expect(ask('alerts watch away', false)).rejects.toThrow('Only an admin');
  expect([...extrasOf(db)]).toEqual([]);
  expect(await ask('alerts watch away', true)).toContain(
    'Nobody is told yet: type “/metrics status here”',
  );
  setAlertPlace(db, 'T1', 'admin', { channelId: 'CADMIN', zone: 'UTC', userId: 'UADA' });
  expect(await ask('alerts watch away', true)).toContain('Only the channel chosen with');
  await expect(ask('alerts unwatch away', false)).rejects.toThrow('Only an admin');
  expect([...extrasOf(db)]).toEqual(['away']);
  expect(await ask('alerts unwatch away', true)).toBe(
    'Not watched any more: whether the most active person is away by their status.',
  );
  expect([...extrasOf(db)]).toEqual([]);
});

test('a sensitivity is tried out before it is set', async () => {
  const { db, subjectId, run } = made();
  const tuned = await run('tune low');
  expect(tuned).toMatchObject({
    title: 'What each sensitivity would have told in the last 180 days',
    said: '“alerts sensitivity quiet low” changes the setting.',
  });
  const items = tuned.kind === 'text' ? (tuned.items ?? []) : [];
  expect(items.map(({ name }) => name)).toEqual(['quiet', 'normal (the setting now)', 'sensitive']);
  expect(items[1]?.detail).toMatch(
    /^downloads of low: 1 drop, \d+ Sep 2026 \(over on \d+ Sep 2026\)$/,
  );
  expect(await run('tune low quiet')).toEqual(tuned);
  await expect(run('tune quiet')).rejects.toThrow('I know no watched subject “quiet”');
  await expect(run('tune')).rejects.toThrow('as in “alerts tune some-package”');
  expect(sensitivityOf(db, subjectId)).toBe('normal');
});

test('what was open already when the tried out days began is none of their drops', async () => {
  const { db, run } = made();
  const downloads = steady(DAYS, 500).map((value, at) =>
    at > DAYS - 190 && at < DAYS - 170 ? 1 : value + (at % 5),
  );
  packageIn(db, { name: 'long', from: addDays(TODAY, -DAYS), downloads });
  watching(db, 'pypi', 'long');
  const { items = [] } = (await run('tune long')) as TextReply;
  expect(items[1]?.detail).toBe('downloads of long: no drop');
});

test('more series than somebody would wait for are not tried out at once', async () => {
  const { db, run } = made();
  for (const number of [1, 2, 3, 4, 5, 6]) {
    packageIn(db, {
      name: `tide-${number}`,
      from: addDays(TODAY, -90),
      downloads: steady(90, 100),
    });
    watching(db, 'pypi', `tide-${number}`, {});
  }
  await expect(run('tune tide')).rejects.toThrow(
    'That means 6 series, of which at most 5 are tried out at once: downloads of tide-1',
  );
});

test('of a counter that stood still it is said that it caught up', async () => {
  const { db, run } = made();
  const still = 50;
  const pulls = steady(DAYS, 1000).map((value, at) => {
    const age = DAYS - still - at;
    if (age > 0 && age <= 7) return 0;
    return value + (at % 5) + (age === 0 ? 7000 : 0);
  });
  let total = 0;
  const totals = pulls.map((value) => (total += value));
  const subject = { source: 'docker', name: 'me/image' };
  const { id } = ensureSubject(db, subject.source, subject.name, subject.name);
  const days = totals.map((value, at) => ({ day: addDays(TODAY, at - DAYS), value }));
  const key = { subjectId: id, metric: 'docker.pulls', kind: 'total' } as const;
  saveDays(db, key, days, { origin: 'poll', seenAt: '' });
  setTracked(db, id, `${TODAY}T00:00:00Z`);
  watching(db, 'docker', 'me/image', {
    openedDay: addDays(TODAY, -55),
    days: 3,
    closedDay: addDays(TODAY, 1 - still),
  });
  const { items = [] } = (await run('tune me/image')) as TextReply;
  expect(items[1]?.detail).toMatch(
    /^pulls of me\/image: 1 drop, .*Sep 2026 \(over on .* 2026: the counter had stood still, and caught up\)$/,
  );
  const asked = (await run('2')) as ReportReply;
  expect(ask(alerts, db, asked.params, everyone).words.headline).toMatch(
    /^Pulls of me\/image seemed to be lost from .* to .*: the counter had stood still, and caught up\.$/,
  );
});

test('sensitivities are of one subject, or of all others', async () => {
  const { db, subjectId, run } = made();
  expect(await run('sensitivity sensitive low')).toMatchObject({
    said: 'From the next day on, drops of low are told at the setting “sensitive”.',
  });
  await run('sensitivity quiet');
  expect(sensitivityOf(db, subjectId)).toBe('sensitive');
  expect(sensitivityOf(db, EVERYTHING)).toBe('quiet');
  expect(sensitivityOf(db, subjectId + 1)).toBe('quiet');
  expect(await run('sensitivity default low')).toMatchObject({
    said: 'From the next day on, drops of low are told like all others, at the setting “quiet”.',
  });
  expect(sensitivityOf(db, subjectId)).toBe('quiet');
  expect(ownSensitivities(db)).toEqual([]);
  await expect(run('sensitivity default')).rejects.toThrow('Say whose setting is taken back');
  await expect(run('sensitivity loud')).rejects.toThrow('quiet, normal or sensitive');
  await expect(run('sensitivity quiet lwo')).rejects.toThrow('What I know: low.');
});

test('incidents are acknowledged, snoozed and voted on', async () => {
  const { run, incident } = made();
  await run('acknowledge 1');
  expect(incident()).toMatchObject({ state: 'acknowledged', userId: 'U1' });
  expect(await run('snooze 1')).toMatchObject({
    said: 'Incident 1 is snoozed until 29 Nov, 13:00 in Europe/Berlin.',
  });
  await run('snooze 1 30d');
  expect(incident()).toMatchObject({
    state: 'snoozed',
    snoozedUntil: `${addDays(TODAY, 30)} 12:00`,
    zone: 'UTC',
  });
  await run('useful 1');
  await run('not-useful 1');
  expect(incident()).toMatchObject({ useful: 0, notUseful: 1 });
  await run('useful 1');
  expect(await run('Not useful 1')).toMatchObject({
    said: 'Noted: incident 1 was not useful to you.',
  });
  expect(incident()).toMatchObject({ useful: 0, notUseful: 1 });
  await run('reopen 1');
  expect(incident()).toMatchObject({ state: 'firing', userId: 'U1', snoozedUntil: null });
  await expect(run('reopen 1')).rejects.toThrow('neither acknowledged nor snoozed');
  await expect(run('snooze 1 31d')).rejects.toThrow('for 1 to 30 days');
  await expect(run('acknowledge 1 7d')).rejects.toThrow('takes a number only');
  await expect(run('acknowledge 7')).rejects.toThrow('There is no incident 7');
  await expect(run('acknowledge')).rejects.toThrow('by its number');
});

test.each([
  ['2d', 2, '13:00'],
  ['7', 7, '13:00'],
  ['1w', 7, '13:00'],
  ['2W', 14, '13:00'],
  ['4w', 28, '13:00'],
  ['for 10 days', 10, '13:00'],
  ['2 weeks', 14, '13:00'],
  [`until ${addDays(TODAY, 13)}`, 13, '09:00'],
  [addDays(TODAY, 1), 1, '09:00'],
  [`until ${addDays(TODAY, 30)}`, 30, '09:00'],
  // Today is a Sunday.
  ['until friday', 5, '09:00'],
  ['Monday', 1, '09:00'],
  ['until sun', 7, '09:00'],
  ['until tomorrow', 1, '09:00'],
])(
  'an incident is snoozed for as long as is said, by the clocks of whoever says it: %s',
  async (length, days, time) => {
    const { db, run, incident } = made();
    const until = addDays(TODAY, days);
    expect(await run(`snooze 1 ${length}`)).toMatchObject({
      said: `Incident 1 is snoozed until ${momentName(`${until} ${time}`)} in Europe/Berlin.`,
    });
    // Where Slack has told nothing else of them, UTC is what is told to others.
    expect(incident()).toMatchObject({ state: 'snoozed', zone: 'UTC' });
    const zone = 'Europe/Berlin';
    saveUser(db, 'T1', { id: 'U1', name: 'Bo', isBot: false, isDeleted: false, tz: zone }, '2027');
    expect(incident()).toMatchObject({ zone, snoozedUntil: `${until} ${time}` });
  },
);

test('a snooze until a day ends on that day in the zone of the channel', async () => {
  const { db, deps } = made();
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'C1', zone: 'America/New_York', userId: 'U1' });
  // There it is still the evening of the day before.
  const now = Date.parse(`${TODAY}T02:00:00Z`);
  const zoneOf = async () => 'Europe/Berlin';
  const posts = { zoneOf };
  const alertDesk = createAlertDesk({ db, posts, now: () => now, tell() {} }, 'T1', 'U1');
  const ask = (line: string) => runCommand(line, { ...deps, now, alertDesk }, () => everyone);
  expect((await ask('alerts snooze 1 until 2026-11-22')).reply).toMatchObject({
    lines: ['Incident 1 is snoozed until 22 Nov, 9:00 in America/New_York.'],
  });
  await expect(ask('alerts snooze 1 until 2026-11-21')).rejects.toThrow('until 2026-11-28');
});

test.each(['0', '31d', '5w', '1m', '30d..', TODAY, addDays(TODAY, 31), '2027-02-30', 'long'])(
  'is snoozed for no other time: %s',
  async (length) => {
    const { run, incident } = made();
    await expect(run(`snooze 1 ${length}`)).rejects.toThrow(
      'for 1 to 30 days, as in “alerts snooze 1 7d”, “alerts snooze 1 2w” or “alerts snooze 1 until 2026-11-29”.',
    );
    expect(incident()).toMatchObject({ state: 'firing' });
  },
);

test.each([
  ['acknowledge 1 public', 'acknowledge 1'],
  ['snooze 1 7d --public', 'snooze 1 7d'],
  ['snooze 1 Public', 'snooze 1'],
  ['public useful 1', 'useful 1'],
])('what is done with an incident is answered to the asker alone: %s', async (typed, right) => {
  const { run, incident } = made();
  await expect(run(typed)).rejects.toThrow(
    `What is done with an incident is answered to you alone: leave “public” out, as in “alerts ${right}”.`,
  );
  expect(incident()).toMatchObject({ state: 'firing', useful: 0 });
});

test('what is over can be voted on, and no more', async () => {
  const { db, run, incident } = made();
  watching(db, 'pypi', 'low', { closedDay: addDays(TODAY, -1) });
  await expect(run('snooze 1')).rejects.toThrow('Incident 1 has been over since 21 Nov 2026.');
  await run('useful 1');
  expect(incident()).toMatchObject({ state: 'resolved', useful: 1 });
});

test('the channel in which alerts are posted is chosen, and given up', async () => {
  const { db, run } = made();
  expect(await run('here')).toMatchObject({
    said: 'From now on, alerts are posted in this channel, but nothing new between 22:00 and 7:00 in Europe/Berlin.',
  });
  const place = { channelId: 'C1', zone: 'Europe/Berlin', userId: 'U1' };
  expect(alertPlaceOf(db, 'T1', 'alerts')).toEqual(place);
  await run('here in Asia/Tokyo');
  expect(alertPlaceOf(db, 'T1', 'alerts')).toEqual({ ...place, zone: 'Asia/Tokyo' });
  await run('here in New York');
  expect(alertPlaceOf(db, 'T1', 'alerts')?.zone).toBe('America/New_York');
  await run('here Europe/Berlin');
  expect(alertPlaceOf(db, 'T1', 'alerts')).toEqual(place);
  await expect(run('here in')).rejects.toThrow('as in “in Europe/Berlin”');
  await expect(run('here please')).rejects.toThrow('I know no time zone “please”');
  await run('nowhere');
  expect(alertPlaceOf(db, 'T1', 'alerts')).toBeUndefined();
  expect(await run('nowhere')).toMatchObject({
    said: 'Alerts are posted nowhere, as before; “alerts” lists the incidents.',
  });
});

test('stars and dependencies are switched on and off', async () => {
  const { db, run } = made();
  expect(await run('watch stars')).toMatchObject({
    said: 'Watched from the next poll on: drops of new stars.',
  });
  expect([...extrasOf(db)]).toEqual(['stars']);
  await run('unwatch stars');
  expect(extrasOf(db).size).toBe(0);
  await expect(run('watch everything')).rejects.toThrow('stars, messages, rises');
});

test('what is too small to judge is said as it is switched on', async () => {
  const { db, deps, run } = made();
  const grows = (name: string, stars: number) => {
    const { id } = ensureSubject(db, 'github', name, name);
    const days = steady(DAYS, stars).map((value, at) => ({
      day: addDays(TODAY, at - DAYS),
      value: value * (at + 1),
    }));
    const key = { subjectId: id, metric: 'github.stars', kind: 'total' } as const;
    const completeThrough = addDays(TODAY, -1);
    saveDays(db, key, days, { origin: 'poll', seenAt: '', completeThrough });
    setTracked(db, id, `${TODAY}T00:00:00Z`);
  };
  const watched = 'Watched from the next poll on: drops of new stars.';
  grows('a/small', 3);
  expect(await run('watch stars')).toMatchObject({
    said: `${watched} All of it is too small to judge now (under 50 a day): new stars of a/small.`,
  });
  grows('a/large', 300);
  expect(await run('watch stars')).toMatchObject({
    said: `${watched} Too small to judge now (under 50 a day): new stars of a/small.`,
  });
  expect(await deps.alertDesk?.addedBy('dependencies')).toEqual({ series: 0, small: [] });
});

test('what is replaced is found by its name, and tuned with its successor', async () => {
  const { db, subjectId, run } = made();
  const successorId = packageIn(db, {
    name: 'fresh',
    from: addDays(TODAY, -DAYS),
    downloads: steady(DAYS, 4500),
  });
  setTracked(db, successorId, `${TODAY}T00:00:00Z`);
  watching(db, 'pypi', 'fresh');
  saveReplacement(db, { subjectId, successorId });
  const through = addDays(TODAY, -1);
  const judged = { judgedThrough: through, state: '{}', standing: 'normal' } as const;
  forgetJudged(db, { subjectId, metric: 'pypi.downloads' });
  const others = [{ subjectId, isLater: false }];
  saveJudged(db, { subjectId: successorId, metric: 'pypi.downloads' }, { ...judged, others });
  // Without the other nine tenths it would have been a drop.
  expect(await run('tune low')).toMatchObject({
    items: [
      { detail: 'downloads of fresh and low together: no drop' },
      { name: 'normal (the setting now)' },
      {},
    ],
  });
});
