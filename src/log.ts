import { type Logger, pino } from 'pino';

/** Logs JSON lines to standard error. Tokens and message texts are cut out wherever they stand. */
export function createLog(level: string, out: { write(line: string): void } = toStderr()): Logger {
  const secrets = ['token', 'botToken', 'appToken', 'authorization', 'text', 'blocks', 'envelope'];
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describe },
      redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), remove: true },
    },
    out,
  );
}

function toStderr(): { write(line: string): void } {
  return pino.destination({ dest: 2, sync: true });
}

/** What of an error is logged: not its own fields, which hold requests, answers and what was said. */
interface Described {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: Described;
}

function describe(error: unknown): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: 'thrown without an error' };
  const { name, message, stack } = error;
  // Bolt calls a cause the original.
  const cause = 'original' in error ? error.original : error.cause;
  return {
    type: name,
    message: hideSecrets(message),
    ...('code' in error && { code: String(error.code) }),
    ...(stack !== undefined && { stack: hideSecrets(stack) }),
    ...(cause instanceof Error && { cause: describe(cause) }),
  };
}

/** `text` without Slack's and GitHub's tokens, the key to a socket, and the passwords in addresses. */
export function hideSecrets(text: string): string {
  return text
    .replace(/xox[a-z]*[-.][\w.-]+|xapp-[\w-]+|gh[a-z]_\w+|github_pat_\w+/g, '[token]')
    .replace(/\/\/[^\s/@]+@/g, '//[secret]@')
    .replace(/ticket=[^&\s]+/g, 'ticket=[secret]');
}
