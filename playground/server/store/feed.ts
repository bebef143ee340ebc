import type { Change } from './types.ts';

type Listener = (change: Change) => void;

/** Where the parts of the store say what they changed, and everything else listens. */
export interface Feed {
  emit(change: Change): void;
  /** Answers the function that ends the subscription. */
  subscribe(listener: Listener): () => void;
}

export function createFeed(): Feed {
  const listeners = new Set<Listener>();
  return {
    emit(change) {
      for (const listener of [...listeners]) listener(change);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
