import type { TopLevelSpec } from 'vega-lite';

/** What the renderer asks of its worker. */
export interface Job {
  readonly format: 'png' | 'svg';
  readonly spec: TopLevelSpec;
  /** Picture pixels per pixel of the spec. */
  readonly scale: number;
}

/** What the worker says first, once it has loaded all that it draws with. */
export interface Loaded {
  readonly loaded: true;
}

/** What the worker answers: the file, or why there is none. */
export type JobResult =
  | { readonly png: Uint8Array<ArrayBuffer> }
  | { readonly svg: string }
  | { readonly error: string };
