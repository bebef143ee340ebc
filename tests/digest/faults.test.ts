import { afterEach, beforeEach, expect, test } from 'vitest';
import { random } from '../reports/random.ts';
import { type FakeSlack, type Method, startFakeSlack } from '../slack/fake-slack.ts';
import { DAY, HOUR, MINUTE, weekly } from './edition.ts';
import { startLab } from './lab.ts';

/** More of them take longer: DIGEST_SEEDS=500 npx vitest run tests/digest/faults.test.ts */
const SEEDS = Number(process.env.DIGEST_SEEDS ?? 8);

interface Kept {
  readonly ts: string;
  readonly thread: string | null;
  readonly metadata: { readonly event_payload: unknown };
}

let slack: FakeSlack;
let kept: Kept[];
let next: () => number;
/** How often a call goes wrong, 0 to 1. */
let trouble: number;

const WRONG: readonly ReturnType<Method>[] = [
  'broken',
  30,
  200,
  { ok: false, error: 'internal_error' },
  { ok: false, error: 'service_unavailable' },
];

/** Goes wrong at random: before it has done its work, or after. */
function shaky(work: Method): Method {
  return (args) => {
    if (next() >= trouble) return work(args);
    const wrong = WRONG[Math.floor(next() * WRONG.length)] ?? 'broken';
    // Who is told to wait has not been served.
    if (typeof wrong !== 'number' && next() < 0.5) work(args);
    return wrong;
  };
}

beforeEach(async () => {
  slack = await startFakeSlack();
  const page: Method = (args) => {
    const found = kept.filter(({ thread }) => thread === args.get('ts'));
    const at = Number(args.get('cursor') ?? 0);
    const more = at + 2 < found.length ? { next_cursor: String(at + 2) } : {};
    return { ok: true, messages: found.slice(at, at + 2), response_metadata: more };
  };
  Object.assign(slack.methods, {
    'conversations.info': shaky(() => ({ ok: true, channel: { is_private: false } })),
    'conversations.history': shaky(page),
    'conversations.replies': shaky(page),
    'chat.postMessage': shaky((args) => {
      const ts = `17000${String(kept.length).padStart(5, '0')}.000000`;
      const metadata = args.get('metadata');
      // What is said to a person carries none.
      if (metadata)
        kept.push({ ts, thread: args.get('thread_ts'), metadata: JSON.parse(metadata) });
      return { ok: true, ts };
    }),
  });
});
afterEach(() => slack.stop());

test(
  'whatever goes wrong how often, every digest that is not too late is there once',
  async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      kept = [];
      next = random(seed);
      const daily = { ...weekly, every: 'day' as const };
      let lab = startLab(slack.apiUrl, { wanted: [daily] });
      for (let day = 0; day < 4; day += 1) {
        trouble = next() * 0.9;
        for (let minute = 0; minute < 6; minute += 1) {
          await lab.digests.run();
          lab.clock.go(minute < 4 ? MINUTE : HOUR);
          // The process ends and another one goes on.
          if (next() < 0.2) lab = startLab(slack.apiUrl, { ...lab, wanted: [] });
        }
        lab.clock.go(DAY - 4 * MINUTE - 2 * HOUR);
      }
      trouble = 0;
      for (let minute = 0; minute < 12; minute += 1) {
        await lab.digests.run();
        lab.clock.go(MINUTE);
      }
      const marks = kept.map(({ metadata }) => JSON.stringify(metadata.event_payload));
      expect(new Set(marks).size, `seed ${seed}`).toBe(marks.length);
      const rows = lab.rows();
      expect(rows.length, `seed ${seed}`).toBeGreaterThanOrEqual(4);
      expect(rows.at(-1)?.outcome).toBe('posted');
      for (const { outcome, ts, details_ts } of rows) {
        expect(['posted', 'missed']).toContain(outcome);
        const message = kept.find((one) => one.ts === ts);
        const details = kept.find((one) => one.thread !== null && one.thread === ts);
        expect([message === undefined, details?.ts ?? null], `seed ${seed}`).toEqual([
          outcome === 'missed',
          details_ts,
        ]);
      }
      const posted = rows.filter(({ outcome }) => outcome === 'posted').length;
      expect(kept, `seed ${seed}`).toHaveLength(2 * posted);
    }
  },
  60_000 + SEEDS * 1000,
);
