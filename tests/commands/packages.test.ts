import { describe, expect, test } from 'vitest';
import type { CommandDeps } from '../../commands/command.ts';
import { downloads } from '../../commands/downloads.ts';
import { parseOptions } from '../../commands/options.ts';
import { versions } from '../../commands/versions.ts';
import { addDays } from '../../db/days.ts';
import { community, everyone, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';

const { db } = community();
const from = addDays(TODAY, -9);
const ids = ['marquez-python', 'openlineage-python', 'openlineage-sql'].map((name) =>
  packageIn(db, { name, from, downloads: steady(9, 1) }),
);
const spark = packageIn(db, { name: 'pyspark', role: 'dependency', from, downloads: [1] });

const deps: CommandDeps = {
  db,
  viewer: everyone,
  today: TODAY,
  now: Date.parse(TODAY),
  tracker: { forms: [], track: async () => ({ sentence: '' }), untrack: () => ({ sentence: '' }) },
  isSample: false,
};

function paramsOf(command: typeof downloads, text: string): unknown {
  const options = parseOptions(text, command.words ?? [], TODAY);
  const reply = command.run({ options, text }, deps);
  if (reply instanceof Promise || reply.kind !== 'report') throw new Error('no report');
  return reply.params;
}

describe('downloads', () => {
  test('takes packages in any spelling, a dimension and mirrors', () => {
    expect(paramsOf(downloads, 'Marquez_Python openlineage')).toMatchObject({
      subjectIds: ids,
      mirrors: false,
    });
    expect(paramsOf(downloads, 'marquez.python by country 2026-10 monthly')).toMatchObject({
      subjectIds: [ids[0]],
      by: 'country',
      from: '2026-10-01',
      granularity: 'monthly',
    });
    expect(paramsOf(downloads, 'mirrors')).toMatchObject({ mirrors: true });
    expect(paramsOf(downloads, '')).not.toHaveProperty('subjectIds');
  });

  test.each([
    ['by weather', /split by version, python,.* or ci/],
    ['by python mirrors', /leave out “mirrors”/],
    ['pyspark marquez by python', /name pyspark alone/],
    ['openlineage by version', /as in “downloads openlineage-python by version”/],
    ['openlinage-sql', /Did you mean openlineage-sql/],
  ])('%s is refused in a sentence', (text, sentence) => {
    expect(() => paramsOf(downloads, text)).toThrow(sentence);
  });

  test('a dependency alone can be split', () => {
    expect(paramsOf(downloads, 'pyspark by python')).toMatchObject({ subjectIds: [spark] });
  });
});

describe('versions', () => {
  test('takes one package, or leaves the choice to the report', () => {
    expect(paramsOf(versions, 'pyspark 12w')).toMatchObject({ subjectId: spark });
    expect(paramsOf(versions, 'weekly')).not.toHaveProperty('subjectId');
  });

  test.each([
    ['openlineage', /one package at a time, as in “versions openlineage-python”/],
    ['pyspark by python', /downloads by python/],
  ])('%s is refused in a sentence', (text, sentence) => {
    expect(() => paramsOf(versions, text)).toThrow(sentence);
  });
});
