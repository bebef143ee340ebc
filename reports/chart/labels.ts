/**
 * Places labels that must not overlap: returns their middles, at least `gap` apart, in the order of
 * the wanted ones and as near to them as possible (least squares), within `top`..`bottom` as far as
 * there is room. Equal wishes keep the order they came in.
 *
 * Substituting `z[i] = y[i] - i·gap` turns the spacing into monotony, which the pool-adjacent-
 * violators algorithm solves (Barlow, Bartholomew, Bremner, Brunk: Statistical Inference under
 * Order Restrictions, 1972).
 */
export function placeLabels(
  wanted: readonly number[],
  gap: number,
  top: number,
  bottom: number,
): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => at(wanted, a) - at(wanted, b));
  const room = Math.max(top, bottom - (wanted.length - 1) * gap);
  const pools: { sum: number; count: number }[] = [];
  for (const [rank, index] of order.entries()) {
    const shifted = at(wanted, index) - rank * gap;
    pools.push({ sum: Math.min(Math.max(shifted, top), room), count: 1 });
    while (pools.length > 1) {
      const [before, last] = pools.slice(-2);
      if (!before || !last || before.sum / before.count <= last.sum / last.count) break;
      pools.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  }
  const placed: number[] = new Array(wanted.length).fill(0);
  let rank = 0;
  for (const { sum, count } of pools) {
    for (let i = 0; i < count; i++, rank++) placed[at(order, rank)] = sum / count + rank * gap;
  }
  return placed;
}

function at(values: readonly number[], index: number): number {
  return values[index] as number;
}
