import { describe, expect, test } from 'vitest';
import { retryAt } from '../../src/sources/http.ts';
import { NOW } from './cases.ts';

const DAY = 86_400_000;

describe('when to ask again', () => {
  const at = (headers: Record<string, string>) => retryAt((name) => headers[name], NOW);
  const later = NOW + 120_000;

  test.each([
    ['seconds', { 'retry-after': '120' }, later],
    ['a date', { 'retry-after': new Date(later).toUTCString() }, later],
    ['a date that is over', { 'retry-after': new Date(NOW - 5_000).toUTCString() }, NOW],
    ['a Unix time instead of seconds', { 'retry-after': `${later / 1000}` }, later],
    ['seconds instead of a Unix time', { 'x-retry-after': '120' }, later],
    ['a Unix time that is over', { 'x-retry-after': `${NOW / 1000 - 5}` }, NOW],
    ["Docker Hub's Unix time", { 'x-retry-after': `${later / 1000}` }, later],
    [
      'a spent limit',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${later / 1000}` },
      later,
    ],
    [
      'a limit that is not spent',
      { 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': `${later / 1000}` },
      NOW + 60_000,
    ],
    ['a Unix time in milliseconds', { 'x-retry-after': `${later}` }, NOW + DAY],
    ['a year', { 'retry-after': '31536000' }, NOW + DAY],
    ['a date in a year', { 'retry-after': new Date(NOW + 365 * DAY).toUTCString() }, NOW + DAY],
    ['a number without end', { 'retry-after': '9'.repeat(400) }, NOW + DAY],
    ['nothing', {}, NOW + 60_000],
    ['nonsense', { 'retry-after': 'soon' }, NOW + 60_000],
  ])('%s', (_name, headers, expected) => {
    expect(at(headers)).toBe(expected);
  });
});
