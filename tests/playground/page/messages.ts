import type { PlaygroundMessage } from '../../../playground/protocol.ts';

/** A message of Ada's in #general, `at` seconds after a fixed noon (UTC). */
export function message(at: number, more: Partial<PlaygroundMessage> = {}): PlaygroundMessage {
  const ts = `${1_700_049_600 + at}.000100`;
  return { channel: 'CGEN', ts, user: 'UADA', text: `said at ${at}`, ...more };
}
