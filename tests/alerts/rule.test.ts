import { describe, expect, test } from 'vitest';
import { firstState, judgeDays } from '../../src/alerts/rule/judge.ts';
import { settings } from '../../src/alerts/rule/settings.ts';
import { dayAt, eventsOf, judgeAll, seriesOf, times, usualDays } from './rule-series.ts';

const DAYS = 180;
const DROP = 150;
const usual = usualDays(DAYS);

describe('what is told', () => {
  test('a fall by half, within three days, and as the new level after 28', () => {
    const { judgements } = judgeAll(seriesOf(times(usual, 0.5, DROP)));
    expect(eventsOf({ judgements })).toEqual([`${DROP + 1} fell`, `${DROP + 29} new level`]);
  });

  test('an outage on its first day, and its end after two days back', () => {
    const judged = judgeAll(seriesOf(times(usual, 0, DROP, DROP + 2)));
    expect(eventsOf(judged)).toEqual([`${DROP} fell`, `${DROP + 3} recovered`]);
  });

  test('a fall that starts on a Saturday', () => {
    const saturday = 145 - (145 % 7) + 5;
    const [fell] = eventsOf(judgeAll(seriesOf(times(usual, 0.5, saturday))));
    expect(fell).toBe(`${saturday + 1} fell`);
  });

  test('a fall after steady growth', () => {
    const growing = usual.map((value, index) => Math.round((value as number) * 1.015 ** index));
    expect(eventsOf(judgeAll(seriesOf(growing)))).toEqual([]);
    expect(eventsOf(judgeAll(seriesOf(times(growing, 0.5, DROP))))[0]).toBe(`${DROP + 1} fell`);
  });

  test('a fall from where a series has been for a fortnight, though it rose fourfold before', () => {
    const risen = times(usual, 4, 130);
    expect(eventsOf(judgeAll(seriesOf(risen)))).toEqual([]);
    const judged = judgeAll(seriesOf(times(risen, 0.5, DROP)));
    expect(eventsOf(judged)[0]).toBe(`${DROP + 1} fell`);
    // It is back when it is back where it was for the fortnight, not where it was before it rose.
    const back = judgeAll(seriesOf(times(risen, 0.5, DROP, DROP + 9)));
    expect(eventsOf(back)).toEqual([`${DROP + 1} fell`, `${DROP + 10} recovered`]);
  });

  test('an outage of a package that has just grown to be watched', () => {
    const grown = times(usualDays(DAYS, 44), 1.5, 115);
    expect(eventsOf(judgeAll(seriesOf(times(grown, 0, DROP, DROP + 3))))[0]).toBe(`${DROP} fell`);
  });

  test('a decline over a month, while it goes on', () => {
    const declining = usual.map((value, index) => {
      const share = Math.min(1, Math.max(0, (index - 130) / 28));
      return Math.round((value as number) * (1 - 0.6 * share));
    });
    const [event] = eventsOf(judgeAll(seriesOf(declining)));
    const [index, verdict] = event?.split(' ') ?? [];
    expect(verdict).toBe('fell');
    expect(Number(index)).toBeLessThan(158);
  });
});

