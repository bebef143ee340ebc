import { z } from 'zod';
import { period } from '../params.ts';

export const DIMENSIONS = [
  'version',
  'python',
  'system',
  'distro',
  'cloud',
  'country',
  'installer',
  'ci',
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

export const downloadsParams = period.extend({
  /** Absent for every package; with `by`, for every one of our own. Versions are of one of them. */
  subjectIds: z.array(z.number().int()).optional(),
  /** Splits the sum of the packages. */
  by: z.enum(DIMENSIONS).optional(),
  /** Adds what mirrors load; they are not split. */
  mirrors: z.boolean().default(false),
});

export type DownloadsParams = z.infer<typeof downloadsParams>;
