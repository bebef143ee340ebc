import { describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import type { Viewer } from '../../db/viewer.ts';
import { messages } from '../../reports/messages.ts';
import { asking, type Community, community, everyone, insider, TODAY } from './community.ts';

const yesterday = addDays(TODAY, -1);

const answer = asking(messages);

/** The Monday of the last whole week is 9 November. */
function twoWeeks(): Community {
  const made = community();
  made.user('UBOT', 'Bot', true);
  // What is compared must have been recorded.
  made.wrote('UBOT', 'random', '2026-11-02', 1);
  made.wrote('U1', 'general', '2026-11-02', 4);
  made.wrote('U1', 'general', '2026-11-09', 2);
  made.wrote('U2', 'random', '2026-11-15', 1);
  made.wrote('U3', 'random', '2026-11-16', 50);
  return made;
}

describe('messages', () => {
  test('the headline compares whole weeks only', () => {
    expect(answer(twoWeeks()).words.headline).toBe(
      '3 messages by 2 people last week, 4 by 1 the week before.',
    );
  });

  test('a week that the record covers in part is no rival', () => {
    const made = community();
    made.wrote('U1', 'general', '2026-11-05', 4);
    made.wrote('U1', 'general', '2026-11-09', 2);
    expect(answer(made).words.headline).toBe(
      '2 messages by 1 person last week in 1 public channel.',
    );
  });

  test('quiet days are zeros, days before the record are not there', () => {
    const made = community();
    made.wrote('U1', 'general', addDays(TODAY, -3), 2);
    made.wrote('U1', 'general', yesterday, 1);
    expect(answer(made, { from: addDays(TODAY, -20) }).table).toEqual({
      columns: ['day', 'messages', 'people', 'whole'],
      rows: [
        ['2026-11-19', 2, 1, 'yes'],
        ['2026-11-20', 0, 0, 'yes'],
        ['2026-11-21', 1, 1, 'yes'],
        ['2026-11-22', 0, 0, 'no'],
      ],
    });
  });

  test('a range that begins within a week shows that week whole', () => {
    const { rows } = answer(twoWeeks(), { from: '2026-11-11', granularity: 'weekly' }).table;
    expect(rows).toEqual([
      ['2026-11-09', 3, 2, 'yes'],
      ['2026-11-16', 50, 1, 'no'],
    ]);
  });

  test('by channel, the busiest first, private ones for their members', () => {
    const made = twoWeeks();
    made.channel('secret', true);
    made.wrote('U1', 'secret', yesterday, 99);
    const channels = (viewer: Viewer) => [
      ...new Set(answer(made, { split: 'channel' }, viewer).table.rows.map((row) => row[1])),
    ];
    expect(channels(everyone)).toEqual(['#random', '#general']);
    expect(channels(insider)).toEqual(['#secret', '#random', '#general']);
    expect(answer(made, { split: 'channel' }).words.lines).toEqual([
      'In all 57 messages in the last 20 days and today in 2 public channels.',
      '#random: 51 messages, 89%.',
      '#general: 6 messages, 11%.',
    ]);
  });

  test('of a channel that the asker may not see, nothing', () => {
    const made = community();
    made.channel('secret', true);
    made.wrote('U1', 'secret', yesterday, 99);
    const { words, chart } = answer(made, { channelIds: ['C-secret'] });
    expect(words.headline).toMatch(/^Nobody wrote a message/);
    expect(JSON.stringify(words)).not.toContain('secret');
    expect(chart('light')).toBeUndefined();
  });

  test.each([
    [51, 'The quietest channel counts in the sum only.'],
    [52, 'The 2 quietest channels count in the sum only.'],
  ])('of %i channels the busiest fifty are told', (channels, note) => {
    const made = community();
    for (let at = 0; at < channels; at++) made.wrote('U1', `c${at}`, yesterday, 1);
    expect(answer(made, { split: 'channel' }).words.notes).toContain(note);
  });

  test('where all channels are private, they are called channels', () => {
    const made = community();
    made.channel('secret', true);
    made.wrote('U1', 'secret', yesterday, 2);
    const { headline } = answer(made, { from: yesterday }, insider).words;
    expect(headline).toBe('2 messages yesterday and today in 1 private channel.');
    made.channel('general');
    expect(answer(made, { from: yesterday }, insider).words.headline).toContain(
      'in 1 public channel and 1 private one.',
    );
  });

  test('nobody wrote', () => {
    const { words, table } = answer(community(), { from: addDays(TODAY, -6) });
    expect(words.headline).toMatch(/^Nobody wrote a message in the last 6 days and today/);
    expect(table.rows).toEqual([]);
  });
});
