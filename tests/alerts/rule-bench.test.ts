import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAlertData } from '../../bench/alerts-data.ts';
import { replay } from '../../bench/alerts-replay.ts';
import { settings } from '../../src/alerts/rule/settings.ts';
import { dayAt, times, usualDays } from './rule-series.ts';

const DROP = 150;
const DAYS = 180;

const A = usualDays(DAYS);
const PEERS = ['b', 'c', 'd'];

/** A source of four series, `a` first; what becomes of a case of `a` is put beside it. */
function files(): Record<string, string> {
  const rows = (id: string, values: readonly (number | null)[]) =>
    values.map((value, index) => `${id},pypi,${dayAt(index)},${value}\n`).join('');
  const whole = { base: 'a', from: dayAt(0), to: dayAt(DAYS - 1), start: dayAt(DROP) };
  const changed = (id: string, factor: number, seen: string) =>
    [0, 1].map((day) => {
      const value = Math.floor((A[DROP + day] as number) * factor);
      return `${id},${dayAt(DROP + day)},,${value}\n${seen && `${id},${dayAt(DROP + day)},${seen},${A[DROP + day]}\n`}`;
    });
  return {
    'series.csv': [
      'series_id,source,day,value\n',
      rows('a', A),
      ...PEERS.map((id, index) => rows(id, usualDays(DAYS, 500, index + 2))),
      rows('e', times(A, 0.4, DROP)).replaceAll(',pypi,', ',docker,'),
    ].join(''),
    'revisions.csv': 'series_id,day,seen,value\n',
    'cases.csv': `case_id,day,seen,value\n${[
      ...changed('outage', 0, ''),
      ...changed('wrong-source', 0.1, dayAt(DROP + 6)),
      `gap,${dayAt(DROP)},,\n`,
    ].join('')}`,
    'polls.csv': 'case_id,polled_at,value\n',
    'labels.json': JSON.stringify({
      series: ['a', ...PEERS, 'e'].map((id) => ({
        series_id: id,
        source: id === 'e' ? 'docker' : 'pypi',
      })),
      cases: [
        { case_id: 'outage', ...whole },
        { case_id: 'gap', ...whole },
        {
          case_id: 'wrong-source',
          ...whole,
          scope: 'source',
          factor: 0.1,
          days: 2,
          repaired: dayAt(DROP + 6),
        },
      ],
    }),
  };
}

describe('the bench of the rule', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alert-cases-'));
    for (const [name, text] of Object.entries(files())) writeFileSync(join(folder, name), text);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('runs series and cases as they became visible', () => {
    const data = readAlertData(folder);
    const alertsOf = (base: string, id?: string) =>
      replay(
        data,
        base,
        settings.normal,
        id ? data.cases.find((c) => c.case_id === id) : undefined,
      ).map(({ id: alert, day, kind }) => `${alert} ${day} ${kind}`);
    expect(alertsOf('a')).toEqual([]);
    expect(alertsOf('e')).toEqual([
      `e ${dayAt(DROP + 1)} firing`,
      `e ${dayAt(DROP + 29)} resolved`,
    ]);
    expect(alertsOf('a', 'outage')).toEqual([
      `outage ${dayAt(DROP)} firing`,
      `outage ${dayAt(DROP + 3)} resolved`,
    ]);
    expect(alertsOf('a', 'gap')).toEqual([]);
    expect(alertsOf('a', 'wrong-source')).toEqual([]);
  });

  test('says in one sentence what a wrong folder lacks', () => {
    expect(() => readAlertData('nowhere')).toThrow(
      'nowhere is no folder of alert cases: it lacks series.csv, revisions.csv, cases.csv, polls.csv, labels.json',
    );
  });

  test('says where a file is not as it should be', () => {
    writeFileSync(join(folder, 'revisions.csv'), 'series_id,day,seen,value\na,2025-02-30,,1\n');
    expect(() => readAlertData(folder)).toThrow(/revisions\.csv can't be read: .+ at 0\.day$/);
    writeFileSync(join(folder, 'labels.json'), '{');
    expect(() => readAlertData(folder)).toThrow(/labels\.json is no JSON$/);
  });
});
