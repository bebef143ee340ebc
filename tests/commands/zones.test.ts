import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseZone } from '../../commands/zones.ts';
import { InputError } from '../../db/input-error.ts';
import { isZone } from '../../db/wall-time.ts';
import { typedWords } from '../../src/digest/words.ts';

describe('zones', () => {
  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['Berlin', 'Europe/Berlin'],
    ['buenos aires', 'America/Buenos_Aires'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['kolkata', 'Asia/Kolkata'],
    ['utc', 'UTC'],
    ['-03:00', '-03:00'],
    ['UTC+2', '+02:00'],
    ['utc +2', '+02:00'],
    ['GMT-3', '-03:00'],
    ['UTC−3', '-03:00'],
    ['UTC+02:00', '+02:00'],
    ['UTC+5:30', '+05:30'],
    ['+2', '+02:00'],
    ['+2:00', '+02:00'],
    ['+1400', '+14:00'],
    ['UTC+0', 'UTC'],
    ['GMT', 'UTC'],
    ['us/pacific', 'America/Los_Angeles'],
    ['Japan', 'Asia/Tokyo'],
    ['yap', 'Pacific/Yap'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['Berlin time', 'Europe/Berlin'],
  ])('%s', (typed, zone) => {
    expect(parseZone(typed)).toBe(zone);
  });

  test('every zone is known by its name, and its clocks can be read', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      expect(parseZone(zone.toLowerCase())).toBe(zone);
    }
  });

  test.each([
    ['EST', 'America/New_York'],
    ['pst', 'America/Los_Angeles'],
    ['CET', 'Europe/Berlin'],
    ['CEST', 'Europe/Berlin'],
    ['IST', 'Asia/Kolkata'],
    ['Pacific Time', 'America/Los_Angeles'],
    ['ART', 'Europe/Berlin'],
  ])('%s is no zone: a place is asked for', (typed, place) => {
    expect(() => parseZone(typed)).toThrow(
      new InputError(
        `Names such as “${typed}” mean several time zones: write a place, as in “in ${place}”.`,
      ),
    );
  });

  test.each(['+15', '-13:00', '+02:60', 'UTC+', 'UTC+2:3', '+123456', 'UTC+-2'])(
    '%s is no zone',
    (typed) => {
      expect(() => parseZone(typed)).toThrow(/I know no time zone .*UTC/);
    },
  );

  test('an offset is the same however it is written, and is told as people write it', () => {
    const hours = fc.integer({ min: -11, max: 13 });
    const minutes = fc.constantFrom(0, 15, 30, 45);
    fc.assert(
      fc.property(hours, minutes, fc.constantFrom('', 'UTC', 'gmt', 'UTC '), (hour, rest, name) => {
        const [sign, whole] = [hour < 0 ? '-' : '+', Math.abs(hour)];
        const two = (value: number) => String(value).padStart(2, '0');
        const zone = parseZone(`${sign}${two(whole)}:${two(rest)}`);
        expect(isZone(zone)).toBe(true);
        expect(parseZone(`${name}${sign}${whole}:${two(rest)}`)).toBe(zone);
        expect(parseZone(`${name}${sign}${two(whole)}${two(rest)}`)).toBe(zone);
        if (rest === 0) expect(parseZone(`${name}${sign}${whole}`)).toBe(zone);
        const typed = typedWords({ every: 'day', onDay: 1, minute: 0, zone });
        expect(typed).toMatch(/ in UTC([+-]\d+(:\d\d)?)?$/);
        expect(parseZone(typed.replace(/^.* in /, ''))).toBe(zone);
      }),
    );
  });

  test('whatever is typed, it is a zone with clocks, or refused in a sentence', () => {
    const part = fc.constantFrom(
      'utc',
      'gmt',
      '+',
      '-',
      '2',
      '14',
      ':30',
      '/',
      'us',
      'est',
      ' ',
      'é',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.array(part).map(joined),
    );
    fc.assert(
      fc.property(typed, (text) => {
        try {
          expect(isZone(parseZone(text))).toBe(true);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
    );
  });
});

function joined(parts: readonly string[]): string {
  return parts.join('');
}
