import { engineFacet, errorFacet, type Facets, type JobName, PRODUCER, SPEC } from './facets.ts';

/** The namespace of every job of ours. */
export const JOBS = 'groundswell';

export interface Dataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets?: Facets;
  readonly inputFacets?: Facets;
  readonly outputFacets?: Facets;
}

type EventType = 'START' | 'COMPLETE' | 'FAIL';

/** What stays the same from a run's beginning to its end. */
export interface RunOf {
  readonly runId: string;
  /** Without a namespace, which is ours. */
  readonly job: string;
  readonly jobFacets: Facets;
  readonly runFacets?: Facets;
  readonly inputs: readonly Dataset[];
  readonly outputs: readonly Dataset[];
}

/** A run event, https://openlineage.io/docs/spec/object-model */
export interface RunEvent {
  readonly eventType: EventType;
  /** ISO instant. */
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: JobName & { readonly facets: Facets };
  readonly inputs: readonly Dataset[];
  readonly outputs: readonly Dataset[];
}

export function runEvent(eventType: EventType, eventTime: string, of: RunOf): RunEvent {
  return {
    eventType,
    eventTime,
    producer: PRODUCER,
    schemaURL: `${SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: { runId: of.runId, facets: { ...engineFacet(), ...of.runFacets } },
    job: { namespace: JOBS, name: of.job, facets: of.jobFacets },
    inputs: of.inputs,
    outputs: of.outputs,
  };
}

/** The same event as the failure of its run. */
export function failed(event: RunEvent, eventTime: string, message: string): RunEvent {
  const facets = { ...event.run.facets, ...errorFacet(message) };
  return { ...event, eventType: 'FAIL', eventTime, run: { ...event.run, facets } };
}
