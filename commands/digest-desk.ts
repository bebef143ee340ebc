import type { TopLevelSpec } from 'vega-lite';
import type { Day } from '../db/days.ts';
import { InputError } from '../db/input-error.ts';
import type { Cadence } from '../db/subscriptions.ts';
import type { Viewer } from '../db/viewer.ts';
import type { Theme } from '../reports/theme.ts';
import type { CommandDeps, TextItem } from './command.ts';

/** What somebody asked for; whatever is absent stays as it is, or is as usual. */
export interface WantedDigest extends Partial<Cadence> {
  readonly whenQuiet?: 'line' | 'nothing';
}

/** What a channel is told of a day, a week or a month: plain text throughout. */
export interface Edition {
  /** What it is about: `The week of 16 Nov 2026`. */
  readonly title: string;
  /** The finding in one sentence; of a quiet one, all that there is to say. */
  readonly headline: string;
  readonly isQuiet: boolean;
  /** True of a quiet one whose channel wants no message then; absent where no channel is meant. */
  readonly isWithheld?: boolean;
  /** The picture for someone who does not see it. */
  readonly alt: string;
  chart(theme: Theme): TopLevelSpec | undefined;
  /** What the channel is told; of long ones, the rest stands in the thread. */
  readonly sections: readonly EditionSection[];
  /** What stands in the thread only. */
  readonly details: readonly EditionSection[];
  /** The last day of the downloads that it tells; absent where it tells none. */
  readonly downloadsThrough?: Day | undefined;
}

export interface EditionSection {
  /** What it is chosen by. */
  readonly name: string;
  readonly title: string;
  /** A sentence each, the most important first. */
  readonly lines: readonly string[];
}

/**
 * The digests of the channel somebody is in, in their hands. Whatever can't be done is thrown as an
 * InputError.
 */
export interface DigestDesk {
  subscribe(wanted: WantedDigest): Promise<Said>;
  /** Opens a window to choose in. */
  choose(every: Cadence['every'] | undefined): Promise<Said>;
  /** The digest as the channel would get it now. */
  preview(every: Cadence['every'] | undefined): Promise<Edition>;
  /** Posts a digest into the channel now. */
  sendNow(every: Cadence['every'] | undefined): Promise<Said>;
  unsubscribe(every: Cadence['every'] | undefined): Said;
  /** The subscriptions of the channels that `viewer` may see, an item each. */
  list(viewer: Viewer): readonly TextItem[];
}

export interface Said {
  readonly sentence: string;
}

/** The digests in the asker's hands. */
export function deskOf({ digests }: CommandDeps): DigestDesk {
  if (digests) return digests;
  throw new InputError('Digests are for channels: type this in Slack, in the channel itself.');
}
