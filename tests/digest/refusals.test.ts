import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listSubscriptions } from '../../db/subscriptions.ts';
import { type FakeSlack, type Method, startFakeSlack } from '../slack/fake-slack.ts';
import { uploads } from '../slack/kept-messages.ts';
import { DAY, edition, HOUR, MINUTE, SETTLE, weekly } from './edition.ts';
import { startLab } from './lab.ts';

/** A Slack that keeps what is posted, and can be told to misbehave. */
let slack: FakeSlack;
/** What stands in the channel. */
let kept: { ts: string; thread?: string; metadata: unknown; blocks: string }[];
/** What the next posts are answered with instead. */
let instead: Method[];
/** Whether a post that is answered otherwise is kept all the same. */
let isKept: boolean;

const post: Method = (args) => {
  const channel = args.get('channel') ?? '';
  const other = channel.startsWith('U') ? undefined : instead.shift();
  const ts = `17000000${String(kept.length).padStart(2, '0')}.000000`;
  const metadata = JSON.parse(args.get('metadata') ?? 'null');
  const thread = args.get('thread_ts');
  const blocks = args.get('blocks') ?? '';
  if (!other || isKept) kept.push({ ts, metadata, blocks, ...(thread !== null && { thread }) });
  return other ? other(args) : { ok: true, ts };
};
const refuse = (error: string): Method => {
  return () => ({ ok: false, error });
};

beforeEach(async () => {
  slack = await startFakeSlack();
  kept = [];
  instead = [];
  isKept = false;
  const inThread = (thread: string | null) => {
    return () => ({
      ok: true,
      messages: kept.filter((one) => (one.thread ?? null) === thread),
    });
  };
  Object.assign(slack.methods, {
    'conversations.info': () => ({ ok: true, channel: { id: 'CGEN', is_private: false } }),
    'conversations.history': inThread(null),
    'conversations.replies': (args: URLSearchParams) => inThread(args.get('ts'))(),
    'chat.postMessage': post,
    ...uploads(slack),
  });
});
afterEach(() => slack.stop());

const calls = (method: string) => slack.calls.filter((call) => call.startsWith(`${method}?`));
const parts = () =>
  kept.flatMap(({ metadata }) => {
    const payload = (metadata as { event_payload?: { part: string } } | null)?.event_payload;
    return payload ? [payload.part] : [];
  });
const inChannel = () => kept.filter(({ metadata }) => metadata !== null).length;

/** Lets the minutes of `ms` pass. */
async function pass(lab: ReturnType<typeof startLab>, ms: number): Promise<void> {
  for (let at = 0; at < ms; at += MINUTE) {
    lab.clock.go(MINUTE);
    await lab.digests.run();
  }
}

describe('Slack wants us to wait', () => {
  test('so the digest waits as long as it says', async () => {
    const lab = startLab(slack.apiUrl);
    instead = [() => 300];
    await lab.digests.run();
    await pass(lab, 4 * MINUTE);
    expect(calls('chat.postMessage')).toHaveLength(1);
    await pass(lab, MINUTE);
    expect(parts()).toEqual(['message', 'details']);
    expect(calls('conversations.history')).toEqual([]);
  });

  test('with the details only: the message is not repeated', async () => {
    const lab = startLab(slack.apiUrl);
    const pass1: Method = () => {
      kept.push({
        ts: '1700000099.000000',
        metadata: { event_payload: { part: 'message' } },
        blocks: '',
      });
      return { ok: true, ts: '1700000099.000000' };
    };
    instead = [pass1, () => 60];
    await lab.digests.run();
    await pass(lab, 2 * MINUTE);
    expect(parts()).toEqual(['message', 'details']);
    expect(kept[1]?.thread).toBe('1700000099.000000');
    expect(lab.rows()).toMatchObject([{ outcome: 'posted' }]);
  });
});

