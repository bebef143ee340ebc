import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alertPlaceOf, setAlertPlace } from '../../db/alert-places.ts';
import { acknowledgeIncident } from '../../db/incidents.ts';
import { random } from '../reports/random.ts';
import { type FakeSlack, type Method, startFakeSlack } from '../slack/fake-slack.ts';
import { type Kept, keepMessages } from '../slack/kept-messages.ts';
import { startAlertLab } from './lab.ts';

let slack: FakeSlack;
let kept: Kept[];
/** What the next calls of a method are answered with instead of being done. */
let instead: Record<string, ReturnType<Method>[]>;
/** Whether such a call is done all the same. */
let isDone: boolean;

beforeEach(async () => {
  slack = await startFakeSlack();
  instead = {};
  isDone = false;
  kept = keepMessages(slack, (name, work) => (args) => {
    // What is said to a person goes through.
    const other = args.get('channel')?.startsWith('U') ? undefined : instead[name]?.shift();
    if (other === undefined) return work(args);
    if (isDone) work(args);
    return other;
  });
});
afterEach(() => slack.stop());

const refused = (error: string): ReturnType<Method> => ({ ok: false, error });
const calls = (method: string) => slack.calls.filter((call) => call.startsWith(`${method}?`));
const inChannel = () => kept.filter(({ channel, thread }) => channel === 'CGEN' && !thread);
const notes = () => kept.filter(({ thread }) => thread !== null).map(({ text }) => text);
const toldTo = (user: string) => kept.filter(({ channel }) => channel === user);

const WAITS: readonly [string, ReturnType<Method>][] = [
  ['429', 120],
  ['ratelimited', refused('ratelimited')],
];
const LOST: readonly [string, ReturnType<Method>][] = [
  ['internal_error', refused('internal_error')],
  ['request_timeout', refused('request_timeout')],
  ['a broken connection', 'broken'],
];

