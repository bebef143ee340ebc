import { z } from 'zod';
import { period } from '../params.ts';

/** What a summary says beside its picture. */
export const SECTIONS = [
  'changes',
  'contributors',
  'newcomers',
  'releases',
  'alerts',
  'missing',
] as const;

export type SectionName = (typeof SECTIONS)[number];

/**
 * A summary is of the last whole period (a week when no granularity is given) that is over by the
 * end of `to`; `from` says nothing about it.
 */
export const summaryParams = period.extend({
  /** Absent for all our own repositories, packages and images. Slack is covered as a whole. */
  subjectIds: z.array(z.number().int()).optional(),
  /**
   * The last day whose downloads were reported to whoever asks. What has changed since is reported,
   * and nothing twice; absent: what has changed in the latest period.
   */
  downloadsTold: period.shape.from,
  /** What day it is by the readers' clocks, where these are known. */
  readOn: period.shape.from,
  sections: z.array(z.enum(SECTIONS)).default([...SECTIONS]),
});

export type SummaryParams = z.infer<typeof summaryParams>;
