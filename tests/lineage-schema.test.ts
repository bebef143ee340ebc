import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { oldestLineageEvent } from '../db/lineage.ts';
import { IN_MEMORY, openDatabase } from '../db/open.ts';
import type { RunOutcome } from '../db/runs.ts';
import { statement } from '../db/statement.ts';
import { ensureSubject } from '../db/subjects.ts';
import { readConfig } from '../src/config.ts';
import type { Dataset, RunEvent } from '../src/lineage/events.ts';
import type { Facets } from '../src/lineage/facets.ts';
import { createLineage } from '../src/lineage.ts';
import { createSources } from '../src/sources/index.ts';
import { shared } from './shared.ts';
import { NOW, quiet } from './sources/cases.ts';

const config = readConfig({});
const sources = createSources(config, quiet);
const OUTCOMES: readonly RunOutcome[] = ['done', 'limited', 'failed', 'cut'];

/** Every event of a run of each part and outcome, of their rounds and models, and of a crash. */
function everyEvent(): RunEvent[] {
  const db = openDatabase(IN_MEMORY);
  const lineage = createLineage({
    url: 'http://127.0.0.1:1',
    db,
    sources,
    endpoints: config,
    log: quiet,
    now: () => NOW,
  });
  const at = new Date(NOW).toISOString();
  const costs = { requests: 1, rows: 12, bytes: 0, costUsd: 0 };
  for (const { id: source, parts } of sources) {
    const key = source === 'pypi' ? 'rocket' : 'acme/rocket';
    const subject = ensureSubject(db, source, key, key).id;
    for (const part of ['', ...parts.map(({ name }) => name)]) {
      for (const outcome of OUTCOMES) {
        const run = { id: randomUUID(), parentId: randomUUID(), source, part, startedAt: at };
        const about = { ...run, subjectId: part === '' ? subject : 0 };
        lineage.observer.started(about);
        const error = outcome === 'failed' ? 'It does not answer.' : null;
        lineage.observer.ended({ ...about, ...costs, outcome, error, endedAt: at });
      }
    }
  }
  const run = { id: randomUUID(), parentId: randomUUID(), source: 'github', part: '' };
  lineage.observer.started({ ...run, subjectId: 1, startedAt: at });
  lineage.start();
  lineage.stop();
  expect(oldestLineageEvent(db)).toBeDefined();
  return statement(db, 'SELECT event FROM lineage_event ORDER BY seq')
    .pluck()
    .all()
    .map((event) => JSON.parse(event as string));
}

const facetsOf = ({ facets, inputFacets, outputFacets }: Dataset): (Facets | undefined)[] => [
  facets,
  inputFacets,
  outputFacets,
];

function allFacets(event: RunEvent): [key: string, facet: Facets[string]][] {
  const datasets = [...event.inputs, ...event.outputs].flatMap(facetsOf);
  return [event.run.facets, event.job.facets, ...datasets].flatMap((facets) =>
    Object.entries(facets ?? {}),
  );
}

test('each beginning has one end, and each name is told', () => {
  const events = everyEvent();
  const count = (type: string) => events.filter(({ eventType }) => eventType === type).length;
  expect(events.length).toBeGreaterThan(50);
  expect(count('START')).toBe(count('COMPLETE') + count('FAIL'));
  for (const { eventTime, run, job } of events) {
    expect(eventTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(run.runId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(job.name).not.toBe('');
  }
});

const published = shared('schemas/openlineage/published');
describe.skipIf(!published)('by the published schemas (../shared/schemas/openlineage)', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);

  beforeAll(() => {
    for (const file of globSync('**/*.json', { cwd: published ?? '' })) {
      ajv.addSchema(JSON.parse(readFileSync(join(published ?? '', file), 'utf8')));
    }
  });

  function errorsOf(schemaUrl: string, value: unknown): unknown {
    const validate = ajv.getSchema(schemaUrl);
    if (!validate) return `there is no schema ${schemaUrl}`;
    return validate(value) ? null : validate.errors;
  }

  test('every event is valid', () => {
    for (const event of everyEvent()) {
      expect(errorsOf(event.schemaURL, event)).toBeNull();
      expect(errorsOf(event.schemaURL.replace(/#.*/, ''), event)).toBeNull();
    }
  });

  test('every facet is valid, under the key that its schema gives it', () => {
    const seen = new Set<string>();
    for (const event of everyEvent()) {
      for (const [key, facet] of allFacets(event)) {
        expect(errorsOf(facet._schemaURL, facet), key).toBeNull();
        const [file = ''] = facet._schemaURL.split('#');
        expect(errorsOf(file, { [key]: facet }), key).toBeNull();
        expect(ajv.getSchema(file)?.schema).toHaveProperty(['properties', key]);
        seen.add(key);
      }
    }
    expect([...seen].toSorted()).toEqual([
      'columnLineage',
      'dataQualityAssertions',
      'documentation',
      'errorMessage',
      'jobType',
      'outputStatistics',
      'parent',
      'processing_engine',
      'schema',
    ]);
  });

  test('a wrong event is not', () => {
    const [event] = everyEvent();
    expect(errorsOf(event?.schemaURL ?? '', { ...event, eventTime: 'today' })).not.toBeNull();
  });
});
