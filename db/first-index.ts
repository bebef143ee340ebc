/** The first index for which `isSo`, which then holds to the end; the length when there is none. */
export function firstIndex<T>(inOrder: readonly T[], isSo: (one: T) => boolean): number {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(inOrder[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
