import { expect, test } from 'vitest';
import { acknowledgeIncident } from '../../db/incidents.ts';
import { startAlertLab } from '../alerts/lab.ts';
import { DAY, MINUTE } from '../digest/edition.ts';
import { startLab } from '../digest/lab.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { type Kept, keepMessages } from './kept-messages.ts';

/** The clients wait ten seconds for an answer: these tests do so side by side. */
const LONG = 60_000;

/** A Slack that says nothing to the `at`-th call of a method, and does what it asks for or not. */
async function silentAt(
  method: string,
  at: number,
  isDone: boolean,
): Promise<{ slack: FakeSlack; kept: Kept[] }> {
  const slack = await startFakeSlack();
  slack.methods['conversations.info'] = () => ({ ok: true, channel: { is_private: false } });
  let calls = 0;
  const kept = keepMessages(slack, (name, work) => (args) => {
    if (name === method) calls += 1;
    if (name !== method || calls !== at) return work(args);
    if (isDone) work(args);
    return 'silence';
  });
  return { slack, kept };
}

const marksOf = (kept: readonly Kept[]) =>
  kept.map(({ metadata }) => JSON.stringify(metadata.event_payload));

test.concurrent.each([
  ['the message, which was made', 1, true],
  ['the message, which was not made', 1, false],
  ['the note in its thread, which was made', 2, true],
  ['the note in its thread, which was not made', 2, false],
])(
  'an alert is told once where Slack never answers to %s',
  async (_what, at, isDone) => {
    const { slack, kept } = await silentAt('chat.postMessage', at, isDone);
    const lab = startAlertLab(slack.apiUrl);
    await lab.pass(4);
    acknowledgeIncident(lab.db, 1, 'UADA');
    await lab.pass(4);
    expect(kept.map(({ thread }) => thread)).toEqual([null, kept[0]?.ts]);
    expect(new Set(marksOf(kept)).size).toBe(2);
    expect(lab.posts().every(({ ts }) => ts !== null)).toBe(true);
    await slack.stop();
  },
  LONG,
);

test.concurrent(
  'what has changed is shown once more where Slack never answers to it',
  async () => {
    const { slack, kept } = await silentAt('chat.update', 1, false);
    const lab = startAlertLab(slack.apiUrl);
    await lab.pass(1);
    acknowledgeIncident(lab.db, 1, 'UADA');
    await lab.pass(8);
    expect(kept[0]?.blocks).toContain('acknowledged');
    expect(kept.map(({ text }) => text).slice(1)).toEqual([
      'Somebody acknowledged incident 1 (downloads of low).',
    ]);
    await slack.stop();
  },
  LONG,
);

test.concurrent.each([
  ['the message, which was made', 1, true],
  ['the message, which was not made', 1, false],
  ['the details, which were made', 2, true],
  ['the details, which were not made', 2, false],
])(
  'a digest is there once where Slack never answers to %s',
  async (_what, at, isDone) => {
    const { slack, kept } = await silentAt('chat.postMessage', at, isDone);
    const lab = startLab(slack.apiUrl);
    for (let minute = 0; minute < 8; minute += 1) {
      await lab.digests.run();
      lab.clock.go(MINUTE);
    }
    lab.clock.go(DAY);
    await lab.digests.run();
    expect(lab.rows()).toMatchObject([
      { outcome: 'posted', ts: kept[0]?.ts, details_ts: kept[1]?.ts },
    ]);
    expect(kept).toHaveLength(2);
    expect(kept[1]?.thread).toBe(kept[0]?.ts);
    await slack.stop();
  },
  LONG,
);
