import type { Report } from './report.ts';
import { stars } from './stars.ts';

/** Every question that Groundswell can answer. */
export const reports: readonly Report[] = [stars];

export function reportNamed(name: string): Report | undefined {
  return reports.find((report) => report.name === name);
}
