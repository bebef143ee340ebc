import type { OpenToAll } from '../../db/incidents.ts';
import { PUBLIC_MESSAGES } from '../../db/public-messages.ts';
import { DOWNLOADS } from '../../db/pypi.ts';
import { sum } from '../../db/statistics.ts';
import { PULLS, STARS } from '../totals/kind.ts';
import { withoutDuplicates } from './duplicates.ts';

/** What a rule has reported in the days that are listed, and what people said of it. */
export interface RuleRecord {
  /** `Drops of downloads`. */
  readonly name: string;
  readonly incidents: number;
  readonly useful: number;
  readonly notUseful: number;
}

interface Rule {
  readonly name: string;
  readonly isOf: (incident: OpenToAll) => boolean;
}

const RULES: readonly Rule[] = [
  { name: 'Drops of downloads', isOf: isDropOf(DOWNLOADS) },
  { name: 'Drops of pulls', isOf: isDropOf(PULLS.metric) },
  { name: 'Drops of new stars', isOf: isDropOf(STARS.metric) },
  { name: 'Drops of messages', isOf: isDropOf(PUBLIC_MESSAGES) },
  { name: 'Sudden rises', isOf: ({ kind }) => kind === 'rise' },
  { name: 'Vulnerable versions', isOf: ({ kind }) => kind === 'vulnerable' },
  { name: 'Failing sources', isOf: ({ kind }) => kind === 'failing' },
];

function isDropOf(metric: string): Rule['isOf'] {
  return (incident) => incident.kind === 'drop' && incident.metric === metric;
}

/** The rules in a fixed order. @param incidents those of the days that are listed */
export function readRules(incidents: readonly OpenToAll[]): RuleRecord[] {
  return RULES.map(({ name, isOf }) => {
    const told = incidents.filter(isOf);
    const useful = sum(told.map((one) => one.useful));
    const notUseful = sum(told.map((one) => one.notUseful));
    return { name, incidents: withoutDuplicates(told).length, useful, notUseful };
  });
}
