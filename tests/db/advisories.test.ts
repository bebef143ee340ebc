import { eq } from '@renovatebot/pep440';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Advisory,
  advisoriesOf,
  advisoryName,
  affectedOf,
  keepAdvisories,
  orderVersions,
  saveAdvisories,
  vulnerabilitiesOf,
} from '../../db/advisories.ts';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';

function advisory(id: string, more: Partial<Advisory> = {}): Advisory {
  return {
    id,
    aliases: [],
    summary: 'Templates may run code',
    severity: null,
    publishedAt: '2024-05-01T00:00:00Z',
    modifiedAt: '2024-05-02T00:00:00Z',
    ranges: [{ introduced: '0', fixed: '1.2' }],
    ...more,
  };
}

function prepare() {
  const db = openDatabase(IN_MEMORY);
  const { id } = ensureSubject(db, 'pypi', 'rocket', 'Rocket');
  return { db, id };
}

test('what was saved is read, newest first, and a repetition changes nothing', () => {
  const { db, id } = prepare();
  const old = advisory('GHSA-1', { publishedAt: '2020-01-01T00:00:00Z', severity: 'high' });
  const recent = advisory('GHSA-2', { aliases: ['CVE-2024-1'], ranges: [{ versions: ['1.0'] }] });
  expect(saveAdvisories(db, id, [old, recent])).toBe(2);
  expect(saveAdvisories(db, id, [old, recent])).toBe(0);
  expect(advisoriesOf(db, id)).toEqual([recent, old]);

  const mended = { ...old, modifiedAt: '2024-06-01T00:00:00Z', summary: 'Only some templates' };
  expect(saveAdvisories(db, id, [mended])).toBe(1);
  expect(advisoriesOf(db, id)).toEqual([recent, mended]);
});

test('what is not kept is forgotten, and only of that package', () => {
  const { db, id } = prepare();
  const other = ensureSubject(db, 'pypi', 'anvil', 'anvil').id;
  for (const subject of [id, other]) {
    saveAdvisories(db, subject, [advisory('GHSA-1'), advisory('GHSA-2')]);
  }
  expect(keepAdvisories(db, id, ['GHSA-2', 'GHSA-9'])).toBe(1);
  expect(advisoriesOf(db, id).map((one) => one.id)).toEqual(['GHSA-2']);
  expect(advisoriesOf(db, other)).toHaveLength(2);
});

test('the CVE number is the name, where there is one', () => {
  expect(advisoryName({ id: 'GHSA-1', aliases: ['PYSEC-7', 'CVE-2024-1'] })).toBe('CVE-2024-1');
  expect(advisoryName({ id: 'CVE-2023-5', aliases: ['CVE-2024-1'] })).toBe('CVE-2023-5');
  expect(advisoryName({ id: 'GHSA-1', aliases: ['PYSEC-7'] })).toBe('GHSA-1');
});

test('what several databases tell is one vulnerability', () => {
  const { db, id } = prepare();
  saveAdvisories(db, id, [
    advisory('GHSA-1', { aliases: ['CVE-1'], ranges: [{ introduced: '0', fixed: '1.2' }] }),
    advisory('GHSA-2', { aliases: ['CVE-2'] }),
    advisory('PYSEC-1', { aliases: ['CVE-1'], severity: 'high', ranges: [{ versions: ['2.0'] }] }),
    // Known to tell the same as the two above only once they are seen together.
    advisory('PYSEC-3', { aliases: ['CVE-3'] }),
    advisory('SNYK-3', { aliases: ['PYSEC-3', 'GHSA-2'] }),
  ]);
  const [first, second, ...rest] = vulnerabilitiesOf(db, id);
  expect(rest).toEqual([]);
  expect(first).toMatchObject({ id: 'GHSA-1', severity: 'high', aliases: ['CVE-1', 'PYSEC-1'] });
  expect(first?.ranges).toEqual([{ introduced: '0', fixed: '1.2' }, { versions: ['2.0'] }]);
  expect(second?.id).toBe('GHSA-2');
  expect(second?.aliases.toSorted()).toEqual(['CVE-2', 'CVE-3', 'PYSEC-3', 'SNYK-3']);
});

describe('affectedOf', () => {
  const held = (ranges: Advisory['ranges'], versions: readonly string[]) => {
    const affected = affectedOf({ ranges }, orderVersions(versions));
    return versions.filter((version) => affected.has(version));
  };

  test('fixed is not affected any more, the last affected is', () => {
    const versions = ['0.dev1', '1.2rc1', '1.2', '1.2.0', '1.2.post1', '1.10', '2.0'];
    expect(held([{ introduced: '0', fixed: '1.2' }], versions)).toEqual(['0.dev1', '1.2rc1']);
    expect(held([{ introduced: '1.2', lastAffected: '1.10' }], versions)).toEqual(
      versions.slice(2, 6),
    );
    expect(held([{ introduced: '1.10' }], versions)).toEqual(['1.10', '2.0']);
  });

  test('a local version of several parts keeps its order', () => {
    const versions = ['1.1+ubuntu.1', '1.3+local.build.2'];
    expect(held([{ introduced: '0', fixed: '1.2' }], versions)).toEqual(['1.1+ubuntu.1']);
  });

  test('a version without an order is only in lists that name it', () => {
    expect(held([{ introduced: '0' }], ['2008-beta-final', '1.0'])).toEqual(['1.0']);
    const list = [{ versions: ['2008-beta-final', '1.0'] }];
    expect(held(list, ['2008-beta-final', '2008-Beta', '1.0.0', '1'])).toEqual([
      '2008-beta-final',
      '1.0.0',
      '1',
    ]);
  });

  test('versions out of order, and ranges beside lists', () => {
    const versions = ['odd one', '2.0', '1.0.0', '1', '1.2', '1.10', '0.dev1'];
    expect(held([{ introduced: '0', fixed: '1.2' }], versions)).toEqual(['1.0.0', '1', '0.dev1']);
    const both = [{ introduced: '1.2', lastAffected: '1.10' }, { versions: ['odd one', '1.0'] }];
    expect(held(both, versions)).toEqual(['odd one', '1.0.0', '1', '1.2', '1.10']);
    expect(held([{ introduced: '1.3' }], versions)).toEqual(['2.0', '1.10']);
    expect(held([], versions)).toEqual([]);
  });

  test('a list holds every spelling of a version, and no other version', () => {
    const number = fc.constantFrom('0', '1', '10');
    const spelled = fc
      .tuple(
        fc.constantFrom('', 'v', '1!'),
        fc.array(number, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', 'a0', '.rc1', '-RC1', '.post1', '-1', '.dev0', '+up.1'),
      )
      .map(([before, release, after]) => `${before}${release.join('.')}${after}`);
    fc.assert(
      fc.property(spelled, spelled, (one, other) => {
        expect(held([{ versions: [one] }], [other])).toEqual(eq(one, other) ? [other] : []);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
