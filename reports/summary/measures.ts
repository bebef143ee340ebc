import { PUBLIC_MESSAGES } from '../../db/public-messages.ts';
import { DOWNLOADS } from '../../db/pypi.ts';
import { PULLS, STARS } from '../totals/kind.ts';
import type { MeasureName } from './history.ts';

/** How a measure is named, and how much of it is worth a word. */
interface Measure {
  /** The series that alerts of it are about. */
  readonly metric: string;
  /** `New stars`, at the begin of a sentence and over its part of the picture. */
  readonly title: string;
  /** In the middle of a sentence. */
  readonly name: string;
  /** What is counted: `new star`, `new stars`. */
  readonly units: readonly [one: string, many: string];
  /** What has it: `repository`, `repositories`; undefined for what is the workspace's. */
  readonly subjects: readonly [one: string, many: string] | undefined;
  /** Where neither the number nor what is usual reaches this, a change is no news. */
  readonly floor: number;
}

export const measures: Readonly<Record<MeasureName, Measure>> = {
  stars: {
    metric: STARS.metric,
    title: 'New stars',
    name: 'stars',
    units: ['new star', 'new stars'],
    subjects: ['repository', 'repositories'],
    floor: 10,
  },
  downloads: {
    metric: DOWNLOADS,
    title: 'Downloads',
    name: 'downloads',
    units: ['download', 'downloads'],
    subjects: ['package', 'packages'],
    floor: 100,
  },
  pulls: {
    metric: PULLS.metric,
    title: 'Pulls',
    name: 'pulls',
    units: ['pull', 'pulls'],
    subjects: ['image', 'images'],
    floor: 100,
  },
  messages: {
    metric: PUBLIC_MESSAGES,
    title: 'Messages',
    name: 'messages',
    units: ['message', 'messages'],
    subjects: undefined,
    floor: 20,
  },
};
