import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDigest } from '../../commands/parse-digest.ts';
import { InputError } from '../../db/input-error.ts';

describe('what is asked for', () => {
  test.each([
    ['', {}],
    ['weekly monday 9:00', { every: 'week', onDay: 1, minute: 540 }],
    ['Fridays at 5pm', { every: 'week', onDay: 5, minute: 17 * 60 }],
    ['every tue 17.30', { every: 'week', onDay: 2, minute: 17 * 60 + 30 }],
    ['daily 9 am in new york', { every: 'day', minute: 540, zone: 'America/New_York' }],
    ['daily 12am', { every: 'day', minute: 0 }],
    ['monthly 15th 08:05', { every: 'month', onDay: 15, minute: 485 }],
    ['monthly on the 1. at 12:00pm', { every: 'month', onDay: 1, minute: 720 }],
    ['in Berlin quiet', { zone: 'Europe/Berlin', whenQuiet: 'nothing' }],
    ['in UTC 10:00 always', { zone: 'UTC', minute: 600, whenQuiet: 'line' }],
    ['in +05:30 weekly', { zone: '+05:30', every: 'week' }],
    ['every day at 8:00', { every: 'day', minute: 480 }],
    ['each week', { every: 'week' }],
    ['9 a.m. on the 3rd of each month', { every: 'month', onDay: 3, minute: 540 }],
    ['9:30 P.M.', { minute: 21 * 60 + 30 }],
    ['monday 9:00 Europe/Berlin', { every: 'week', onDay: 1, minute: 540, zone: 'Europe/Berlin' }],
    ['America/New York daily', { every: 'day', zone: 'America/New_York' }],
    ['monday 9:00 UTC', { every: 'week', onDay: 1, minute: 540, zone: 'UTC' }],
    ['8:00 UTC+2 quiet', { minute: 480, zone: '+02:00', whenQuiet: 'nothing' }],
    ['in UTC +2 8:00', { minute: 480, zone: '+02:00' }],
    ['in Port of Spain 9:00', { minute: 540, zone: 'America/Port_of_Spain' }],
  ])('%s', (text, wanted) => {
    expect(parseDigest(text)).toEqual(wanted);
  });

  test.each([
    ['weekly mondya', 'I don’t know “mondya”. Did you mean monday?'],
    ['fortnightly', 'I don’t know “fortnightly”: write it as “weekly monday 9:00 in'],
    ['loud', 'When there is nothing to say, “quiet” posts nothing, and “always” a line.'],
    ['weekly 25:00', '“25:00” is not a time of day: write it as 9:00 or 17:30.'],
    ['13pm', '“13pm” is not a time of day'],
    ['9', '“9” alone is not a time: write it as 9:00'],
    ['monthly 31', 'on a day from 1 to 28'],
    ['monthly monday', 'on a day from 1 to 28'],
    ['friday monthly', 'on a day from 1 to 28'],
    ['the 31st of every month', 'on a day from 1 to 28'],
    ['monday 15', '“15” alone is not a time'],
    ['weekly in est', 'as in “in America/New_York”'],
    ['daily at 9 am pst', 'as in “in America/Los_Angeles”'],
    ['daily monday', '“monday” contradicts|every day'],
    ['monday friday', '“friday” contradicts'],
    ['weekly daily', '“daily” contradicts'],
    ['weekly in', '“in” needs a time zone'],
    ['in 9:00', '“in” needs a time zone'],
    ['in Europe/Berlni', 'I know no time zone “europe/berlni”. Did you mean Europe/Berlin'],
    ['in nowhere at all', 'I know no time zone'],
  ])('%s is refused in a sentence', (text, sentence) => {
    expect(() => parseDigest(text)).toThrow(InputError);
    expect(() => parseDigest(text)).toThrow(new RegExp(sentence.replace('+', '\\+')));
  });

  test('in any order of words it means the same', () => {
    const zone = fc.constantFrom(
      'in Berlin',
      'Europe/Berlin',
      'in europe/berlin',
      'in Berlin time',
    );
    const time = fc.constantFrom('9:00', 'at 9:00', '9.00', '9am', 'at 9 a.m.');
    const quiet = fc.constant('quiet');
    const kinds: [wanted: object, ...parts: fc.Arbitrary<string>[]][] = [
      [{ every: 'day' }, fc.constantFrom('daily', 'every day', 'each day')],
      [{ every: 'week' }, fc.constantFrom('weekly', 'every week')],
      [{ every: 'week', onDay: 5 }, fc.constantFrom('friday', 'on Fridays', 'every fri')],
      [
        { every: 'month', onDay: 15 },
        fc.constantFrom('monthly', 'each month', 'of every month'),
        fc.constantFrom('15', 'on the 15th', 'the 15.'),
      ],
    ];
    for (const [kind, ...parts] of kinds) {
      const phrases = fc
        .tuple(zone, time, quiet, ...parts)
        .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
      fc.assert(
        fc.property(phrases, (all) => {
          const wanted = { ...kind, minute: 540, zone: 'Europe/Berlin', whenQuiet: 'nothing' };
          expect(parseDigest(all.join(' '))).toEqual(wanted);
        }),
      );
    }
  });

  test('nothing that is typed makes it throw anything else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(
            fc.constantFrom(
              ...'in weekly day month mon 9 a.m. 9:00 utc +2 us/pacific est 31'.split(' '),
            ),
          ),
        ),
        (typed) => {
          try {
            parseDigest(Array.isArray(typed) ? typed.join(' ') : typed);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
    );
  });
});
