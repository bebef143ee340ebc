import type { TopLevelSpec } from 'vega-lite';
import type { Day } from '../db/days.ts';
import { InputError } from '../db/input-error.ts';
import type { Cadence } from '../db/subscriptions.ts';
import type { Viewer } from '../db/viewer.ts';
import type { Theme } from '../reports/theme.ts';
import type { TextItem } from './text-reply.ts';

/** What somebody asked for; whatever is absent stays as it is, or is as usual. */
export interface WantedDigest extends Partial<Cadence> {
  readonly whenQuiet?: 'line' | 'nothing';
}

/** What a digest says about a day, a week or a month: plain text throughout. */
export interface Edition {
  /** What it is about: `Week of 16 Nov 2026`, `Nov 2026` or `16 Nov 2026`. */
  readonly title: string;
  /** The finding in one sentence; of a quiet one, all there is to say. */
  readonly headline: string;
  readonly isQuiet: boolean;
  /** True of a quiet one whose channel wants no message then; absent where no channel is meant. */
  readonly isWithheld?: boolean;
  /** The picture for someone who does not see it. */
  readonly alt: string;
  chart(theme: Theme): TopLevelSpec | undefined;
  /** What stands in the channel; of long ones, the rest stands in the thread. */
  readonly sections: readonly EditionSection[];
  /** What stands in the thread only. */
  readonly details: readonly EditionSection[];
  /** The last day whose downloads it reports; absent where it reports none. */
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
 * What somebody can do with the digests of the channel they are in. Whatever can't be done is
 * thrown as an InputError.
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
export function deskOf({ digests }: { readonly digests?: DigestDesk }): DigestDesk {
  if (digests) return digests;
  throw new InputError('Digests are for channels: type this in Slack, in the channel itself.');
}
