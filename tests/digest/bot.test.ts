import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertPlaceOf } from '../../db/alert-places.ts';
import { listSubscriptions } from '../../db/subscriptions.ts';
import type { LiveEvent, PlaygroundMessage, View } from '../../playground/protocol.ts';
import type { SampleChannel, SampleUser } from '../../playground/workspace.ts';
import { eventually, listenAs, pageOf } from '../playground/server/workspace.ts';
import { type SampleBot, startSampleBot } from '../sample-bot.ts';

let world: SampleBot;
let berliner: SampleUser;
beforeAll(async () => {
  world = await startSampleBot({ GITHUB_API_URL: 'http://127.0.0.1:9' });
  const inBerlin = ({ tz, isBot }: SampleUser) => tz === 'Europe/Berlin' && !isBot;
  berliner = world.sample.users.find(inBerlin) as SampleUser;
});
afterAll(() => world?.stop());

/** Types `text` and answers with the first thing that the bot then says to them alone. */
/** What only the person who is listening sees. */
const isAnswer = (event: LiveEvent) =>
  event.type === 'message' && event.message.visibleOnlyTo !== undefined;

async function say(text: string, channel = world.general, user = berliner) {
  const live = await listenAs(world.server, user.id);
  const { status, body } = await pageOf(world.server, user.id).say(channel.id, text);
  expect(status, JSON.stringify(body)).toBe(200);
  const answer = await eventually(() => {
    const found = live.events.find(isAnswer);
    if (found?.type !== 'message') throw new Error('no answer yet');
    return found.message;
  });
  live.close();
  return answer;
}

