import { type Gathered, NONE } from './gathering.ts';

interface Headcount {
  readonly messages: number;
  /** How many different people wrote them. */
  readonly people: number;
}

/**
 * Counts what a group wrote, bots left out. People are told apart with a bit each: one table for
 * all counts, small enough for the processor's nearest cache.
 */
export function createHeadcount(
  users: number,
  bots: readonly number[],
): (gathered: Gathered, group: number) => Headcount {
  const seen = new Int32Array((users >>> 5) + 1);
  const isBot = new Int32Array(seen.length);
  for (const bot of bots) (isBot[bot >>> 5] as number) |= 1 << bot;

  /** Its cost grows with what was seen, not with how many people there are. */
  function forget({ users, last, from, to, before }: Gathered, group: number): void {
    for (let at = last[group] as number; at !== NONE; at = before[at] as number) {
      const end = to[at] as number;
      for (let i = from[at] as number; i < end; i++) seen[(users[i] as number) >>> 5] = 0;
    }
  }

  return (gathered, group) => {
    const { users, messages, last, from, to, before } = gathered;
    let sum = 0;
    let people = 0;
    for (let at = last[group] as number; at !== NONE; at = before[at] as number) {
      const end = to[at] as number;
      for (let i = from[at] as number; i < end; i++) {
        const user = users[i] as number;
        const word = user >>> 5;
        // A shift takes its distance modulo 32.
        if (((isBot[word] as number) >>> user) & 1) continue;
        sum += messages[i] as number;
        // Without a branch: whether somebody was seen before can't be predicted.
        const known = seen[word] as number;
        people += ~(known >>> user) & 1;
        seen[word] = known | (1 << user);
      }
    }
    forget(gathered, group);
    return { messages: sum, people };
  };
}
