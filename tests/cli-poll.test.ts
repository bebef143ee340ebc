import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { markSample } from '../db/sample.ts';
import { ensureSubject } from '../db/subjects.ts';
import { backfill } from '../src/cli/backfill.ts';
import type { Context } from '../src/cli/context.ts';
import { Interrupted, UsageError } from '../src/cli/io.ts';
import { poll } from '../src/cli/poll.ts';
import { createProgress } from '../src/cli/progress.ts';
import { readConfig } from '../src/config.ts';
import { Unavailable } from '../src/errors.ts';
import type { PartProgress } from '../src/poll/part.ts';
import type { Source } from '../src/sources/source.ts';
import { createTracking } from '../src/tracking.ts';
import { fakePart, fakeSource } from './fake-source.ts';
import { startPolling } from './polling.ts';

interface Terminal extends Context {
  readonly out: string[];
  readonly err: string[];
  /** What Ctrl-C does. */
  interrupt(): void;
  wait(ms: number): void;
}

/** The command line's world with `sources`, in which `tracked` are tracked. */
function terminal(sources: readonly Source[], tracked: readonly string[]): Terminal {
  const stopping = new AbortController();
  const { db, poller, now, wait } = startPolling(sources, tracked, { signal: stopping.signal });
  const out: string[] = [];
  const err: string[] = [];
  let interrupt = () => {};
  const io = {
    env: {},
    stdout: { write: (chunk: string | Uint8Array) => out.push(String(chunk)) },
    stderr: { write: (chunk: string | Uint8Array) => err.push(String(chunk)) },
    now,
    onInterrupt(stop: () => void) {
      interrupt = stop;
      return () => {
        interrupt = () => {};
      };
    },
  };
  const tracking = createTracking({ db, sources, poller, now });
  const config = readConfig({});
  const context = { io, config, db, sources, poller, tracking, stopping };
  return { ...context, out, err, wait, interrupt: () => interrupt() };
}

const fruit = (parts: Parameters<typeof fakeSource>[2]) => fakeSource('fruit', () => 1, parts);

describe('poll', () => {
  test('a line a subject, and one below it for each part that has more to say', async () => {
    const { part: seeds } = fakePart('seeds', [() => ({ save: () => 4 })]);
    const { part: worms } = fakePart('worms', [
      () => ({ note: 'There are none.' }),
      () => Promise.reject(new Unavailable('no')),
    ]);
    const context = terminal([fruit({ parts: [seeds, worms] }).source], ['fruit:a/pear']);
    await expect(poll(context, undefined, {})).rejects.toThrow(
      '1 of 3 readings failed. What was collected before is still there.',
    );
    expect(context.out).toEqual([
      'fruit:a/pear: 6 rows new or changed in 3 parts\n',
      '  worms and more: failed. FRUIT does not answer at the moment.\n',
    ]);
  });

  test('asks nobody about what is made up', async () => {
    const { source, asked } = fakeSource('fruit', () => 1);
    const context = terminal([source], ['fruit:a/pear']);
    markSample(context.db);
    await expect(poll(context, undefined, {})).rejects.toThrow(/sample data of the playground/);
    const filling = backfill(context, 'fruit:a/pear', '2022-01-01');
    await expect(filling).rejects.toThrow(/sample data of the playground/);
    expect(asked).toEqual([]);
  });

  test('since a day', async () => {
    const { part, asked } = fakePart('seeds', [() => ({})], { everyHours: 24 });
    const context = terminal([fruit({ parts: [part] }).source], ['fruit:a/pear']);
    await poll(context, 'fruit', {});
    await poll(context, 'fruit', { since: '2021-12' });
    expect(asked.at(-1)).toContain('since 2021-12-01');
    await expect(poll(context, 'fruit', { since: 'May' })).rejects.toThrow(
      new UsageError('“May” is not a day: write it as in --since 2024-01-31.'),
    );
    await expect(poll(context, 'fruit', { since: '2021-02-30' })).rejects.toThrow('not a day I');
    await expect(poll(context, 'fruit', { since: '2124-01-01' })).rejects.toThrow('future');
  });

  test('Ctrl-C keeps what was read and says how to go on', async () => {
    const steps = [
      () => ({ save: () => 7 }),
      () => {
        context.interrupt();
        return { save: () => 5 };
      },
      () => ({ save: () => 3 }),
    ];
    const { part, asked } = fakePart('seeds', steps);
    const context: Terminal = terminal([fruit({ parts: [part] }).source], ['fruit:a/pear']);
    await expect(poll(context, undefined, {})).rejects.toThrow(
      new Interrupted('Stopped. What was read until now is kept; “poll” goes on from there.'),
    );
    expect(context.out.join('')).toContain('seeds and more: stopped');
    const kept = context.db.prepare("SELECT cursor FROM collection WHERE part = 'seeds'").pluck();
    expect(Number(kept.get())).toBeGreaterThanOrEqual(1);
    expect(asked).toHaveLength(1);
  });
});

