import { afterAll, beforeAll, expect, test } from 'vitest';
import { setAlertPlace } from '../../db/alert-places.ts';
import { DAY_MS } from '../../db/days.ts';
import { movementKey } from '../../db/incident.ts';
import { closeIncident } from '../../db/incidents.ts';
import { eventually, pageOf } from '../playground/server/workspace.ts';
import { movements } from '../reports/watching.ts';
import { type SampleBot, startSampleBot } from '../sample-bot.ts';

let world: SampleBot;
beforeAll(async () => {
  world = await startSampleBot({ GITHUB_API_URL: 'http://127.0.0.1:9' });
});
afterAll(() => world?.stop());

const incidents = () => movements(world.db, '2000-01-01');

const never = (): never => {
  throw new Error('there is none');
};

/** Where it is about noon now: nothing new is said at night. */
function noonZone(): string {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

async function told() {
  const { messages } = await pageOf(world.server, world.insider.id).messages(world.general.id);
  return messages.filter(
    ({ user, text }) => user === world.sample.bot.userId && text.includes('sample-shoal have been'),
  );
}

test('the fall in the sample data is told, and its buttons work', async () => {
  const { general, insider, sample, db, server } = world;
  const { id: userId } = insider;
  const page = pageOf(server, userId);
  await eventually(() => expect(incidents()).toMatchObject([{ subjectName: 'sample-shoal' }]));
  setAlertPlace(db, sample.team.id, 'alerts', { channelId: general.id, zone: noonZone(), userId });
  await page.say(general.id, '/metrics alerts useful 1');
  const message = await eventually(async () => {
    const [found] = await told();
    if (!found) throw new Error('not told yet');
    return found;
  });
  expect(JSON.stringify(message.blocks)).toContain('Sample data');

  const press = (action: string, value = '1') =>
    page.post('actions', {
      container: { type: 'message', channel: general.id, ts: message.ts },
      action: { type: 'button', block_id: 'b', action_id: `alert_${action}`, value },
    });
  // As in messages of older versions.
  expect(await press('snooze_7')).toMatchObject({ status: 200 });
  await eventually(() => expect(incidents()).toMatchObject([{ state: 'snoozed', userId }]));
  await press('not_useful');
  await eventually(() => expect(incidents()).toMatchObject([{ useful: 0, notUseful: 1 }]));
  await press('reopen');
  await eventually(() => expect(incidents()).toMatchObject([{ state: 'firing' }]));
  const selected_option = { text: { type: 'plain_text', text: '30 days' }, value: '1 30' };
  await page.post('actions', {
    container: { type: 'message', channel: general.id, ts: message.ts },
    action: { type: 'static_select', block_id: 'b', action_id: 'alert_snooze', selected_option },
  });
  await eventually(() => expect(incidents()).toMatchObject([{ state: 'snoozed', userId }]));
  const days = (Date.parse(incidents()[0]?.snoozeEnds ?? '') - Date.now()) / DAY_MS;
  expect(days).toBeGreaterThan(29);
  await press('acknowledge');
  await eventually(async () => {
    const [updated, ...others] = await told();
    expect(others).toEqual([]);
    expect(JSON.stringify(updated?.blocks)).toContain(
      `acknowledged by ${insider.name}; votes: 0 useful, 1 not useful`,
    );
  });

  const answered = async (sentence: string, user = userId) => {
    const { messages } = await pageOf(server, user).messages(general.id);
    return messages.filter(({ text }) => text.startsWith(sentence)).length;
  };
  await press('more');
  await eventually(async () => expect(await answered('Alerts: Downloads of sample-shoal')).toBe(1));
  expect(await answered('Alerts: Downloads of sample-shoal', world.outsider.id)).toBe(0);
  await press('acknowledge', '99');
  const unknown = 'Incident 99 is not one that your workspace was told';
  await eventually(async () => expect(await answered(unknown)).toBe(1));
  expect(await answered(unknown, world.outsider.id)).toBe(0);
  closeIncident(db, movementKey('drop', incidents()[0] ?? never()), '2026-11-24', 'recovered');
  await press('acknowledge');
  await eventually(async () =>
    expect(await answered('Incident 1 has been over since 24 Nov 2026.')).toBe(1),
  );
});
