import { describe, expect, test } from 'vitest';
import { parseZone } from '../../commands/zones.ts';

describe('zones', () => {
  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['Berlin', 'Europe/Berlin'],
    ['buenos aires', 'America/Buenos_Aires'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['kolkata', 'Asia/Kolkata'],
    ['utc', 'UTC'],
    ['-03:00', '-03:00'],
  ])('%s', (typed, zone) => {
    expect(parseZone(typed)).toBe(zone);
  });

  test('every zone is known by its name, and its clocks can be read', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      expect(parseZone(zone.toLowerCase())).toBe(zone);
    }
  });
});
