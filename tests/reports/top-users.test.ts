import { describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import type { Viewer } from '../../db/viewer.ts';
import { topUsers } from '../../reports/top-users.ts';
import { asking, type Community, community, insider, TODAY } from './community.ts';

const MONTH = { today: TODAY, from: addDays(TODAY, -29), to: TODAY };
const yesterday = addDays(TODAY, -1);
const lastMonth = addDays(TODAY, -40);

const answer = asking(topUsers, MONTH);

function ranks(of: Community, params?: Record<string, unknown>, viewer?: Viewer) {
  return answer(of, params, viewer).table.rows.map(([rank, user, , messages]) => [
    rank,
    user,
    messages,
  ]);
}

describe('top users', () => {
  test('are those who wrote most, equals share a rank', () => {
    const made = community();
    made.wrote('U1', 'general', yesterday, 5);
    made.wrote('U2', 'general', yesterday, 9);
    made.wrote('U3', 'random', yesterday, 5);
    made.wrote('U4', 'random', TODAY, 1);
    expect(ranks(made)).toEqual([
      [1, 'U2', 9],
      [2, 'U1', 5],
      [2, 'U3', 5],
      [4, 'U4', 1],
    ]);
    expect(ranks(made, { limit: 2 })).toHaveLength(2);
    expect(ranks(made, { channelIds: ['C-random'] })).toEqual([
      [1, 'U3', 5],
      [2, 'U4', 1],
    ]);
  });

  test('leave out bots and what the asker may not see', () => {
    const made = community();
    made.channel('secret', true);
    made.user('UBOT', 'Bot', true);
    made.wrote('UBOT', 'general', yesterday, 100);
    made.wrote('U1', 'secret', yesterday, 50);
    made.wrote('U2', 'general', yesterday, 1);
    expect(ranks(made)).toEqual([[1, 'U2', 1]]);
    expect(ranks(made, {}, insider)).toEqual([
      [1, 'U1', 50],
      [2, 'U2', 1],
    ]);
    expect(ranks(made, { channelIds: ['C-secret'] })).toEqual([]);
  });

  test('tell how much of the talk hangs on them', () => {
    const made = community();
    for (const [index, count] of [40, 20, 10, 10, 10, 6, 4].entries()) {
      made.wrote(`U${index}`, 'general', yesterday, count);
    }
    made.user('U0', 'Ada Lovelace');
    const { headline, lines } = answer(made).words;
    expect(headline).toBe(
      'Ada Lovelace wrote 40% of the 100 messages in the last 29 days and today, the top five together 90%.',
    );
    expect(lines).toEqual([
      '7 people wrote in 1 public channel.',
      'If Ada Lovelace goes on holiday, 40% of the talk goes quiet; if the top five do, 90%.',
    ]);
  });

  test('compare ranks over whole days with as many before, without today', () => {
    const made = community();
    made.wrote('Uold', 'general', addDays(TODAY, -200), 1);
    made.wrote('Ufell', 'general', lastMonth, 9);
    made.wrote('Urose', 'general', lastMonth, 3);
    made.wrote('Urose', 'general', yesterday, 8);
    made.wrote('Ufell', 'general', yesterday, 5);
    made.wrote('Unew', 'general', yesterday, 2);
    made.wrote('Utoday', 'general', TODAY, 1);
    expect(answer(made).table.rows.map((row) => [row[1], row[5]])).toEqual([
      ['Urose', 1],
      ['Ufell', -1],
      ['Unew', 'new'],
      ['Utoday', null],
    ]);
    const { ranking, notes } = answer(made).words;
    expect(ranking?.map(({ detail }) => detail)).toEqual([
      '8 messages, 50%, ↑1',
      '5 messages, 31%, ↓1',
      '2 messages, 13%, new',
      '1 message, 6%',
    ]);
    expect(notes[0]).toContain('29 whole days to yesterday');
  });

  test('compare nothing where the record does not reach back', () => {
    const made = community();
    made.wrote('U1', 'general', lastMonth, 3);
    made.wrote('U1', 'general', yesterday, 3);
    expect(answer(made).table.rows[0]?.[5]).toBeNull();
    expect(answer(made, { from: undefined }).table.rows[0]?.[5]).toBeNull();
    expect(answer(made).words.notes[0]).toContain('no earlier period');
  });

  test('show the id of a person without a name, and names as they are', () => {
    const made = community();
    made.user('U1', null);
    made.user('U2', '<@U9> *bold*\n`x`');
    made.wrote('U1', 'general', yesterday, 2);
    made.wrote('U2', 'general', yesterday, 1);
    expect(answer(made).words.ranking?.map(({ name }) => name)).toEqual(['U1', '<@U9> *bold* `x`']);
  });

  test('keep a sentence in order around a name written right to left', () => {
    const made = community();
    made.user('U1', 'שרה');
    made.wrote('U1', 'general', yesterday, 2);
    expect(answer(made).words.headline).toMatch(/^\u2068שרה\u2069 wrote all 2 messages/);
  });

  test('a single message is the only one', () => {
    const made = community();
    made.wrote('U1', 'general', TODAY, 1);
    expect(answer(made).words.headline).toMatch(/^U1 wrote the only message /);
  });

  test('nobody wrote', () => {
    const { words, chart, table } = answer(community());
    expect(words.headline).toMatch(/^Nobody wrote a message in the last 29 days and today/);
    expect(chart('dark')).toBeUndefined();
    expect(table.rows).toEqual([]);
  });

  test('refuse a limit that no list should have', () => {
    expect(() => answer(community(), { limit: 26 })).toThrow();
  });
});
