import { expect, test } from 'vitest';
import { columnsOf } from '../db/lineage.ts';
import { IN_MEMORY, openDatabase } from '../db/open.ts';
import { readConfig } from '../src/config.ts';
import { createTables, trafficOf } from '../src/lineage/datasets.ts';
import { modelDataset, models, modelsAfter, tablesOf } from '../src/lineage/models.ts';
import { createSources } from '../src/sources/index.ts';
import { quiet } from './sources/cases.ts';

const db = openDatabase(IN_MEMORY);
const config = readConfig({});
const names = (table: string) => columnsOf(db, table).map(({ name }) => name);

test.each(models)('$view is told as it is', (model) => {
  expect(Object.keys(model.columns)).toEqual(names(model.view));
  for (const [, field] of [...Object.values(model.columns).flat(), ...model.rows]) {
    const [table = '', column] = field.split('.');
    expect(names(table), field).toContain(column);
  }
  // The tables that SQLite opens to read the view.
  const opened = db
    .prepare<[], { opcode: string; p2: number }>(`EXPLAIN SELECT * FROM ${model.view}`)
    .all()
    .filter(({ opcode }) => opcode === 'OpenRead')
    .map(({ p2 }) =>
      db.prepare('SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?').pluck().get(p2),
    );
  expect(tablesOf(model)).toEqual([...new Set(opened)].toSorted());
});

test('a view is a dataset with its columns and what they are made of', () => {
  const [model] = modelsAfter('github');
  const dataset = model && modelDataset(model, createTables(db));
  expect(dataset).toMatchObject({
    namespace: 'sqlite://:memory:',
    name: 'github_daily_summary',
    facets: {
      columnLineage: {
        fields: {
          new_stars: {
            inputFields: [
              {
                namespace: 'sqlite://:memory:',
                name: 'series_day',
                field: 'value',
                transformations: [{ type: 'DIRECT', subtype: 'TRANSFORMATION' }],
              },
            ],
          },
        },
      },
    },
  });
});

test('every part of every source is told with what it reads and writes', () => {
  for (const source of createSources(config, quiet)) {
    const parts = [{ name: '', scope: 'subject' }, ...source.parts];
    for (const { name, scope } of parts) {
      const key = scope === 'subject' ? 'acme/rocket' : '';
      const { reads, writes } = trafficOf(config, source.id, name, key);
      expect(reads, `${source.id} ${name}`).toHaveLength(1);
      expect(writes.length, `${source.id} ${name}`).toBeGreaterThan(0);
      for (const table of writes) expect(names(table), table).not.toEqual([]);
    }
  }
});

test('what was not found has no address, and a group has that of its owner', () => {
  expect(trafficOf(config, 'github', '', '').reads).toEqual([]);
  expect(trafficOf(config, 'github', '', 'acme/*')).toEqual({
    reads: [{ namespace: 'https://api.github.com', name: 'users/acme/repos' }],
    writes: ['subject'],
  });
  expect(trafficOf(config, 'github', 'horoscopes', 'acme/rocket')).toEqual({
    reads: [],
    writes: [],
  });
});
