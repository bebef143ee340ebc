import { useSyncExternalStore } from 'react';
import type { Place } from '../model/conversation.ts';

/** What the address says is open: a conversation, the bot's home, or nothing yet. */
export type Route = Place | 'home' | undefined;

const changed = 'groundswell:route';
const remembered = 'groundswell.as';

/** The person the page is used as: the address decides, then what this tab remembers. */
function currentPerson(): string | undefined {
  const named = new URLSearchParams(window.location.search).get('as');
  return named ?? sessionStorage.getItem(remembered) ?? undefined;
}

/** Writes the person into the address and the tab's memory, without a step in the history. */
export function becomePerson(id: string | undefined): void {
  const url = new URL(window.location.href);
  if (id) {
    url.searchParams.set('as', id);
    sessionStorage.setItem(remembered, id);
  } else {
    url.searchParams.delete('as');
    sessionStorage.removeItem(remembered);
  }
  window.history.replaceState(null, '', url);
  window.dispatchEvent(new Event(changed));
}

export function usePerson(): string | undefined {
  return useSyncExternalStore(onChange, currentPerson);
}

/** Goes somewhere: `replace` where the step should not be one for the Back button. */
export function go(route: Route, replace = false): void {
  const hash = `#${hashOf(route)}`;
  if (window.location.hash === hash) return;
  window.history[replace ? 'replaceState' : 'pushState'](null, '', hash);
  window.dispatchEvent(new Event(changed));
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(onChange, () => window.location.hash.slice(1));
  if (hash === '' || hash === 'home') return hash || undefined;
  const [channel = '', thread] = hash.split('/');
  return thread ? { channel, thread } : { channel };
}

function hashOf(route: Route): string {
  if (route === undefined || route === 'home') return route ?? '';
  return route.thread ? `${route.channel}/${route.thread}` : route.channel;
}

function onChange(notify: () => void): () => void {
  for (const name of [changed, 'popstate', 'hashchange']) window.addEventListener(name, notify);
  return () => {
    for (const name of [changed, 'popstate', 'hashchange'])
      window.removeEventListener(name, notify);
  };
}
