import { describe, expect, test } from 'vitest';
import { resolveNames } from '../../commands/names.ts';

const repositories = [
  'OpenLineage/OpenLineage',
  'MarquezProject/marquez',
  'MarquezProject/site',
  'apache/airflow',
].map((label) => ({ label, value: label }));
const find = (...names: string[]) => resolveNames(names, repositories, 'repository');

describe('names', () => {
  test.each([
    ['apache/airflow', ['apache/airflow']],
    ['AIRFLOW', ['apache/airflow']],
    ['marquezproject', ['MarquezProject/marquez', 'MarquezProject/site']],
    ['marquezproject/*', ['MarquezProject/marquez', 'MarquezProject/site']],
    ['openlin', ['OpenLineage/OpenLineage']],
    ['flow', ['apache/airflow']],
  ])('%s', (name, found) => expect(find(name)).toEqual(found));

  test('each is found once', () => {
    expect(find('airflow', 'apache')).toEqual(['apache/airflow']);
  });

  test('a slip of the finger is named', () => {
    expect(() => find('marqeuz')).toThrow('Did you mean MarquezProject/marquez?');
  });

  test('a channel is called by its name, and not by its code', () => {
    expect(() => find('<#C0SAMPLE01|general>')).toThrow(
      /^#general is a channel and no repository:/,
    );
    expect(() => find('<#c0sample01>')).toThrow(/^That is a channel and no repository:/);
  });

  test('a very long name is not repeated whole', () => {
    expect(() => find('x'.repeat(9000))).toThrow(/^I know no repository “x{59}…”\. What I know: /);
  });

  test('a stranger is told what there is', () => {
    expect(() => find('kubernetes')).toThrow(/I know no repository “kubernetes”\. What I know: /);
    expect(() => resolveNames(['x'], [], 'repository')).toThrow(/There is no repository yet/);
  });
});
