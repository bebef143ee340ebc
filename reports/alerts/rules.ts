import { type Extra, extrasOf } from '../../db/alert-settings.ts';
import type { OpenToAll } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { PUBLIC_MESSAGES } from '../../db/public-messages.ts';
import { DOWNLOADS } from '../../db/pypi.ts';
import { sum } from '../../db/statistics.ts';
import { PULLS, STARS } from '../totals/kind.ts';
import { withoutDuplicates } from './duplicates.ts';

/** What a rule has reported in the days that are listed, and what people said of it. */
export interface RuleRecord {
  /** `Drops of downloads`. */
  readonly name: string;
  /** What switches it on; absent for what is always on. */
  readonly extra: Extra | undefined;
  readonly isOn: boolean;
  readonly incidents: number;
  readonly useful: number;
  readonly votes: number;
}

interface Rule {
  readonly name: string;
  readonly extra?: Extra;
  readonly isOf: (incident: OpenToAll) => boolean;
}

const RULES: readonly Rule[] = [
  { name: 'Drops of downloads', isOf: isDropOf(DOWNLOADS) },
  { name: 'Drops of pulls', isOf: isDropOf(PULLS.metric) },
  { name: 'Drops of new stars', extra: 'stars', isOf: isDropOf(STARS.metric) },
  { name: 'Drops of messages', extra: 'messages', isOf: isDropOf(PUBLIC_MESSAGES) },
  { name: 'Sudden rises', extra: 'rises', isOf: ({ kind }) => kind === 'rise' },
  { name: 'Vulnerable versions', isOf: ({ kind }) => kind === 'vulnerable' },
  { name: 'Failing sources', isOf: ({ kind }) => kind === 'failing' },
];

function isDropOf(metric: string): Rule['isOf'] {
  return (incident) => incident.kind === 'drop' && incident.metric === metric;
}

/** The rules in a fixed order. @param incidents those of the days that are listed */
export function readRules(db: Db, incidents: readonly OpenToAll[]): RuleRecord[] {
  const extras = extrasOf(db);
  return RULES.map(({ name, extra, isOf }) => {
    const told = incidents.filter(isOf);
    const useful = sum(told.map((one) => one.useful));
    const notUseful = sum(told.map((one) => one.notUseful));
    const isOn = extra === undefined || extras.has(extra);
    return {
      name,
      extra,
      isOn,
      incidents: withoutDuplicates(told).length,
      useful,
      votes: useful + notUseful,
    };
  });
}
