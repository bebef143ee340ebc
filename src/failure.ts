import { InputError } from '../db/input-error.ts';
import { ConfigError } from './config.ts';
import { hideSecrets } from './log.ts';
import { StartError } from './slack/start-error.ts';

/**
 * What the terminal says when the process has to end: one sentence where the cause is known, else
 * the stack, for whoever mends it. Never an error's other fields, which may be requests.
 */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return `Groundswell could not go on: ${String(error)}`;
  if ([ConfigError, InputError, StartError].some((kind) => error instanceof kind)) {
    return error.message;
  }
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is taken, perhaps by another Groundswell: stop that one, or set PORT to another number.`;
  }
  // The system's own errors say what they are about: “EACCES: permission denied, open '.env'”.
  const what = 'syscall' in error ? error.message : (error.stack ?? error.message);
  return hideSecrets(`Groundswell could not go on: ${what}`);
}
