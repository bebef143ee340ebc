import { type ActivityScope, activityByChannel, type RecordedChannel } from '../db/activity.ts';
import type { Day } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { channelName } from './channel-names.ts';
import { earliest } from './extent.ts';
import { dayName, listed } from './words.ts';

interface ByAge {
  /** Since when any of them is recorded; undefined where there are none. */
  readonly first: Day | undefined;
  readonly old: readonly RecordedChannel[];
  /** That the bot came into a busy channel is no growth: these are in no comparison. */
  readonly young: readonly RecordedChannel[];
}

/** Old are those recorded since `past`; where none is, those recorded since `start`. */
export function byAge(channels: readonly RecordedChannel[], past: Day, start: Day): ByAge {
  const first = earliest(channels.map(({ since }) => since));
  const limit = first && first <= past ? past : start;
  const old = channels.filter(({ since }) => since <= limit);
  return { first, old, young: channels.filter(({ since }) => since > limit) };
}

/** Those of the channels where something was written, the busiest first. */
export function namesOfBusy(
  db: Db,
  channels: readonly RecordedChannel[],
  scope: Omit<ActivityScope, 'channelIds'>,
): string[] {
  if (channels.length === 0) return [];
  const channelIds = channels.map(({ id }) => id);
  const names = new Map(channels.map((channel) => [channel.number, channelName(channel)]));
  const all = activityByChannel(db, { ...scope, channelIds }, 'monthly', channels.length);
  return all.busiest.map(({ channelNumber }) => names.get(channelNumber) ?? '');
}

/** What is said of channels that are not recorded all through, the newest first. */
export function laterNotes(channels: readonly RecordedChannel[]): string[] {
  const names = channels
    .toSorted((a, b) => (a.since > b.since ? -1 : 1))
    .map((channel) => `${channelName(channel)} (${dayName(channel.since)})`);
  return names.length > 0 ? [`Recorded since a later day: ${listed(names)}.`] : [];
}
