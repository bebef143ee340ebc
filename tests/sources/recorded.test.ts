import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createPypi } from '../../src/sources/pypi.ts';
import { shared } from '../shared.ts';

const takenAt = '2025-09-12T10:00:00Z';
const pypi = createPypi({ apiUrl: 'http://127.0.0.1:1' });

test('a package is found under any spelling of its name', () => {
  const keys = ['Acme.Rocket', 'acme-rocket', 'ACME_._rocket'].map((name) => pypi.parse(name)?.key);
  expect(new Set(keys)).toEqual(new Set(['acme-rocket']));
});

test('a package without a day tells nothing about completeness', () => {
  const [rows] = pypi.daily({ kind: 'overall', takenAt, body: '{"data":[]}' });
  expect(rows?.values).toEqual([]);
  expect(rows?.completeThrough).toBeUndefined();
});

const recorded = shared('fixtures');
describe.skipIf(!recorded)('recorded answers (../shared/fixtures)', () => {
  const read = (path: string) => readFileSync(`${recorded}/${path}`, 'utf8');

  test('downloads of pip, without the mirrors', () => {
    const body = read('pypi/pypistats/hugovk.overall_downloads.pip.01.json');
    const [rows] = pypi.daily({ kind: 'overall', takenAt, body });
    expect(rows?.values).toEqual([
      { day: '2020-05-01', value: 2_083_472 },
      { day: '2020-05-02', value: 1_475_979 },
    ]);
  });
});