describe('an answer that got lost', () => {
  test.each([
    ['internal_error', refuse('internal_error')],
    ['fatal_error', refuse('fatal_error')],
    ['a broken connection', () => 'broken' as const],
  ])('%s, after the message was posted: it is found and not repeated', async (_name, answer) => {
    const lab = startLab(slack.apiUrl);
    instead = [answer];
    isKept = true;
    await lab.digests.run();
    expect(parts()).toEqual(['message']);
    isKept = false;
    await pass(lab, 3 * MINUTE);
    expect(parts()).toEqual(['message', 'details']);
    expect(lab.rows()).toMatchObject([{ ts: kept[0]?.ts, outcome: 'posted' }]);
    expect(calls('conversations.history')[0]).toContain('include_all_metadata=true');
  });

  test('of the details: found in the thread', async () => {
    const lab = startLab(slack.apiUrl);
    instead = [];
    slack.methods['chat.postMessage'] = (args) => {
      const answer = post(args);
      return args.get('thread_ts') === null ? answer : { ok: false, error: 'fatal_error' };
    };
    await lab.digests.run();
    await pass(lab, 3 * MINUTE);
    expect(parts()).toEqual(['message', 'details']);
    expect(lab.rows()).toMatchObject([{ details_ts: kept[1]?.ts, outcome: 'posted' }]);
  });

  test('before the message was posted: it is posted after all', async () => {
    const lab = startLab(slack.apiUrl);
    instead = [refuse('internal_error')];
    await lab.digests.run();
    expect(parts()).toEqual([]);
    expect(lab.rows()).toMatchObject([{ ts: null, outcome: null }]);
    await pass(lab, 2 * MINUTE);
    expect(parts()).toEqual(['message', 'details']);
  });

  test('is looked for only once Slack can’t be at it any more, and only where Slack answers', async () => {
    const lab = startLab(slack.apiUrl);
    instead = [refuse('internal_error')];
    await lab.digests.run();
    lab.clock.go(SETTLE - 1);
    await lab.digests.run();
    expect(calls('conversations.history')).toEqual([]);
    const history = slack.methods['conversations.history'] as Method;
    slack.methods['conversations.history'] = () => ({ ok: false, error: 'service_unavailable' });
    await pass(lab, 5 * MINUTE);
    expect(calls('conversations.history').length).toBeGreaterThan(1);
    expect(parts()).toEqual([]);
    slack.methods['conversations.history'] = history;
    await pass(lab, 2 * MINUTE);
    expect(parts()).toEqual(['message', 'details']);
  });

  test('is looked for on every page, and nothing else is taken for it', async () => {
    const lab = startLab(slack.apiUrl);
    instead = [refuse('internal_error')];
    isKept = true;
    await lab.digests.run();
    isKept = false;
    const own = kept[0]?.metadata as { event_type: string; event_payload: object };
    const other = [
      { ts: '1.1' },
      { ts: '1.2', metadata: { event_type: own.event_type } },
      { ts: '1.3', metadata: { ...own, event_payload: { id: 'other', part: 'message' } } },
      { ts: '1.4', metadata: { ...own, event_payload: { ...own.event_payload, part: 'details' } } },
      { ts: '1.5', metadata: { ...own, event_type: 'something_else' } },
    ];
    slack.methods['conversations.history'] = (args) =>
      args.get('cursor') === 'next'
        ? { ok: true, messages: [kept[0]] }
        : { ok: true, messages: other, response_metadata: { next_cursor: 'next' } };
    await pass(lab, 2 * MINUTE);
    expect(parts()).toEqual(['message', 'details']);
    expect(lab.rows()).toMatchObject([{ ts: kept[0]?.ts }]);
  });

  test('too old to be posted again is still looked for', async () => {
    const lab = startLab(slack.apiUrl);
    instead = [refuse('internal_error')];
    isKept = true;
    await lab.digests.run();
    isKept = false;
    lab.clock.go(5 * DAY);
    await lab.digests.run();
    expect(parts()).toEqual(['message', 'details']);
    const late = startLab(slack.apiUrl);
    kept = [];
    instead = [refuse('internal_error')];
    await late.digests.run();
    late.clock.go(5 * DAY);
    await late.digests.run();
    expect(parts()).toEqual([]);
    expect(late.rows()).toMatchObject([{ outcome: 'missed' }]);
  });
});

test('Slack refuses the blocks so slowly that another process would take it over: it is posted once', async () => {
  const lab = startLab(slack.apiUrl);
  const { db, clock } = lab;
  const other = startLab(slack.apiUrl, { db, clock, wanted: [] });
  let others: Promise<void> = Promise.resolve();
  const slowly: Method = (args) => {
    clock.go(SETTLE / 2);
    others = other.digests.run();
    return refuse('invalid_blocks')(args);
  };
  instead = [slowly, slowly];
  await lab.digests.run();
  await others;
  expect(parts()).toEqual(['message', 'details']);
  expect(calls('conversations.history')).toEqual([]);
});

