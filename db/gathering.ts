/**
 * The counts of a period, gathered day by day to be counted group by group. All typed arrays: there
 * are thousands of stretches a month.
 */
export interface Gathered {
  /** `users[i]` wrote `messages[i]`. */
  readonly users: Uint32Array;
  readonly messages: Uint8Array;
  /** The last stretch of each group, or NONE. */
  readonly last: Int32Array;
  /** Of each stretch: its first entry, its end, and the stretch of its group before it, or NONE. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly before: Int32Array;
}

export const NONE = -1;

/** Gathers for groups with numbers below `groups`; keeps its room when it is cleared. */
export function createGathering(groups: number) {
  const last = new Int32Array(groups).fill(NONE);
  let [users, messages] = [new Uint32Array(1024), new Uint8Array(1024)];
  let [from, to, before] = [new Int32Array(64), new Int32Array(64), new Int32Array(64)];
  let entries = 0;
  let dayBegins = 0;
  let stretches = 0;

  return {
    get: (): Gathered => ({ users, messages, last, from, to, before }),

    addDay(dayUsers: Uint32Array, dayMessages: Uint8Array): void {
      dayBegins = entries;
      entries += dayUsers.length;
      if (entries > users.length) {
        users = larger(users, 2 * entries);
        messages = larger(messages, 2 * entries);
      }
      users.set(dayUsers, dayBegins);
      messages.set(dayMessages, dayBegins);
    },

    /** Adds the entries in [first, end) of the day added last. */
    addStretch(group: number, first: number, end: number): void {
      const forerunner = last[group] as number;
      if (forerunner !== NONE && to[forerunner] === dayBegins + first) {
        to[forerunner] = dayBegins + end;
        return;
      }
      if (stretches === from.length) {
        from = larger(from, 2 * stretches);
        to = larger(to, 2 * stretches);
        before = larger(before, 2 * stretches);
      }
      from[stretches] = dayBegins + first;
      to[stretches] = dayBegins + end;
      before[stretches] = forerunner;
      last[group] = stretches;
      stretches += 1;
    },

    clear(): void {
      last.fill(NONE);
      entries = 0;
      stretches = 0;
    },
  };
}

/** A copy of `column` with room for `length` values. */
function larger<Column extends Uint8Array | Int32Array | Uint32Array>(
  column: Column,
  length: number,
): Column {
  const copy = new (column.constructor as new (length: number) => Column)(length);
  copy.set(column);
  return copy;
}
