import { z } from 'zod';
import { isDay } from '../db/days.ts';

const day = z.string().refine(isDay, 'a day is written YYYY-MM-DD');

/**
 * The parameters every report shares. `from` is absent for "all"; `today` is the asker's "now" as
 * a UTC day: it is still going on, so it is drawn as provisional and never judged.
 */
export const period = z.object({
  today: day,
  from: day.optional(),
  to: day,
  granularity: z.enum(['daily', 'weekly', 'monthly']).optional(),
});

export type Period = z.infer<typeof period>;
