/** One line of the results. Texts carry their unit. */
export interface Row {
  readonly what: string;
  /** The size of the data. */
  readonly size: string;
  readonly ours: string;
  /** What it is compared with, measured in the same run. */
  readonly reference?: string;
  readonly ratio?: string;
  readonly target?: Target;
}

interface Target {
  readonly wanted: string;
  readonly met: boolean;
}

interface Scale {
  /** Messages of the community that the questions are asked about. */
  readonly messages: number;
}

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** How it is measured, and what the reference is. */
  readonly method: string;
  run(scale: Scale): Promise<Row[]>;
}

export function atMost(limit: number, unit: string, value: number): Target {
  return { wanted: `≤ ${limit}${unit}`, met: value <= limit };
}

export function atLeast(limit: number, unit: string, value: number): Target {
  return { wanted: `≥ ${limit}${unit}`, met: value >= limit };
}
