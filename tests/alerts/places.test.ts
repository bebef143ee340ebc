import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alertPlaceOf, setAlertPlace } from '../../db/alert-places.ts';
import { setExtra } from '../../db/alert-settings.ts';
import { changeChannelId } from '../../db/channel-ids.ts';
import { saveChannel } from '../../db/channels.ts';
import { saveSourceParts } from '../../db/collections.ts';
import { addDays } from '../../db/days.ts';
import { storeEvents } from '../../db/inbox.ts';
import { movementKey } from '../../db/incident.ts';
import { closeIncident, listIncidents, openIncident } from '../../db/incidents.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';
import { saveSubscription } from '../../db/subscriptions.ts';
import { saveUser } from '../../db/users.ts';
import { judgeAway } from '../../src/alerts/away.ts';
import { judgeFailing } from '../../src/alerts/failing.ts';
import { createPlaceDesk } from '../../src/alerts/place-desk.ts';
import { createPosts } from '../../src/slack/posts.ts';
import { createRecorder } from '../../src/slack/recorder.ts';
import { weekly } from '../digest/edition.ts';
import { community, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { watching } from '../reports/watching.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack.ts';
import { envelope } from '../slack/history.ts';
import { type Kept, keepMessages } from '../slack/kept-messages.ts';
import { quiet } from '../sources/cases.ts';
import { MINUTE, tellingOf } from './lab.ts';

const NOON = Date.parse(`${TODAY}T12:00:00Z`);

let slack: FakeSlack;
let kept: Kept[];
let now: number;
let made: ReturnType<typeof community>;
/** Whether the channels are shared with another organisation. */
let isShared: boolean;

beforeEach(async () => {
  slack = await startFakeSlack();
  isShared = false;
  slack.methods['conversations.info'] = () => {
    return { ok: true, channel: { is_private: false, is_ext_shared: isShared } };
  };
  kept = keepMessages(slack);
  now = NOON;
  made = community();
  const place = { zone: 'UTC', userId: 'UADA' };
  setAlertPlace(made.db, 'T1', 'alerts', { ...place, channelId: 'CALERT' });
  setAlertPlace(made.db, 'T1', 'admin', { ...place, channelId: 'CADMIN' });
});
afterEach(() => slack.stop());

const posts = () => createPosts({ botToken: 'xoxb-1', apiUrl: slack.apiUrl, log: quiet });

async function run(times = 2): Promise<void> {
  const telling = tellingOf(made.db, posts(), () => now);
  for (let time = 0; time < times; time++) {
    await telling.run();
    now += MINUTE;
  }
}

/** `#channel text`, and a thread marked. */
const said = () =>
  kept.map(({ channel, thread, text }) => `${channel}${thread ? ' ↳' : ''} ${text}`);

function drops(name: string): void {
  const downloads = [...steady(98, 100), 30, 30];
  packageIn(made.db, { name, from: addDays(TODAY, -100), downloads });
  watching(made.db, 'pypi', name, { openedDay: addDays(TODAY, -1) });
}

describe('drops of one source', () => {
  test('that are noticed on one day are one message, and the channel hears of the second', async () => {
    drops('one');
    await run();
    drops('two');
    now += 3 * 60 * MINUTE;
    await run();
    expect(said()).toEqual([
      expect.stringMatching(/^CALERT Downloads of one .*And 1 more\.$/),
      expect.stringMatching(/^CALERT ↳ Downloads of two have been 70% below usual/),
    ]);
    expect(kept[0]?.blocks).toContain('Downloads of two');
    const call = slack.calls.find((each) => each.includes('thread_ts='));
    expect(call).toContain('reply_broadcast=true');
  });

  test('and a rise of the same package on the same day are one message, and no second one', async () => {
    drops('one');
    await run();
    const { id: subjectId } = ensureSubject(made.db, 'pypi', 'one', 'one');
    const key = { subjectId, metric: 'pypi.downloads' };
    closeIncident(made.db, movementKey('drop', key), TODAY, 'recovered');
    await run();
    openIncident(made.db, { ...movementKey('rise', key), openedDay: TODAY, days: 2 });
    await run(3);
    expect(kept.filter(({ thread }) => thread === null)).toHaveLength(1);
    expect(said().filter((line) => line.includes('↳'))).toHaveLength(2);
    const broadcast = slack.calls.filter((each) => each.includes('reply_broadcast=true'));
    expect(broadcast).toEqual([]);
  });

  test('that are noticed on the next day are a message of their own', async () => {
    drops('one');
    await run();
    now += 24 * 60 * MINUTE;
    drops('two');
    await run();
    expect(kept.map(({ thread }) => thread)).toEqual([null, null]);
  });
});

describe('a source that keeps failing', () => {
  function fail(names: readonly string[], failures: number): void {
    for (const name of names) {
      const { id } = ensureSubject(made.db, 'github', name, name);
      setTracked(made.db, id, `${TODAY}T00:00:00Z`);
      made.db
        .prepare(
          `INSERT INTO collection (source, subject_id, part, tried_at, failures, error)
           VALUES ('github', ?, '', '${TODAY}T11:00:00Z', ?, ?)
           ON CONFLICT DO UPDATE SET failures = excluded.failures`,
        )
        .run(id, failures, 'GitHub does <not> answer & says so.');
    }
    judgeFailing(made.db, 'github', TODAY);
  }

  test('is told in the admin channel, with what fails and why, and when it works again', async () => {
    fail(['me/one', 'me/two'], 2);
    await run();
    expect(said()).toEqual([]);
    fail(['me/one'], 3);
    await run(3);
    fail(['me/two'], 4);
    await run(3);
    expect(kept[0]?.blocks).toContain('me/one');
    expect(kept[0]?.blocks).toContain('/metrics untrack github:me/two ends the asking');
    expect(kept[0]?.blocks).not.toMatch(/"type":"(user|link|mrkdwn)"/);
    // As many as before, and others: the message names them, which is no news of its own.
    fail(['me/one'], 0);
    fail(['me/three'], 3);
    await run(3);
    expect(kept[0]?.blocks).not.toContain('me/one');
    expect(kept[0]?.blocks).toContain('me/three');
    fail(['me/three'], 0);
    fail(['me/one'], 3);
    await run(3);
    fail(['me/one', 'me/two'], 0);
    await run(3);
    expect(said()).toEqual([
      'CADMIN github has worked again since 22 Nov 2026.',
      'CADMIN ↳ github keeps failing: 2 readings have gone wrong again and again.',
      'CADMIN ↳ Github works again: incident 1 is over.',
    ]);
  });

  test('fails as well when its limits keep a number from us for days', async () => {
    fail(['me/one'], 0);
    const limited = (since: string) => {
      made.db
        .prepare('UPDATE collection SET done_at = ?, retry_at = ?')
        .run(`${since}T11:00:00Z`, `${TODAY}T13:00:00Z`);
      judgeFailing(made.db, 'github', TODAY);
      return listIncidents(made.db, TODAY, 'T1').length;
    };
    expect(limited(addDays(TODAY, -2))).toBe(0);
    expect(limited(addDays(TODAY, -4))).toBe(1);
    await run(3);
    expect(kept[0]?.text).toBe('github keeps 1 reading from us by its limits.');
    expect(kept[0]?.blocks).toContain('me/one: last read on 18 Nov 2026, put off by limits since.');
    expect(kept[0]?.blocks).not.toMatch(/gone|untrack/);
    fail(['me/one'], 0);
    made.db.exec('UPDATE collection SET retry_at = NULL');
    judgeFailing(made.db, 'github', TODAY);
    expect(listIncidents(made.db, TODAY, 'T1')).toMatchObject([{ outcome: 'recovered' }]);
  });

  test('is nobody’s business when it is not tracked any more, and many are shortened', async () => {
    const many = Array.from({ length: 30 }, (_, number) => `me/${number}`);
    fail(many, 3);
    await run();
    expect(kept[0]?.blocks).toContain('And 22 more');
    made.db.prepare('UPDATE subject SET tracked_at = NULL').run();
    judgeFailing(made.db, 'github', TODAY);
    await run(3);
    expect(said().slice(1)).toEqual([
      'CADMIN ↳ What failed of github is not asked for any more: incident 1 is over.',
    ]);
    expect(said()[0]).toBe(
      'CADMIN What failed of github has not been asked for since 22 Nov 2026.',
    );
  });

  test('does not fail by what a setting is lacking for', () => {
    fail(['me/one'], 3);
    const part = { source: 'github', part: '', sourceTitle: 'GitHub', partTitle: 'stars' } as const;
    saveSourceParts(made.db, [{ ...part, scope: 'subject', everyHours: 0, off: 'No token.' }]);
    judgeFailing(made.db, 'github', TODAY);
    expect(listIncidents(made.db, TODAY, 'T1')).toMatchObject([{ outcome: 'not watched' }]);
  });
});

describe('the most active person', () => {
  function status(away: { readonly until: string | null } | undefined): void {
    const facts = { id: 'UADA', name: 'Ada <b>', isBot: false, isDeleted: false, tz: null };
    saveUser(made.db, 'T1', { ...facts, ...(away && { away }) }, '2026-11-22T12:00:00Z');
    judgeAway(made.db, now);
  }
  beforeEach(() => {
    made.user('UADA', 'Ada');
    made.wrote('UADA', 'general', addDays(TODAY, -3), 30);
    made.wrote('UBO', 'general', addDays(TODAY, -3), 10);
    made.channel('secret', true);
    made.wrote('UBO', 'secret', addDays(TODAY, -3), 99);
  });

  test('being away is told to the admins alone, where they asked for it', async () => {
    status({ until: '2026-12-01T00:00:00.000Z' });
    await run();
    expect(said()).toEqual([]);
    setExtra(made.db, 'away', true);
    status({ until: '2026-12-01T00:00:00.000Z' });
    await run();
    expect(said()).toEqual([
      'CADMIN Ada &lt;b&gt;, who writes most in the public channels, is away by the status in Slack.',
    ]);
    expect(kept[0]?.blocks).toContain('75% of the messages of the last 28 days are theirs');
    expect(kept[0]?.blocks).toContain('The status ends on 1 Dec 2026');
    expect(listIncidents(made.db, '2000-01-01', 'T1')).toEqual([]);
    status(undefined);
    await run();
    expect(said().at(-1)).toMatch(/^CADMIN ↳ Incident 1 \(the most active person\) is over/);
  });

  test('is away and back by what Slack says of their status', async () => {
    const changed = async (status: Record<string, unknown>, seconds: number) => {
      const user = { id: 'UADA', name: 'ada', profile: { display_name: 'Ada', ...status } };
      const event_time = NOON / 1000 + seconds;
      const body = envelope({ type: 'user_change', user }, { event_time });
      const event = { eventId: String(body.event_id), envelope: JSON.stringify(body) };
      storeEvents(made.db, [event], `${TODAY}T12:00:00Z`);
      await createRecorder({ db: made.db, log: quiet }).drain();
      judgeAway(made.db, now);
      await run();
    };
    setExtra(made.db, 'away', true);
    await changed({ status_emoji: ':palm_tree:', status_text: 'On <b>vacation</b>' }, 60);
    expect(said()).toEqual([expect.stringMatching(/^CADMIN Ada, who writes most/)]);
    // What is told of a status is that it is one, and not what it says.
    expect(kept[0]?.blocks).not.toMatch(/palm_tree|vacation/);
    await changed({ status_emoji: '', status_text: '' }, 120);
    expect(said().at(-1)).toMatch(/^CADMIN ↳ .* is over/);
  });

  test('is told of nowhere any more when nobody wants to know', async () => {
    setExtra(made.db, 'away', true);
    status({ until: null });
    await run();
    setExtra(made.db, 'away', false);
    status({ until: null });
    await run();
    expect(said()[0]).toBe(
      'CADMIN Ada &lt;b&gt; was away from 22 Nov 2026, and this has not been watched since 22 Nov 2026.',
    );
  });

  test.each([
    ['is back', undefined],
    ['is still, but others write most of the messages now', { until: null }],
  ])('was away, and %s', async (end, now) => {
    setExtra(made.db, 'away', true);
    status({ until: null });
    await run();
    made.wrote('UBO', 'general', addDays(TODAY, -1), 60);
    status(now);
    await run();
    expect(said()[0]).toBe(`CADMIN Ada &lt;b&gt; was away from 22 Nov 2026, and ${end}.`);
  });

  test('is back when the status has run out', () => {
    setExtra(made.db, 'away', true);
    status({ until: '2026-11-22T11:00:00.000Z' });
    const open = made.db.prepare('SELECT count(*) FROM incident').pluck();
    expect(open.get()).toBe(0);
  });
});

test('how much is said in all channels is not told to another organisation', async () => {
  const { id: subjectId } = ensureSubject(made.db, 'slack', 'test', 'test');
  isShared = true;
  openIncident(made.db, {
    kind: 'drop',
    source: 'slack',
    workspaceId: 'T1',
    subjectId,
    metric: 'slack.public_messages',
    openedDay: addDays(TODAY, -1),
  });
  await run(5);
  expect(said()).toEqual([]);
  isShared = false;
  now += 24 * 60 * MINUTE;
  await run();
  expect(said()).toEqual([
    expect.stringMatching(/^CALERT Messages in the public channels of test/),
  ]);
});

test('nor is it where the channel was shared after a message about it', async () => {
  const { id: subjectId } = ensureSubject(made.db, 'slack', 'test', 'test');
  const key = { kind: 'drop', source: 'slack', workspaceId: 'T1', subjectId } as const;
  const metric = 'slack.public_messages';
  openIncident(made.db, { ...key, metric, openedDay: addDays(TODAY, -1) });
  await run();
  const before = [...kept];
  isShared = true;
  closeIncident(made.db, { ...key, metric }, TODAY, 'recovered');
  await run(5);
  expect(kept).toEqual(before);
  expect(made.db.prepare('SELECT outcome FROM alert_post').pluck().all()).toEqual(['done']);
});

describe('another channel', () => {
  const deskOf = (userId: string) => {
    slack.methods['users.info'] = () => ({ ok: true, user: { tz: 'Europe/Berlin' } });
    return createPlaceDesk({ db: made.db, log: quiet, posts: posts(), tell() {} }, 'T1', userId);
  };

  beforeEach(() => {
    made.user('UADA', '<@UBO> Ada & Bo');
    for (const [id, name, isPrivate] of [
      ['CALERT', 'general', false],
      ['CNEW', 'ops', false],
      ['CSEC', 'secret', true],
    ] as const) {
      saveChannel(made.db, 'T1', { id, name, isPrivate, isArchived: false }, `${TODAY}T00:00:00Z`);
    }
  });

  test('takes the place of the one before, which hears who did that', async () => {
    expect((await deskOf('UADA').choose('alerts', 'CNEW')).sentence).toMatch(
      /^From now on, alerts are posted in this channel instead of #general, but nothing new .* in Europe\/Berlin\.$/,
    );
    expect(said()).toEqual([
      'CALERT &lt;@UBO&gt; Ada &amp; Bo has moved alerts to #ops: nothing new is posted here. “/metrics alerts here” brings them back.',
    ]);
    // Once more, it is the same channel.
    expect((await deskOf('UADA').choose('alerts', 'CNEW')).sentence).not.toContain('instead');
    expect(said()).toHaveLength(1);
  });

  test('is told in no other when it is private, and when all is switched off', async () => {
    await deskOf('UADA').choose('alerts', 'CSEC');
    expect((await deskOf('UNKNOWN').clear('alerts')).sentence).toBe(
      'Alerts were posted in a private channel, and are posted nowhere any more; “alerts” lists the incidents.',
    );
    expect(said()).toEqual([
      expect.stringContaining('has moved alerts to a private channel: nothing new is posted here.'),
      'CSEC Somebody has switched alerts off: nothing new is posted anywhere. “/metrics alerts here” brings them back.',
    ]);
  });

  test('is named to whoever leaves it, where they are in it', async () => {
    const viewer = { workspaceId: 'T1', privateChannelIds: ['CSEC'] };
    await deskOf('UADA').choose('alerts', 'CSEC');
    const { sentence } = await deskOf('UADA').choose('alerts', 'CNEW', undefined, viewer);
    expect(sentence).toContain('in this channel instead of #secret, but nothing new');
    await deskOf('UADA').choose('alerts', 'CSEC', undefined, viewer);
    expect((await deskOf('UADA').clear('alerts', viewer)).sentence).toMatch(
      /^Alerts were posted in #secret, and are posted nowhere any more;/,
    );
    expect(said().join()).not.toContain('#secret');
  });

  test.each([true, undefined])('is not named to another organisation: %s', async (shared) => {
    slack.methods['conversations.info'] = () =>
      shared ? { ok: true, channel: { is_private: false, is_ext_shared: true } } : 'broken';
    await deskOf('UADA').choose('alerts', 'CNEW');
    expect(said()).toEqual([expect.stringContaining('has moved alerts to another channel: ')]);
  });

  test('is none in direct messages', async () => {
    await expect(deskOf('UADA').choose('alerts', 'DADA')).rejects.toThrow(
      'Alerts are posted in a channel: type this in the one that should hear of them.',
    );
    expect(alertPlaceOf(made.db, 'T1', 'alerts')?.channelId).toBe('CALERT');
    expect(said()).toEqual([]);
  });

  test('is chosen also when the one before can’t be told', async () => {
    slack.methods['chat.postMessage'] = () => ({ ok: false, error: 'not_in_channel' });
    expect((await deskOf('UADA').choose('alerts', 'CNEW')).sentence).toMatch(
      /I could not make sure that #general hears of it\.$/,
    );
    expect(alertPlaceOf(made.db, 'T1', 'alerts')?.channelId).toBe('CNEW');
  });
});

describe('the admin channel', () => {
  const channelFor = (userId: string) => {
    slack.methods['users.info'] = (args) => {
      const user = args.get('user');
      return { ok: true, user: { id: user, is_admin: user === 'UADA', tz: 'Europe/Berlin' } };
    };
    return createPlaceDesk({ db: made.db, log: quiet, posts: posts(), tell() {} }, 'T1', userId);
  };

  test('is for admins and owners to choose', async () => {
    const { sentence } = await channelFor('UADA').choose('admin', 'CNEW');
    expect(sentence).toContain('22:00 and 7:00 in Europe/Berlin');
    expect(alertPlaceOf(made.db, 'T1', 'admin')?.channelId).toBe('CNEW');
    await expect(channelFor('UBO').choose('admin', 'CSEC')).rejects.toThrow(
      'Only an admin or owner',
    );
    await expect(channelFor('UADA').choose('admin', 'DADA')).rejects.toThrow(
      'Failing sources are told in a channel: type this in the one that should hear of them. For yourself there is “/metrics status”.',
    );
    await expect(channelFor('UBO').clear('admin')).rejects.toThrow('Only an admin or owner');
    expect((await channelFor('UADA').clear('admin')).sentence).toBe(
      'Failing sources were told in another channel, and are told nowhere any more; the status shows them.',
    );
    expect(alertPlaceOf(made.db, 'T1', 'admin')).toBeUndefined();
    expect(said()).toEqual([
      expect.stringMatching(/^CADMIN Somebody has moved the word of failing sources to another/),
      expect.stringMatching(
        /^CNEW Somebody has switched the word of failing sources off: .*“\/metrics status here” brings it back\.$/,
      ),
    ]);
  });

  test('has the nights of the zone that is named, or of its digest', async () => {
    await channelFor('UADA').choose('admin', 'CNEW', 'Asia/Tokyo');
    expect(alertPlaceOf(made.db, 'T1', 'admin')?.zone).toBe('Asia/Tokyo');
    saveSubscription(made.db, { ...weekly, channelId: 'CNEW', zone: 'America/New_York' });
    await channelFor('UADA').choose('admin', 'CNEW');
    expect(alertPlaceOf(made.db, 'T1', 'admin')?.zone).toBe('America/New_York');
  });

  test('has the nights of whoever asks where nobody knows its zone, and says an offset as people do', async () => {
    saveSubscription(made.db, { ...weekly, channelId: 'CNEW', zone: 'Mars/Base' });
    await channelFor('UADA').choose('admin', 'CNEW');
    expect(alertPlaceOf(made.db, 'T1', 'admin')?.zone).toBe('Europe/Berlin');
    const { sentence } = await channelFor('UADA').choose('admin', 'CNEW', '+02:00');
    expect(sentence).toContain('between 22:00 and 7:00 in UTC+2.');
  });

  test.each([
    ['not_in_channel', 'I am not in this channel: invite me with /invite'],
    ['channel_not_found', 'I can’t see this conversation'],
    ['is_archived', 'This channel is archived'],
  ])('is refused in a sentence: %s', async (error, sentence) => {
    slack.methods['conversations.history'] = () => ({ ok: false, error });
    await expect(channelFor('UADA').choose('admin', 'CNEW')).rejects.toThrow(sentence);
    expect(alertPlaceOf(made.db, 'T1', 'admin')?.channelId).toBe('CADMIN');
  });

  test('is the same channel when Slack gives it another id, as is that of alerts', () => {
    changeChannelId(made.db, 'T1', 'CADMIN', 'CADMIN2');
    changeChannelId(made.db, 'T1', 'CALERT', 'CALERT2');
    expect(alertPlaceOf(made.db, 'T1', 'admin')?.channelId).toBe('CADMIN2');
    expect(alertPlaceOf(made.db, 'T1', 'alerts')?.channelId).toBe('CALERT2');
  });
});
