import type { Purpose } from '../db/alert-places.ts';
import type { Viewer } from '../db/viewer.ts';

/**
 * Where incidents are told, in the hands of a person; answers in a sentence. All throw an InputError
 * that says why not: what admins are told is for admins and owners of the workspace to choose.
 */
export interface PlaceDesk {
  /**
   * Keeps the channel, when the bot can read it. `zone` (IANA) tells when its nights are; absent, that
   * of its digest, or of whoever asks. `viewer` tells for whose eyes the channel before is named;
   * absent, for everybody's.
   */
  choose(
    purpose: Purpose,
    channelId: string,
    zone?: string,
    viewer?: Viewer,
  ): Promise<{ readonly sentence: string }>;
  clear(purpose: Purpose, viewer?: Viewer): Promise<{ readonly sentence: string }>;
  /** Throws an InputError for anybody else. */
  mustBeAdmin(): Promise<void>;
}

/** What makes the channel it is typed in the place. */
export const PLACE_COMMANDS: Readonly<Record<Purpose, string>> = {
  alerts: 'alerts here',
  admin: 'status here',
};
