import type { Checkup } from '../sources/source.ts';

/** Always good: an older Node is turned away at the start, before anything else is loaded. */
export function checkNode(): Checkup {
  const detail = `Version ${process.versions.node} on ${process.platform} ${process.arch}; 22.18 or newer is needed.`;
  return { what: 'Node.js', state: 'good', detail };
}
