import { LogLevel, type Logger as SdkLogger } from '@slack/bolt';
import type { Logger } from 'pino';
import { hideSecrets } from '../log.ts';

/**
 * The SDK's logger, ending in ours. It stays at info, because the SDK's debug lines hold whole
 * messages; and of what comes through only words are kept, without tokens.
 */
export function sdkLogger(log: Logger): SdkLogger {
  const words = (parts: unknown[]): string => parts.map(sayable).filter(Boolean).join(' ');
  return {
    debug() {},
    info: (...parts: unknown[]) => log.info(words(parts)),
    warn: (...parts: unknown[]) => log.warn(words(parts)),
    error: (...parts: unknown[]) => log.error(words(parts)),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}

/** Objects may be payloads, so they are left out. */
function sayable(part: unknown): string {
  const text = part instanceof Error ? part.message : typeof part === 'string' ? part : '';
  return hideSecrets(text);
}