describe('a new message', () => {
  test.each(WAITS)('waits as long as Slack says: %s', async (_name, answer) => {
    const lab = startAlertLab(slack.apiUrl);
    instead['chat.postMessage'] = [answer];
    await lab.pass(5);
    expect(inChannel()).toHaveLength(1);
    expect(calls('chat.postMessage')).toHaveLength(2);
    expect(calls('conversations.history')).toEqual([]);
  });

  test('is posted once, however slowly Slack refuses its blocks before', async () => {
    const lab = startAlertLab(slack.apiUrl);
    const work = slack.methods['chat.postMessage'] as Method;
    const others: Promise<void>[] = [];
    slack.methods['chat.postMessage'] = (args) => {
      if (others.length === 2) return work(args);
      lab.wait(0.25);
      // Another process on the same database.
      lab.restart();
      others.push(lab.run());
      return refused('invalid_blocks');
    };
    await lab.run();
    await Promise.all(others);
    expect(inChannel()).toHaveLength(1);
    expect(calls('conversations.history')).toEqual([]);
  });

  test.each(LOST)('is found where its answer got lost: %s', async (_name, answer) => {
    const lab = startAlertLab(slack.apiUrl);
    instead['chat.postMessage'] = [answer];
    isDone = true;
    await lab.pass(3);
    lab.restart();
    await lab.pass(10);
    expect(inChannel()).toHaveLength(1);
    expect(lab.posts()).toMatchObject([{ ts: inChannel()[0]?.ts }]);
  });

  test.each(LOST)('is posted where it was not before: %s', async (_name, answer) => {
    const lab = startAlertLab(slack.apiUrl);
    instead['chat.postMessage'] = [answer];
    await lab.pass(10);
    expect(inChannel()).toHaveLength(1);
  });

  test('goes without its picture where Slack does not take that', async () => {
    const lab = startAlertLab(slack.apiUrl);
    instead['chat.postMessage'] = Array(3).fill(refused('invalid_blocks'));
    await lab.pass(2);
    expect(inChannel()[0]?.blocks).toContain('Acknowledge');
    expect(inChannel()[0]?.blocks).not.toContain('"image"');
  });

  test('goes bare where Slack takes no blocks at all', async () => {
    const lab = startAlertLab(slack.apiUrl);
    instead['chat.postMessage'] = Array(4).fill(refused('invalid_blocks'));
    await lab.pass(2);
    expect(inChannel()).toMatchObject([{ blocks: '', text: expect.stringContaining('low') }]);
  });

  test('has no picture where none can be uploaded', async () => {
    const lab = startAlertLab(slack.apiUrl);
    instead['files.completeUploadExternal'] = Array(20).fill(refused('internal_error'));
    await lab.pass(2);
    expect(inChannel()).toHaveLength(1);
  });

  test.each(['channel_not_found', 'is_archived', 'not_in_channel'])(
    'that is refused gives the channel up, and who chose it is told once: %s',
    async (code) => {
      const lab = startAlertLab(slack.apiUrl);
      instead['chat.postMessage'] = [refused(code)];
      await lab.pass(10);
      expect(inChannel()).toEqual([]);
      expect(toldTo('UADA')).toHaveLength(1);
      expect(toldTo('UADA')[0]?.text).toContain(`(${code})`);
      expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toBeUndefined();
      setAlertPlace(lab.db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
      await lab.pass(3);
      expect(inChannel()).toHaveLength(1);
    },
  );

  test.each(['token_revoked', 'invalid_auth', 'team_added_to_org', 'missing_scope'])(
    'waits for a bot that is locked out, and its channel stays: %s',
    async (code) => {
      const lab = startAlertLab(slack.apiUrl);
      const work = slack.methods['chat.postMessage'] as Method;
      slack.methods['chat.postMessage'] = () => refused(code);
      await lab.pass(8);
      expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toMatchObject({ channelId: 'CGEN' });
      slack.methods['chat.postMessage'] = work;
      await lab.pass(15);
      expect(inChannel()).toHaveLength(1);
    },
  );

  test('of which nobody can be told is given up when somebody can', async () => {
    const lab = startAlertLab(slack.apiUrl);
    let isDown = true;
    const post = slack.methods['chat.postMessage'] as Method;
    slack.methods['chat.postMessage'] = (args) => {
      if (args.get('channel') === 'CGEN') return refused('is_archived');
      return isDown ? 30 : post(args);
    };
    await lab.pass(8);
    expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toBeDefined();
    isDown = false;
    await lab.pass(12);
    expect(toldTo('UADA')).toHaveLength(1);
    expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toBeUndefined();
  });

  test('that is in doubt where nobody may look any more is not posted a second time', async () => {
    const lab = startAlertLab(slack.apiUrl);
    instead['chat.postMessage'] = ['broken'];
    instead['conversations.history'] = [refused('not_in_channel')];
    isDone = true;
    await lab.pass(10);
    setAlertPlace(lab.db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
    await lab.pass(10);
    expect(inChannel()).toHaveLength(1);
  });

  test('that is in doubt where nobody may look any more is not lost without a word', async () => {
    const lab = startAlertLab(slack.apiUrl);
    instead['chat.postMessage'] = ['broken'];
    instead['conversations.history'] = [refused('not_in_channel')];
    await lab.pass(10);
    expect(inChannel()).toEqual([]);
    expect(toldTo('UADA').map(({ text }) => text)).toEqual([
      expect.stringContaining('(not_in_channel)'),
    ]);
    expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toBeUndefined();
  });

  test('that was not there after all, and is refused then, gives the channel up', async () => {
    const lab = startAlertLab(slack.apiUrl);
    instead['chat.postMessage'] = ['broken', refused('is_archived')];
    await lab.pass(10);
    expect(inChannel()).toEqual([]);
    expect(toldTo('UADA')).toHaveLength(1);
    expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toBeUndefined();
  });

  test('that was found, and is gone when it is to be brought up to date, bothers nobody', async () => {
    const lab = startAlertLab(slack.apiUrl);
    instead['chat.postMessage'] = ['broken'];
    instead['chat.update'] = [refused('message_not_found')];
    isDone = true;
    await lab.pass(1);
    acknowledgeIncident(lab.db, 1, 'UADA');
    await lab.pass(10);
    expect(calls('chat.update')).toHaveLength(1);
    expect(toldTo('UADA')).toEqual([]);
    expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toBeDefined();
  });
});

describe('what has changed', () => {
  async function told() {
    const lab = startAlertLab(slack.apiUrl);
    await lab.pass(1);
    acknowledgeIncident(lab.db, 1, 'UADA');
    return lab;
  }

  test.each([...WAITS, ...LOST])('is shown later: %s', async (_name, answer) => {
    const lab = await told();
    instead['chat.update'] = [answer];
    await lab.pass(8);
    expect(inChannel()[0]?.blocks).toContain('acknowledged');
    expect(notes()).toEqual(['Somebody acknowledged incident 1 (downloads of low).']);
  });

  test('is shown without the picture that Slack does not take', async () => {
    const lab = await told();
    instead['chat.update'] = Array(3).fill(refused('invalid_blocks'));
    await lab.pass(3);
    expect(inChannel()[0]?.blocks).toContain('acknowledged');
    lab.recover();
    await lab.pass(3);
    expect(notes()).toHaveLength(2);
  });

  test('is followed no more where Slack takes no look of it, and the channel is kept', async () => {
    const lab = await told();
    instead['chat.update'] = Array(5).fill(refused('invalid_blocks'));
    await lab.pass(3);
    lab.recover();
    await lab.pass(5);
    expect(calls('chat.update')).toHaveLength(5);
    expect(notes()).toEqual([]);
    expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toBeDefined();
  });

  test('ends quietly where a note is in doubt and nobody may look any more', async () => {
    const lab = await told();
    instead['chat.postMessage'] = ['broken'];
    instead['conversations.replies'] = [refused('thread_not_found')];
    isDone = true;
    await lab.pass(10);
    expect(notes()).toHaveLength(1);
    expect(toldTo('UADA')).toEqual([]);
    expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toBeDefined();
  });

  test.each(WAITS)('is noted as late as Slack says: %s', async (_name, answer) => {
    const lab = await told();
    instead['chat.postMessage'] = [answer];
    await lab.pass(6);
    expect(notes()).toEqual(['Somebody acknowledged incident 1 (downloads of low).']);
    expect(calls('conversations.replies')).toEqual([]);
  });

  test.each(LOST)('is noted once where the answer got lost: %s', async (_name, answer) => {
    const lab = await told();
    instead['chat.postMessage'] = [answer];
    isDone = true;
    await lab.pass(10);
    expect(notes()).toEqual(['Somebody acknowledged incident 1 (downloads of low).']);
  });

  test.each(['message_not_found', 'channel_not_found', 'is_archived'])(
    'is followed no more where the message is gone, and nobody is bothered: %s',
    async (code) => {
      const lab = await told();
      instead['chat.update'] = [refused(code)];
      await lab.pass(5);
      lab.recover();
      await lab.pass(5);
      expect(calls('chat.update')).toHaveLength(1);
      expect(kept).toHaveLength(1);
      expect(alertPlaceOf(lab.db, 'T1', 'alerts')).toBeDefined();
    },
  );

  test.each(['edit_window_closed', 'cant_update_message'])(
    'is told in the thread where nobody may edit the message: %s',
    async (code) => {
      const lab = await told();
      slack.methods['chat.update'] = () => refused(code);
      await lab.pass(3);
      lab.recover();
      await lab.pass(3);
      expect(notes().at(-1)).toMatch(/^Incident 1 is over/);
    },
  );

  test('ends quietly where the thread takes no note', async () => {
    const lab = await told();
    instead['chat.postMessage'] = [refused('thread_not_found')];
    await lab.pass(5);
    expect(notes()).toEqual([]);
    expect(toldTo('UADA')).toEqual([]);
    expect(lab.posts().filter(({ outcome }) => outcome === 'refused')).toHaveLength(1);
  });
});

/** More of them take longer: ALERT_SEEDS=500 npx vitest run tests/alerts/refusals.test.ts */
const SEEDS = Number(process.env.ALERT_SEEDS ?? 12);
const WRONG: readonly ReturnType<Method>[] = [
  'broken',
  30,
  200,
  refused('internal_error'),
  refused('service_unavailable'),
];

test(
  'whatever goes wrong how often, a drop is told once and each change is noted once',
  async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const next = random(seed);
      let trouble = next() * 0.9;
      // Uploads have a patience of their own, in real time.
      kept = keepMessages(slack, (name, work) => (args) => {
        if (!/^(chat|conversations)/.test(name) || next() >= trouble) return work(args);
        const wrong = WRONG[Math.floor(next() * WRONG.length)] ?? 'broken';
        // Who is told to wait has not been served.
        if (typeof wrong !== 'number' && next() < 0.5) work(args);
        return wrong;
      });
      const lab = startAlertLab(slack.apiUrl);
      for (const change of [
        () => {},
        () => acknowledgeIncident(lab.db, 1, 'UADA'),
        () => lab.recover(),
      ]) {
        change();
        for (let part = 0; part < 4; part++) {
          await lab.pass(3);
          if (next() < 0.4) lab.restart();
        }
        const before = trouble;
        trouble = 0;
        await lab.pass(30);
        trouble = before;
      }
      // By then it can't be low again any more.
      lab.wait(10 * 24 * 60);
      trouble = 0;
      await lab.pass(5);
      const marks = kept.map(({ metadata }) => JSON.stringify(metadata.event_payload));
      expect(new Set(marks).size, `seed ${seed}`).toBe(marks.length);
      expect(inChannel(), `seed ${seed}`).toHaveLength(1);
      expect(
        notes().map((text) => / (acknowledged|is over)/.exec(text)?.[1]),
        `seed ${seed}`,
      ).toEqual(['acknowledged', 'is over']);
      expect(lab.posts().every(({ ts, outcome }) => ts !== null && outcome === 'done')).toBe(true);
    }
  },
  60_000 + SEEDS * 1000,
);
