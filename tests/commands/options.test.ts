import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandDeps } from '../../commands/command.ts';
import { commands, findCommand } from '../../commands/index.ts';
import { parseOptions } from '../../commands/options.ts';
import { isDay } from '../../db/days.ts';
import { InputError } from '../../db/input-error.ts';

const TODAY = '2026-03-18'; // a Wednesday
const parse = (text: string, words: string[] = []) => parseOptions(text, words, TODAY);

describe('ranges', () => {
  test.each([
    ['30d', '2026-02-16', '2026-03-18'],
    ['2w', '2026-03-04', '2026-03-18'],
    ['1m', '2026-02-18', '2026-03-18'],
    ['1y', '2025-03-18', '2026-03-18'],
    ['all', undefined, '2026-03-18'],
    ['yesterday', '2026-03-17', '2026-03-17'],
    ['this week', '2026-03-16', '2026-03-18'],
    ['last week', '2026-03-09', '2026-03-15'],
    ['this month', '2026-03-01', '2026-03-18'],
    ['last month', '2026-02-01', '2026-02-28'],
    ['this quarter', '2026-01-01', '2026-03-18'],
    ['last quarter', '2025-10-01', '2025-12-31'],
    ['last year', '2025-01-01', '2025-12-31'],
    ['2025-01-01..2025-06-30', '2025-01-01', '2025-06-30'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-05-17', '2024-05-17', '2024-05-17'],
    ['2025-12..', '2025-12-01', '2026-03-18'],
    ['since 2026-01-10', '2026-01-10', '2026-03-18'],
    ['since yesterday', '2026-03-17', '2026-03-18'],
    ['since last week', '2026-03-09', '2026-03-18'],
    ['since 30 days', '2026-02-16', '2026-03-18'],
    ['..2025-12-31', undefined, '2025-12-31'],
    ['2026-01-01..2030-01-01', '2026-01-01', '2026-03-18'],
    ['30 days', '2026-02-16', '2026-03-18'],
    ['last 30 Days', '2026-02-16', '2026-03-18'],
    ['12 weeks', '2025-12-24', '2026-03-18'],
    ['6months', '2025-09-18', '2026-03-18'],
    ['1 year', '2025-03-18', '2026-03-18'],
    ['February', '2026-02-01', '2026-02-28'],
    ['march', '2026-03-01', '2026-03-18'],
    ['november', '2025-11-01', '2025-11-30'],
    ['Nov 2024', '2024-11-01', '2024-11-30'],
    ['since May 2025', '2025-05-01', '2026-03-18'],
    ['january..february', '2026-01-01', '2026-02-28'],
  ])('%s', (text, from, to) => {
    const { range } = parse(text);
    expect(range).toEqual(from === undefined ? { to } : { from, to });
  });

  test.each([
    ['2025-02-30', /not a day/],
    ['2025-06-30..2025-01-01', /ends before it begins/],
    ['2027-01-01..', /future/],
    ['0d', /no time at all/],
    ['99999d', /“99999d” is too long a range: a hundred years/],
    ['101y', /too long/],
    [`${'9'.repeat(9000)}d`, /^“9{59}…” is too long/],
    ['30d 12w', /second one/],
    [
      'last century',
      /“last century” is not a range I know: take last week, month, quarter or year/,
    ],
    ['last 30 fish', /“last 30” is not a range I know: .* or a length such as 30d/],
    ['24 hours', /“24 hours” is not of whole days: take 30d/],
    ['april 2026', /future/],
    ['hourly', /“hourly” is not told of: say daily, weekly or monthly/],
    ['since spring', /needs a day/],
    ['1 november', /in figures/],
    ['stars nov 25th', /in figures/],
    ['since', /needs a day/],
  ])('%s is refused in a sentence', (text, sentence) => {
    expect(() => parse(text)).toThrow(sentence);
  });
});

test('a month back is the same day, or the last one of a shorter month', () => {
  const from = (text: string, today: string) => parseOptions(text, [], today).range?.from;
  expect(from('1m', '2026-03-31')).toBe('2026-02-28');
  expect(from('13m', '2026-03-31')).toBe('2025-02-28');
  expect(from('1y', '2028-02-29')).toBe('2027-02-28');
  expect(from('100y', '2026-03-18')).toBe('1926-03-18');
});

test('what only looks like a range is a name', () => {
  const names = (text: string) => parse(text).names;
  expect(names('mar nov')).toEqual(['mar', 'nov']);
  expect(names('30 "days" "november" "hourly"')).toEqual(['30', 'days', 'november', 'hourly']);
  expect(names('new 12 weeks rocket')).toEqual(['new', 'rocket']);
  // A phone begins a line with a capital.
  expect(names('Here Rocket')).toEqual(['here', 'Rocket']);
});

test('one split is enough', () => {
  expect(parse('by version by version').by).toBe('version');
  expect(() => parse('by version by country')).toThrow(
    '“by version” and “by country” exclude each other: take one of them.',
  );
});

describe('options', () => {
  test('come in any order and case, with dashes or without', () => {
    expect(parse('OpenLineage --weekly DARK public new 12w "last week"', ['new'])).toEqual({
      theme: 'dark',
      isPublic: true,
      granularity: 'weekly',
      words: new Set(['new']),
      range: { from: '2025-12-24', to: '2026-03-18' },
      names: ['OpenLineage', 'last week'],
    });
  });

  test('Slack’s channels and curly quotes stay whole', () => {
    expect(parse('<#C012AB3CD|general talk> “two words”').names).toEqual([
      '<#C012AB3CD|general talk>',
      'two words',
    ]);
  });

  test('contradictions are refused', () => {
    expect(() => parse('dark light')).toThrow(/exclude each other/);
    expect(() => parse('daily weekly')).toThrow(/exclude each other/);
    expect(() => parse('by')).toThrow(/needs a word/);
    const stars = findCommand('stars').command;
    const asked = { options: parse('new total', [...(stars.words ?? [])]), text: 'new total' };
    expect(() => stars.run(asked, { today: TODAY } as CommandDeps)).toThrow(/exclude each other/);
    expect(() => parse('top 0', ['top'])).toThrow(/1 to 25/);
  });

  test('what a command does not know is a name, and never silently left out', () => {
    expect(parse('top 5', ['top']).top).toBe(5);
    expect(parse('top 5')).toMatchObject({ names: ['top', '5'] });
  });

  test('nothing that can be typed throws anything but a sentence', () => {
    const vocabulary = fc.constantFrom(
      ...commands.map(({ name }) => name),
      ...'by top since this last week month year all may november 30 days hours 30d 12w 2024-01-01..2024-06-30 .. - -- daily weekly dark light public new log " “ <# <#C1|x> 2024 0000 9999-99 ٣٠d 🎉 __proto__ constructor'.split(
        ' ',
      ),
    );
    const line = fc.oneof(
      fc
        .array(fc.oneof(vocabulary, fc.string({ unit: 'grapheme', maxLength: 8 })), {
          maxLength: 8,
        })
        .map((w) => w.join(' ')),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(line, (text) => {
        try {
          const { command, text: rest } = findCommand(text);
          const { range } = parseOptions(rest, command.words ?? [], TODAY);
          if (range) {
            expect(isDay(range.to)).toBe(true);
            expect(range.to <= TODAY).toBe(true);
            if (range.from) expect(range.from <= range.to).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.message).toMatch(/[.?]$/);
        }
      }),
      { numRuns: 20_000 },
    );
  });
});
