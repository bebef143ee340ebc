import type { IncomingHttpHeaders } from 'node:http';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * True when a request was made to this machine by a page of this machine. A page elsewhere whose
 * name was made to point here (DNS rebinding) has another Host or Origin.
 */
export function isLocal({ host, origin }: IncomingHttpHeaders): boolean {
  return isLocalUrl(`http://${host}`) && (origin === undefined || isLocalUrl(origin));
}

function isLocalUrl(url: string): boolean {
  return LOCAL.has(URL.parse(url)?.hostname ?? '');
}
