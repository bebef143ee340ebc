import { version } from '../version.ts';

/** Who makes the events, as a URI. */
export const PRODUCER = `urn:groundswell:${version}`;

/** Where the schemas of OpenLineage are published. */
export const SPEC = 'https://openlineage.io/spec';

interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
}

/** Facets under the keys that the schema gives them. */
export type Facets = Readonly<Record<string, Facet>>;

interface Column {
  readonly name: string;
  /** Absent for what a view computes. */
  readonly type?: string;
}

/** What a column is made of: `DIRECT` flows into it, `INDIRECT` decides which rows are there. */
export interface InputField {
  readonly namespace: string;
  readonly name: string;
  readonly field: string;
  readonly transformations: readonly { readonly type: string; readonly subtype: string }[];
}

/** The result of a check of data. */
export interface Assertion {
  readonly assertion: string;
  readonly success: boolean;
  readonly description: string;
  readonly actual: string;
}

function facet<T extends object>(release: string, name: string, content: T): Facet & T {
  const _schemaURL = `${SPEC}/facets/${release}/${name}.json#/$defs/${name}`;
  return { _producer: PRODUCER, _schemaURL, ...content };
}

export interface JobName {
  readonly namespace: string;
  readonly name: string;
}

export function parentFacet(runId: string, job: JobName): Facets {
  return { parent: facet('1-2-0', 'ParentRunFacet', { run: { runId }, job }) };
}

export function engineFacet(): Facets {
  const engine = { name: 'Groundswell', version };
  return { processing_engine: facet('1-1-1', 'ProcessingEngineRunFacet', engine) };
}

export function errorFacet(message: string): Facets {
  const error = { message, programmingLanguage: 'TypeScript' };
  return { errorMessage: facet('1-0-1', 'ErrorMessageRunFacet', error) };
}

/** @param description what the job does, in words */
export function jobFacets(jobType: 'JOB' | 'MODEL', description: string): Facets {
  const type = { processingType: 'BATCH', integration: 'GROUNDSWELL', jobType };
  return {
    jobType: facet('2-0-3', 'JobTypeJobFacet', type),
    documentation: facet('1-1-0', 'DocumentationJobFacet', { description }),
  };
}

export function schemaFacet(fields: readonly Column[]): Facets {
  return { schema: facet('1-2-0', 'SchemaDatasetFacet', { fields }) };
}

export function statisticsFacet(rowCount: number): Facets {
  return { outputStatistics: facet('1-0-2', 'OutputStatisticsOutputDatasetFacet', { rowCount }) };
}

/**
 * @param fields what each column is made of
 * @param dataset what decides which rows there are
 */
export function columnLineageFacet(
  fields: Readonly<Record<string, { readonly inputFields: readonly InputField[] }>>,
  dataset: readonly InputField[],
): Facets {
  return { columnLineage: facet('1-2-0', 'ColumnLineageDatasetFacet', { fields, dataset }) };
}

export function assertionsFacet(assertions: readonly Assertion[]): Facets {
  const name = 'DataQualityAssertionsDatasetFacet';
  return { dataQualityAssertions: facet('1-1-0', name, { assertions }) };
}
