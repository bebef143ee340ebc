import { z } from 'zod';
import type { Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { firstValue } from '../../db/series.ts';
import type { Viewer } from '../../db/viewer.ts';
import { STARS } from '../totals/kind.ts';
import { readTotals, type Total, type Totals, totalsParams } from '../totals/read.ts';

export const starsParams = totalsParams.extend({
  /** `age` counts days since the first star. */
  align: z.enum(['date', 'age']).default('date'),
});

export type StarsParams = z.infer<typeof starsParams>;

interface Repository extends Total {
  /** The day of the first star, where the history goes back to it. */
  readonly firstStar: Day | undefined;
}

export interface Stars extends Totals<Repository> {
  readonly align: StarsParams['align'];
}

/** A history that begins with more stars than this does not go back to the first one. */
const FEW = 5;

export function readStars(db: Db, params: StarsParams, viewer: Viewer): Stars {
  const { totals, ...rest } = readTotals(db, STARS, params, viewer);
  return {
    ...rest,
    align: params.align,
    totals: totals.map((total) => ({ ...total, firstStar: firstStar(db, total, params.to) })),
  };
}

function firstStar(db: Db, { seriesId, first }: Total, to: Day): Day | undefined {
  if (first.value > FEW) return undefined;
  const star = firstValue(db, seriesId, 1);
  return star && star.day <= to ? star.day : undefined;
}
