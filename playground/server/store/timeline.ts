/** A list of timestamps in order, for finding a page in the middle without walking to it. */
export interface Timeline {
  readonly size: number;
  add(ts: string): void;
  remove(ts: string): void;
  /** At most `limit` of them between the bounds, oldest first. */
  first(range: TsRange, limit: number): string[];
  /** At most `limit` of them between the bounds: the newest ones, oldest first. */
  last(range: TsRange, limit: number): string[];
  /** The newest of all. */
  newest(): string | undefined;
}

/** A stretch of normal timestamps: from the first one on, to before the second. */
export interface TsRange {
  readonly from?: string;
  readonly before?: string;
}

export function createTimeline(): Timeline {
  const list: string[] = [];

  /** Index of the first entry that is not before `ts`. */
  function position(ts: string): number {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((list[middle] as string) < ts) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function bounds({ from, before }: TsRange): [number, number] {
    const start = from === undefined ? 0 : position(from);
    const end = before === undefined ? list.length : position(before);
    return [start, Math.max(start, end)];
  }

  return {
    get size() {
      return list.length;
    },
    add(ts) {
      const last = list.at(-1);
      if (last === undefined || last < ts) list.push(ts);
      else if (list[position(ts)] !== ts) list.splice(position(ts), 0, ts);
    },
    remove(ts) {
      const at = position(ts);
      if (list[at] === ts) list.splice(at, 1);
    },
    first(range, limit) {
      const [from, to] = bounds(range);
      return list.slice(from, Math.min(to, from + limit));
    },
    last(range, limit) {
      const [from, to] = bounds(range);
      return list.slice(Math.max(from, to - limit), to);
    },
    newest: () => list.at(-1),
  };
}
