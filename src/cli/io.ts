/** What the command line reads and writes. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** From now on Ctrl-C calls `stop` once instead of ending the process; returns what undoes that. */
  readonly onInterrupt: (stop: () => void) => () => void;
}

export interface Output {
  /** True when a person looks at it. */
  readonly isTTY?: boolean;
  write(chunk: string | Uint8Array): unknown;
}

/** What was typed can't be done in this form. The message says what would be right; exit code 2. */
export class UsageError extends Error {}

/** Ctrl-C ended the work. The message says how to go on; exit code 130. */
export class Interrupted extends Error {}

export function printLines(output: Output, lines: readonly string[]): void {
  for (const line of lines) output.write(`${line}\n`);
}

/** What the file system did not like, as a clause. */
export function whyNot(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return String(error);
  if (error.code === 'ENOENT') return 'there is no such file or folder';
  if (error.code === 'EISDIR') return 'it is a folder';
  if (error.code === 'EACCES') return 'you may not';
  return error.message;
}
