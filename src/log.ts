import { type Logger, pino } from 'pino';

/** Logs JSON lines to standard error. Tokens and message texts are cut out wherever they stand. */
export function createLog(level: string): Logger {
  const secrets = ['token', 'botToken', 'appToken', 'authorization', 'text', 'blocks', 'envelope'];
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), remove: true },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