function wordsOf({ blocks }: PlaygroundMessage): string {
  const texts: string[] = [];
  JSON.stringify(blocks, (key, value) => {
    if (key === 'text' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}

const kept = () => listSubscriptions(world.db, world.sample.team.id);
const posted = async (channel: SampleChannel, thread?: string) => {
  const more = thread === undefined ? '' : `&thread=${thread}`;
  const { messages } = await pageOf(world.server, world.insider.id).messages(channel.id, more);
  return messages.filter(
    ({ user, ts, visibleOnlyTo }) =>
      user === world.sample.bot.userId && ts !== thread && visibleOnlyTo === undefined,
  );
};

describe('/metrics subscribe', () => {
  test('says when, in the zone of the asker; asking again changes it', async () => {
    const schedule = /Every Monday at 9:00 in Europe\/Berlin, next on Monday, \d+ \w+ at 9:00\./;
    expect(wordsOf(await say('/metrics subscribe'))).toMatch(schedule);
    expect(kept()).toMatchObject([{ every: 'week', minute: 540, userId: berliner.id }]);
    expect(wordsOf(await say('/metrics subscribe fri 17:30 in tokyo quiet'))).toMatch(
      /Every Friday at 17:30 in Asia\/Tokyo, next on Friday, .* nothing is posted/,
    );
    expect(wordsOf(await say('/metrics subscribe'))).toMatch(
      /Every Friday at 17:30 in Asia\/Tokyo/,
    );
    expect(kept()).toMatchObject([{ every: 'week', onDay: 5, whenQuiet: 'nothing' }]);
    expect(wordsOf(await say('/metrics subscribe daily 8:00 in UTC'))).toMatch(
      /Every day at 8:00 in UTC, next on \w+day, /,
    );
    expect(kept()).toHaveLength(2);
    expect(wordsOf(await say('/metrics subscribe monthly 3'))).toMatch(
      /On the 3rd of every month at 9:00 in Europe\/Berlin, next on /,
    );
    expect(wordsOf(await say('/metrics subscriptions'))).toMatch(
      /#general\n.*Every day at 8:00 in UTC[\s\S]*On the 3rd[\s\S]*Every Friday/,
    );
    expect(wordsOf(await say('/metrics unsubscribe daily'))).toMatch(
      /no longer gets a daily digest/,
    );
    expect(wordsOf(await say('/metrics unsubscribe'))).toMatch(
      /no longer gets a monthly or weekly digest/,
    );
    expect(wordsOf(await say('/metrics unsubscribe'))).toMatch(/no digest yet/);
    expect(wordsOf(await say('/metrics subscriptions'))).toMatch(
      /No channel that you may see gets a digest yet/,
    );
  });

  test('without anything new leaves it alone, so that what is due stays due', async () => {
    const since = () => kept()[0]?.since;
    await say('/metrics subscribe weekly 9:00');
    const before = since();
    await say('/metrics subscribe');
    await say('/metrics subscribe quiet');
    expect(since()).toBe(before);
    expect(kept()).toMatchObject([{ whenQuiet: 'nothing' }]);
    await say('/metrics subscribe 9:01');
    expect(since()).not.toBe(before);
    await say('/metrics unsubscribe');
  });

  test('where Monday begins early, waits until the week is over', async () => {
    expect(wordsOf(await say('/metrics subscribe in Pacific/Auckland'))).toMatch(
      /Every Monday at 13:00 in Pacific\/Auckland/,
    );
    expect(wordsOf(await say('/metrics subscribe 9:00'))).toMatch(
      /A week ends at midnight UTC, which is 1[23]:00 there/,
    );
    await say('/metrics unsubscribe');
  });

  test.each([
    ['/metrics subscribe in Europe/Berlni', /Did you mean Europe\/Berlin/],
    ['/metrics subscribe weekly noday', /I don’t know “noday”/],
    ['/metrics subscribe now', /no digest yet/],
    ['/metrics subscribe preview hourly', /“hourly” is no kind of digest/],
  ])('%s gets a helpful answer', async (text, answer) => {
    expect(wordsOf(await say(text))).toMatch(answer);
    expect(kept()).toEqual([]);
  });

  test('where the bot is not, it asks to be invited', async () => {
    const { store } = world.server;
    store.channels.leave(world.general.id, world.sample.bot.userId);
    expect(wordsOf(await say('/metrics subscribe'))).toMatch(/not in this channel: .*\/invite/);
    store.channels.join(world.general.id, world.sample.bot.userId);
    expect(kept()).toEqual([]);
  });

  test.each([
    ['subscribe', /A digest is that of a channel: type this there/],
    ['send now', /A digest is that of a channel/],
    ['preview', /A digest is that of a channel/],
    ['unsubscribe', /A digest is that of a channel/],
    ['alerts here', /Alerts are posted in a channel: type this in the one/],
  ])('in a direct message it says where it belongs: %s', async (typed, where) => {
    const direct = world.server.store.channels.direct(berliner.id);
    const channel = { ...world.general, id: direct.id };
    expect(wordsOf(await say(`/metrics ${typed}`, channel))).toMatch(where);
    expect(alertPlaceOf(world.db, world.sample.team.id, 'alerts')).toBeUndefined();
  });

  test('what a private channel gets is listed for its members only', async () => {
    await say('/metrics subscribe', world.maintainers, world.insider);
    const list = (user: SampleUser) => say('/metrics subscriptions', world.general, user);
    expect(wordsOf(await list(world.insider))).toMatch(/#maintainers/);
    expect(wordsOf(await list(world.outsider))).toMatch(
      /No channel that you may see gets a digest/,
    );
    await say('/metrics unsubscribe', world.maintainers, world.insider);
  });
});

describe('the digest', () => {
  test('has the sections that /metrics summary has', async () => {
    const titles = ['What changed', 'Who made it happen', 'Releases', 'Alerts'];
    for (const asked of ['/metrics summary', '/metrics subscribe preview']) {
      const said = wordsOf(await say(asked)).split('\n');
      expect(said.filter((text) => titles.includes(text))).toEqual(titles);
    }
  });

  test('is shown to the asker alone, with its picture', async () => {
    const shown = await say('/metrics subscribe preview');
    expect(shown.blocks?.some(({ type }) => type === 'image')).toBe(true);
    expect(wordsOf(shown)).toMatch(/Week of .*[\s\S]*Only you see this[\s\S]*Sample data/);
    expect(kept()).toEqual([]);
  });

  test('is posted now, once, with nothing private in a public channel', async () => {
    await say('/metrics subscribe');
    const before = (await posted(world.general)).length;
    expect(wordsOf(await say('/metrics subscribe now'))).toMatch(/The weekly digest is posted\./);
    const all = await posted(world.general);
    expect(all.length).toBe(before + 1);
    const message = all.at(-1);
    expect(JSON.stringify(message?.blocks)).not.toMatch(/"type":"user"|maintainers/);
    expect(message?.text).toMatch(/^Week of /);
    await say('/metrics unsubscribe');
  });
});

describe('/metrics subscribe choose', () => {
  async function opened(): Promise<{ view: View; close(): void }> {
    const live = await listenAs(world.server, berliner.id);
    await pageOf(world.server, berliner.id).say(world.general.id, '/metrics subscribe choose');
    return eventually(() => {
      const found = live.events.find(({ type }) => type === 'view');
      if (found?.type !== 'view') throw new Error('no window yet');
      // The answer to the command comes after it, and is not to be taken for one to the next.
      if (!live.events.some(isAnswer)) throw new Error('no answer yet');
      return { view: found.view, close: live.close };
    });
  }
  const submit = (viewId: string, when: string, subjects: string[], sections: string[]) =>
    pageOf(world.server, berliner.id).post('views/submit', {
      viewId,
      values: {
        when: { value: { type: 'plain_text_input', value: when } },
        sections: { value: { type: 'checkboxes', selected_options: options(sections) } },
        subjects: { value: { type: 'multi_static_select', selected_options: options(subjects) } },
        quiet: { value: { type: 'radio_buttons', selected_option: options(['nothing'])[0] } },
      },
    });
  const options = (values: string[]) =>
    values.map((value) => ({ text: { type: 'plain_text', text: value }, value }));

  test('says what is wrong, keeps what was chosen, and shows it the next time', async () => {
    const { view, close } = await opened();
    expect(JSON.stringify(view.blocks)).toContain('weekly monday 9:00 in Europe/Berlin');
    const names = [
      ...JSON.stringify(view.blocks).matchAll(/"text":"([^"]* \((?:GitHub|PyPI|Docker Hub)\))"/g),
    ];
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names.map(([, name]) => name)).size).toBe(names.length);
    const { body } = await submit(view.id, 'weekly mondya', [], ['changes']);
    expect(body.errors).toEqual({ when: expect.stringMatching(/Did you mean monday/) });
    const subject = world.db
      .prepare('SELECT id FROM subject WHERE tracked_at IS NOT NULL LIMIT 1')
      .pluck()
      .get() as number;
    const chosen = ['changes', 'releases'];
    expect((await submit(view.id, 'daily 7:00 in UTC', [String(subject)], chosen)).body).toEqual(
      {},
    );
    expect(kept()).toMatchObject([
      { every: 'day', minute: 420, sections: chosen, subjectIds: [subject], whenQuiet: 'nothing' },
    ]);
    close();
    await pageOf(world.server, berliner.id).post('views/close', { viewId: view.id });
    const again = await opened();
    const shown = JSON.stringify(again.view.blocks);
    expect(shown).toContain('daily 7:00 in UTC');
    expect(shown).toMatch(/"initial_options":\[\{[^\]]*"changes"[^\]]*"releases"/);
    again.close();
    expect(wordsOf(await say('/metrics subscriptions'))).toMatch(
      /; only changes and releases; of \w+:[^;]+; nothing when/,
    );
    expect((await submit(again.view.id, 'weekly', [], chosen)).body).toEqual({});
    expect(kept()).toMatchObject([{ every: 'week', minute: 420, zone: 'UTC' }]);
    await say('/metrics unsubscribe');
  });
});