describe('what is not told', () => {
  const quiet: Record<string, (number | null)[]> = {
    'weekends and noise': usual,
    'the day after a spike': times(usual, 6, DROP, DROP + 1),
    'the end of a burst': times(usual, 3, DROP, DROP + 10),
    'two lower days of a rise that goes up and down': usual
      .slice(0, 158)
      .map((value, index) =>
        index < 130 ? value : Math.round((value as number) * (index % 4 < 2 ? 1.5 : 5)),
      ),
    'a holiday': times(usual, 0.55, DROP, DROP + 1),
    'days without data': usual.map((value, index) =>
      index >= DROP && index < DROP + 3 ? null : value,
    ),
    'a small package': usualDays(DAYS, 40),
    'a small package after a burst': times(times(usualDays(DAYS, 20), 10, 130), 0.1, 160),
  };
  test.each(Object.entries(quiet))('%s', (_, values) => {
    expect(eventsOf(judgeAll(seriesOf(values)))).toEqual([]);
  });

  test('the turn of the year', () => {
    const values = times(usualDays(340), 0.55, 295, 306);
    expect(dayAt(295)).toBe('2025-12-23');
    expect(eventsOf(judgeAll(seriesOf(values)))).toEqual([]);
    // The same fall in November is one.
    expect(eventsOf(judgeAll(seriesOf(times(usualDays(340), 0.55, 260, 271))))).toHaveLength(2);
  });

  test('a fall that is no deeper than one three weeks before', () => {
    const second = times(usual, 0.6, DROP + 21, DROP + 25);
    const once = eventsOf(judgeAll(seriesOf(times(second, 0.5, DROP, DROP + 4))));
    expect(once.filter((event) => event.endsWith('fell'))).toEqual([`${DROP + 1} fell`]);
    expect(eventsOf(judgeAll(seriesOf(second)))[0]).toBe(`${DROP + 22} fell`);
  });

  test('a counter that stood still and caught up', () => {
    const frozen = usual.map((value, index) => {
      if (index === DROP) return 0;
      return index === DROP + 1 ? (value as number) + (usual[DROP] as number) : value;
    });
    expect(eventsOf(judgeAll(seriesOf(frozen), { isCounter: true }))).toEqual([]);
    // Where days are counted one by one, the empty one is news.
    expect(eventsOf(judgeAll(seriesOf(frozen)))).toHaveLength(2);
  });

  test('but a counter that went on without making up for its empty day', () => {
    const series = seriesOf(times(usual, 0, DROP, DROP + 1));
    const judged = judgeAll(series, { isCounter: true });
    expect(eventsOf(judged)).toEqual([`${DROP + 1} fell`, `${DROP + 3} recovered`]);
    // After a better week, the next day is no double one.
    const better = times(usual, 1.4, DROP - 9);
    const after = judgeAll(seriesOf(times(better, 0, DROP, DROP + 1)), { isCounter: true });
    expect(eventsOf(after)).toEqual([`${DROP + 1} fell`, `${DROP + 3} recovered`]);
  });
});

describe('the others of the source', () => {
  const peersWith = (change: (values: (number | null)[]) => (number | null)[]) =>
    [2, 3, 4].map((seed) => seriesOf(change(usualDays(DAYS, 500, seed))));

  test('hold everything when most of them are nearly gone', () => {
    const down = (values: (number | null)[]) => times(values, 0.1, DROP, DROP + 2);
    const judged = judgeAll(seriesOf(down(usual)), { peers: peersWith(down) });
    expect(eventsOf(judged)).toEqual([]);
    const verdicts = judged.judgements.slice(DROP - 1, DROP + 3).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['normal', 'on hold', 'on hold', 'normal']);
  });

  test('hold what else is gone only until they are back themselves', () => {
    const gone = seriesOf(times(usual, 0, DROP - 1, DROP + 5));
    const peers = peersWith((values) => times(values, 0.1, DROP, DROP + 1));
    const judged = judgeAll(gone, { peers, isCounter: true });
    expect(eventsOf(judged)[0]).toBe(`${DROP + 1} fell`);
  });

  test('explain a fall that they share', () => {
    const half = (values: (number | null)[]) => times(values, 0.55, DROP);
    expect(eventsOf(judgeAll(seriesOf(half(usual)), { peers: peersWith(half) }))).toEqual([]);
    const alone = judgeAll(seriesOf(half(usual)), { peers: peersWith((values) => values) });
    expect(eventsOf(alone)[0]).toBe(`${DROP + 1} fell`);
  });

  test('do not end an alert while the source is on hold', () => {
    const own = times(usual, 0.5, DROP);
    const gone = peersWith((values) => times(values, 0.1, DROP + 3, DROP + 6));
    const { judgements } = judgeAll(seriesOf(own), { peers: gone });
    expect(judgements.slice(DROP + 2, DROP + 7).map(({ verdict }) => verdict)).toEqual([
      'firing',
      'on hold',
      'on hold',
      'on hold',
      'firing',
    ]);
  });
});

