import { DAY_MS, dayOf } from '../../db/days.ts';
import { quantile, sorted } from '../../db/statistics.ts';
import type { PanelLayer } from '../chart/page.ts';
import type { Point } from '../chart/series.ts';
import { SIZE } from '../theme.ts';
import { count, dayName, plural } from '../words.ts';

/** A day with this many times what nine of ten days stay under leaves no room for the others. */
const DWARFING = 4;
/** Then the axis ends at this many times that. */
const ROOM = 2;

/**
 * The value at which the axis should end, so that a spike does not press all else to its bottom;
 * undefined where there is no such spike.
 *
 * @param tops the highest that would be drawn on each day
 * @param kept what must be seen as it is
 */
export function ceilingOf(
  values: readonly number[],
  tops: readonly number[],
  kept: readonly number[],
): number | undefined {
  const most = quantile(sorted(values), 0.9);
  const end = Math.max(ROOM * most, ...kept);
  return most > 0 && Math.max(...tops) > DWARFING * most && Math.max(...tops) > ROOM * end
    ? end
    : undefined;
}

/** Days in a row that are cut off. */
interface Spike {
  readonly first: number;
  readonly last: number;
  /** Its highest day. */
  readonly peak: Point;
}

/** Those that reach over `top`, the highest first. */
export function spikesOver(points: readonly Point[], top: number): Spike[] {
  const spikes: Spike[] = [];
  for (const point of points.filter(({ y }) => y > top)) {
    const before = spikes.at(-1);
    if (before && point.x - before.last === DAY_MS) {
      const peak = point.y > before.peak.y ? point : before.peak;
      spikes.splice(-1, 1, { ...before, last: point.x, peak });
    } else spikes.push({ first: point.x, last: point.x, peak: point });
  }
  return spikes.toSorted((a, b) => b.peak.y - a.peak.y);
}

/** `Cut off at the top: 89,446 on 5 Feb 2026 and 2 lower ones.` */
export function cutNote([highest, ...others]: readonly Spike[]): string {
  if (!highest) return 'The shading is cut off at the top.';
  const { x, y } = highest.peak;
  const rest = others.length > 0 ? ` and ${plural(others.length, 'lower one')}` : '';
  return `Cut off at the top: ${count(y)} on ${dayName(dayOf(x))}${rest}.`;
}

const LABEL_GAP = 6;

/** The number of the highest, beside where its line leaves the plot. @param middle the plot's, in time */
export function cutLayers(
  [highest]: readonly Spike[],
  middle: number,
  color: string,
): PanelLayer[] {
  if (!highest) return [];
  const isLeft = highest.peak.x < middle;
  const x = isLeft ? highest.last + DAY_MS : highest.first - DAY_MS;
  return [
    {
      data: { values: [{ x, label: count(highest.peak.y) }] },
      mark: {
        type: 'text',
        align: isLeft ? 'left' : 'right',
        baseline: 'top',
        dx: isLeft ? LABEL_GAP : -LABEL_GAP,
        fontSize: SIZE.label,
        color,
      },
      encoding: { y: { value: LABEL_GAP }, text: { field: 'label' } },
    },
  ];
}
