/** `users[i]` wrote `messages[i]`. */
export interface Columns {
  readonly users: Uint32Array;
  readonly messages: Uint8Array;
}

/** Parts of columns: first entry and end, again and again. */
export type Stretches = readonly number[];

/** A stretch that follows its forerunner makes it longer: the fewer they are, the faster the sums. */
export function addStretch(stretches: number[], from: number, to: number): void {
  const last = stretches.length - 1;
  if (stretches[last] === from) stretches[last] = to;
  else stretches.push(from, to);
}

/**
 * Counts messages, and the different people who wrote them. People are told apart with a bit each:
 * one table for all counts, small enough for the processor's nearest cache.
 */
export function createHeadcount(users: number, bots: readonly number[]) {
  const seen = new Int32Array((users >>> 5) + 1);
  const isBot = new Int32Array(seen.length);
  for (const bot of bots) (isBot[bot >>> 5] as number) |= 1 << bot;

  /** Costs as much as was seen, and not as much as there are people. */
  function forget({ users }: Columns, stretches: Stretches): void {
    for (let at = 0; at < stretches.length; at += 2) {
      const to = stretches[at + 1] as number;
      for (let i = stretches[at] as number; i < to; i++) seen[(users[i] as number) >>> 5] = 0;
    }
  }

  return (columns: Columns, stretches: Stretches): { messages: number; people: number } => {
    const { users, messages } = columns;
    let sum = 0;
    let people = 0;
    for (let at = 0; at < stretches.length; at += 2) {
      const to = stretches[at + 1] as number;
      for (let i = stretches[at] as number; i < to; i++) {
        const user = users[i] as number;
        const word = user >>> 5;
        // A shift takes its distance modulo 32.
        if (((isBot[word] as number) >>> user) & 1) continue;
        sum += messages[i] as number;
        // Without a branch: whether somebody was seen before is anybody's guess.
        const before = seen[word] as number;
        people += ~(before >>> user) & 1;
        seen[word] = before | (1 << user);
      }
    }
    forget(columns, stretches);
    return { messages: sum, people };
  };
}

/** Columns that grow, and keep their room when they are cleared. */
export function createColumns() {
  let users = new Uint32Array(4096);
  let messages = new Uint8Array(4096);
  let length = 0;

  function makeRoom(needed: number): void {
    if (needed <= users.length) return;
    const old = { users, messages };
    users = new Uint32Array(2 * needed);
    messages = new Uint8Array(2 * needed);
    users.set(old.users);
    messages.set(old.messages);
  }

  return {
    get: (): Columns => ({ users, messages }),
    /** Answers where the added entries begin. */
    add(added: Columns): number {
      const begin = length;
      length += added.users.length;
      makeRoom(length);
      users.set(added.users, begin);
      messages.set(added.messages, begin);
      return begin;
    },
    clear(): void {
      length = 0;
    },
  };
}