describe('states', () => {
  test('learning until a month is known; too small under 50 a day', () => {
    const { judgements } = judgeAll(seriesOf(usual.slice(0, 60)));
    expect(judgements[0]?.verdict).toBe('learning');
    expect(judgements.at(-1)?.verdict).toBe('normal');
    const small = judgeAll(seriesOf(usualDays(60, 30)));
    expect(small.judgements.at(-1)?.verdict).toBe('too small');
  });

  test('an alert keeps what was usual before it, and the state is plain data', () => {
    const { state } = judgeAll(seriesOf(times(usual, 0.3, DROP).slice(0, DROP + 20)));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    const { firing } = state;
    expect(firing?.since).toBe(dayAt(DROP + 1));
    expect(firing?.window).toBe(2);
    expect(firing?.lost).toBeGreaterThan(0.6);
    expect(firing?.lost).toBeLessThan(0.8);
    const usualLevel = Math.expm1(firing?.usual.level ?? 0);
    expect(Math.abs(usualLevel / 1000 - 1)).toBeLessThan(0.15);
    const { state: begun } = judgeAll(seriesOf(times(usual, 0.3, DROP).slice(0, DROP + 2)));
    expect(firing?.usual).toEqual(begun.firing?.usual);
  });

  test('what comes back after four weeks has recovered, and is no new level', () => {
    const back = judgeAll(seriesOf(times(usual, 0.3, 120, 149)));
    expect(eventsOf(back)).toEqual(['121 fell', '150 recovered']);
    const missing = times(usual, 0.3, 120, 130).map((value, index) =>
      index >= 130 && index < 155 ? null : value,
    );
    expect(eventsOf(judgeAll(seriesOf(missing)))).toEqual(['121 fell', '156 recovered']);
  });

  test('seven days of rest after an alert', () => {
    const twice = times(times(usual, 0, DROP, DROP + 2), 0, DROP + 8, DROP + 10);
    const { judgements } = judgeAll(seriesOf(twice));
    expect(eventsOf({ judgements })).toEqual([`${DROP} fell`, `${DROP + 3} recovered`]);
    expect(judgements[DROP + 9]?.verdict).toBe('resting');
    expect(judgements[DROP + 10]?.verdict).toBe('normal');
  });

  test('each day is judged once, when it arrives, and missing days change nothing', () => {
    const series = seriesOf(times(usual, 0.4, DROP).slice(0, DROP + 2));
    const watched = { series, isCounter: false, peers: [] };
    const first = judgeDays(watched, firstState(null), settings.normal);
    expect(first.state.firing?.since).toBe(dayAt(DROP + 1));
    const again = judgeDays(watched, first.state, settings.normal);
    expect(again).toEqual({ judgements: [], state: first.state });

    series.learn(dayAt(DROP + 5), usual[DROP + 5] as number);
    const later = judgeDays(watched, again.state, settings.normal);
    expect(later.judgements.map(({ day }) => day)).toEqual([dayAt(DROP + 5)]);
    expect(later.state.firing?.daysBack).toBe(1);

    series.learn(dayAt(DROP + 3), usual[DROP + 3] as number);
    series.learn(dayAt(DROP), usual[DROP] as number);
    expect(judgeDays(watched, later.state, settings.normal).judgements).toEqual([]);
  });

  test('a series that is begun later is judged from there on', () => {
    const series = seriesOf(times(usual, 0.4, DROP));
    const watched = { series, isCounter: false, peers: [] };
    const { judgements } = judgeDays(watched, firstState(dayAt(DROP + 20)), settings.normal);
    expect(judgements[0]?.day).toBe(dayAt(DROP + 21));
  });

  test('the sensitivities differ in what they tell', () => {
    const told = (factor: number, days: number) => {
      const series = seriesOf(times(usual, factor, DROP, DROP + days));
      const watched = { series, isCounter: false, peers: [] };
      return (['sensitive', 'normal', 'quiet'] as const).map(
        (one) => eventsOf(judgeDays(watched, firstState(null), settings[one])).length > 0,
      );
    };
    expect(told(0.75, 10)).toEqual([true, true, true]);
    expect(told(0.25, 1)).toEqual([true, false, false]);
  });
});