describe('backfill', () => {
  const canBackfill = { canBackfill: true };

  test('reaches back in the parts that can', async () => {
    const seeds = fakePart('seeds', [() => ({ save: () => 9 })], canBackfill);
    const worms = fakePart('worms', [() => ({})]);
    const { source } = fruit({ parts: [seeds.part, worms.part] });
    const context = terminal([source], ['fruit:a/pear']);
    await backfill(context, 'fruit:a/pear', '2020-01-15');
    expect(seeds.asked).toEqual(['a/pear - from 2020-01-15']);
    expect(worms.asked).toEqual([]);
    expect(context.out).toEqual(['fruit:a/pear: 9 rows new or changed\n']);
  });

  test('what can not be filled is refused in a sentence that says what would be right', async () => {
    const { part: off } = fakePart('seeds', [], { ...canBackfill, off: 'FRUIT_KEY is not set.' });
    const { part: on } = fakePart('seeds', [], canBackfill);
    const sources = [
      fakeSource('docker', () => 1, { title: 'Docker Hub' }).source,
      fakeSource('fruit', () => 1, { parts: [off] }).source,
      fakeSource('nuts', () => 1, { parts: [on] }).source,
    ];
    const context = terminal(sources, ['docker:a/b', 'fruit:a/b']);
    const refusal = (subject: string) =>
      expect(backfill(context, subject, '2020-01-01').catch(({ message }) => message)).resolves;
    await refusal('docker:a/b').toBe(
      'Docker Hub tells nothing of the past. Older numbers come from a file, if you have one: “import pulls <csv>”.',
    );
    await refusal('fruit:a/b').toBe('FRUIT_KEY is not set.');
    await refusal('nuts:a/b').toBe('nuts:a/b is not tracked: begin with “track nuts:a/b”.');
    await refusal('nuts:a/*').toMatch(/^nuts:a\/\* stands for many/);
  });
});

describe('progress', () => {
  const { part } = fakePart('seeds', []);
  const { part: all } = fakePart('weather', [], { scope: 'source' });
  const sources = [fruit({ parts: [part, all] }).source];
  const context = terminal(sources, ['fruit:a/pear']);
  const subject = ensureSubject(context.db, 'fruit', 'a/pear', 'a/pear');
  const seeds = (done: number): PartProgress => ({
    source: 'fruit',
    subject,
    part: 'seeds',
    progress: { done, of: 40_000, unit: 'seeds' },
  });

  test('in lines: the first, one every few seconds, the last', () => {
    const { io, err, wait } = terminal(sources, []);
    const { show, end } = createProgress(io, sources);
    show(seeds(1000));
    show(seeds(2000));
    wait(6000);
    show(seeds(3000));
    show(seeds(4000));
    show({ source: 'fruit', part: 'weather', progress: { done: 30, unit: 'days' } });
    end();
    expect(err).toEqual([
      'fruit:a/pear, seeds and more: 1,000 of 40,000 seeds\n',
      'fruit:a/pear, seeds and more: 3,000 of 40,000 seeds\n',
      'fruit:a/pear, seeds and more: 4,000 of 40,000 seeds\n',
      'FRUIT, weather and more: 30 days\n',
    ]);
  });

  test('in bars on a terminal, which are gone in the end', async () => {
    let written = '';
    const screen = Object.assign(
      new Writable({
        write(chunk, _encoding, done) {
          written += chunk;
          done();
        },
      }),
      { isTTY: true, columns: 120 },
    );
    const { show, end } = createProgress({ ...context.io, stderr: screen }, sources);
    show(seeds(10_000));
    show(seeds(20_000));
    const half = '████████████░░░░░░░░░░░░ fruit:a/pear, seeds and more: 20,000 of 40,000 seeds';
    await expect.poll(() => written).toContain(half);
    show({ source: 'fruit', part: 'weather', progress: { done: 30, unit: 'days' } });
    await expect.poll(() => written).toContain('FRUIT, weather and more: 30 days');
    end();
    // The cursor is shown again.
    expect(written.lastIndexOf('\u001B[?25h')).toBeGreaterThan(written.lastIndexOf('\u001B[?25l'));
  });
});
