import type { Random } from './random.ts';

/** Draws items at random, but none again before half of the others were drawn. */
export interface Deck<T> {
  draw(): T;
}

export function createDeck<T>(random: Random, items: readonly T[]): Deck<T> {
  const cards = [...items];

  return {
    /** From the upper half, and back under the deck. */
    draw() {
      const at = random.int(0, Math.floor((cards.length - 1) / 2));
      const [card] = cards.splice(at, 1) as [T];
      cards.push(card);
      return card;
    },
  };
}