describe('Slack refuses for good', () => {
  test.each(['channel_not_found', 'is_archived', 'not_in_channel', 'some_new_code'])(
    '%s: the subscription is paused, and its subscriber told once',
    async (code) => {
      const lab = startLab(slack.apiUrl);
      instead = [refuse(code)];
      await lab.digests.run();
      await pass(lab, 10 * MINUTE);
      expect(inChannel()).toBe(0);
      expect(kept).toHaveLength(1);
      expect(calls('chat.postMessage')).toHaveLength(2);
      expect(calls('chat.postMessage')[1]).toContain('channel=UADA');
      expect(kept[0]?.blocks).toContain('The weekly digest of the channel you chose is paused');
      expect(listSubscriptions(lab.db, 'T1')).toMatchObject([{ paused: code }]);
      lab.clock.go(7 * DAY);
      await lab.digests.run();
      expect(calls('chat.postMessage')).toHaveLength(2);
    },
  );

  test('a channel that is gone is seen before anything is written', async () => {
    slack.methods['conversations.info'] = refuse('channel_not_found');
    const lab = startLab(slack.apiUrl);
    await lab.digests.run();
    expect(listSubscriptions(lab.db, 'T1')).toMatchObject([{ paused: 'channel_not_found' }]);
    expect(calls('files.getUploadURLExternal')).toEqual([]);
  });

  test.each(['account_inactive', 'token_revoked', 'team_added_to_org', 'ekm_access_denied'])(
    'a bot that is locked out pauses nothing, and goes on when it is let in: %s',
    async (code) => {
      const lab = startLab(slack.apiUrl);
      slack.methods['chat.postMessage'] = refuse(code);
      await pass(lab, HOUR);
      expect(listSubscriptions(lab.db, 'T1')).toMatchObject([{ paused: null }]);
      slack.methods['chat.postMessage'] = post;
      await pass(lab, 15 * MINUTE);
      expect(parts()).toEqual(['message', 'details']);
    },
  );

  test('that it was locked out for too long is told once it is let in', async () => {
    const lab = startLab(slack.apiUrl);
    slack.methods['chat.postMessage'] = refuse('token_revoked');
    await lab.digests.run();
    lab.clock.go(4 * DAY);
    await pass(lab, 30 * MINUTE);
    expect(lab.rows()).toMatchObject([{ outcome: null }]);
    slack.methods['chat.postMessage'] = post;
    await pass(lab, HOUR);
    expect(lab.rows()).toMatchObject([{ outcome: 'missed' }]);
    expect(kept.map(({ blocks }) => blocks)).toEqual([
      expect.stringContaining('could not be posted in time'),
    ]);
  });

  test('one that fails holds up no other', async () => {
    const wanted = [weekly, { ...weekly, channelId: 'CSEC' }, { ...weekly, channelId: 'CTOO' }];
    const lab = startLab(slack.apiUrl, {
      wanted,
      write: (_db, _wanted, viewer) => {
        if (viewer.privateChannelIds.length > 0) throw new TypeError('a mistake of ours');
        return edition({ sections: [], details: [] });
      },
    });
    slack.methods['conversations.info'] = (args) => ({
      ok: true,
      channel: { id: args.get('channel'), is_private: args.get('channel') === 'CSEC' },
    });
    instead = [refuse('is_archived')];
    await lab.digests.run();
    expect(parts()).toEqual(['message']);
    expect(lab.rows().map(({ outcome }) => outcome)).toEqual(['refused', null, 'posted']);
    await pass(lab, HOUR);
    expect(parts()).toEqual(['message']);
  });
});

describe('the picture', () => {
  const isPictured = (blocks = '') => blocks.includes('"type":"image"');

  test('that Slack does not take is tried again, and left out then', async () => {
    const lab = startLab(slack.apiUrl);
    instead = Array(3).fill(refuse('invalid_blocks'));
    await lab.digests.run();
    expect(
      calls('chat.postMessage')
        .slice(0, 4)
        .map((call) => isPictured(decodeURIComponent(call))),
    ).toEqual([true, true, true, false]);
    expect(parts()).toEqual(['message', 'details']);
    expect(kept[0]?.blocks).toContain('Week of 16 Nov 2026');
  });

  test('that can’t be uploaded is left out', async () => {
    slack.methods['files.getUploadURLExternal'] = refuse('missing_scope');
    await startLab(slack.apiUrl).digests.run();
    expect(parts()).toEqual(['message', 'details']);
    expect(isPictured(kept[0]?.blocks)).toBe(false);
  });

  test('and words that Slack does not take leave the headline', async () => {
    const lab = startLab(slack.apiUrl, { write: () => edition({ isQuiet: true }) });
    instead = [refuse('invalid_blocks')];
    await lab.digests.run();
    expect(parts()).toEqual(['message']);
    expect(kept[0]?.blocks).toBe('');
  });
});
