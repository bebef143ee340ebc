import { type Channel, visibleChannels } from './channels.ts';
import { type Day, type Granularity, periodStart } from './days.ts';
import { createGathering } from './gathering.ts';
import { createHeadcount } from './headcount.ts';
import { visitCounts } from './message-counts.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';
import { sum } from './statistics.ts';
import { botNumbers, userLimit } from './users.ts';
import type { Viewer } from './viewer.ts';

/** Which messages a question is about. Bots' are never among them. */
export interface ActivityScope {
  readonly viewer: Viewer;
  /** Absent for every channel that the viewer may see; others than those never count. */
  readonly channelIds?: readonly string[] | undefined;
  readonly from: Day;
  readonly to: Day;
}

/** What people wrote in one day, ISO week or month. Periods without a message have no entry. */
export interface Activity {
  /** First day of the period, also where it begins before the scope does. */
  readonly start: Day;
  readonly messages: number;
  /** How many different people wrote. */
  readonly people: number;
}

/** The channels of a scope, by name. */
export function channelsInScope(
  db: Db,
  { viewer, channelIds }: Pick<ActivityScope, 'viewer' | 'channelIds'>,
): Channel[] {
  return visibleChannels(db, viewer).filter(({ id }) => channelIds?.includes(id) ?? true);
}

/** The first day with any recorded message of the workspace, whoever may see it. */
export function firstActiveDay(db: Db, workspaceId: string): Day | undefined {
  const day = statement(db, 'SELECT min(day) FROM message_count WHERE workspace_id = ?')
    .pluck()
    .get(workspaceId) as Day | null;
  return day ?? undefined;
}

export interface RecordedChannel extends Channel {
  /** The first day that is recorded of it. */
  readonly since: Day;
}

/**
 * The channels with messages that the viewer may see, by name. A channel is recorded since the first
 * message that came as it was posted, whoever posted it. Of what is known by its edit or deletion
 * alone, nobody is known to have posted it; older versions kept who did.
 */
export function recordedChannels(db: Db, viewer: Viewer): RecordedChannel[] {
  const first = (where: string) => `(SELECT day FROM message AS m
     WHERE m.workspace_id = channel.workspace_id AND channel_id = channel.id
       AND (user_id IS NOT NULL OR bot_id IS NOT NULL) ${where}
     ORDER BY ts LIMIT 1)`;
  const rows = statement<[string, Day]>(
    db,
    `SELECT id, coalesce(${first('AND edited_ts IS NULL AND is_deleted = 0')}, ${first('')}) AS since
     FROM channel WHERE workspace_id = ? AND since IS NOT NULL`,
  ).raw();
  const days = new Map(rows.all(viewer.workspaceId));
  return visibleChannels(db, viewer).flatMap((channel) => {
    const since = days.get(channel.id);
    return since ? [{ ...channel, since }] : [];
  });
}

/** Messages by user number: `counts[user.number]`, zero for bots. */
export function messagesByUser(db: Db, scope: ActivityScope): Uint32Array {
  const wanted = wantedChannels(db, scope);
  const counts = new Uint32Array(userLimit(db));
  visitCounts(db, scope.viewer.workspaceId, scope.from, scope.to, {
    day() {},
    channel(channel, users, messages, from, to) {
      if (!wanted[channel]) return;
      for (let i = from; i < to; i++) {
        (counts[users[i] as number] as number) += messages[i] as number;
      }
    },
  });
  for (const bot of botNumbers(db, scope.viewer.workspaceId)) counts[bot] = 0;
  return counts;
}

/** Messages and people a period, over all channels of the scope together. */
export function activity(db: Db, scope: ActivityScope, granularity: Granularity): Activity[] {
  return activityOf(db, scope, granularity, () => 0)[0] ?? [];
}

interface ChannelActivity {
  readonly channelNumber: number;
  readonly messages: number;
  readonly periods: readonly Activity[];
}

/**
 * Messages and people a period in each of the `most` busiest channels of the scope, the busiest
 * first, and what was written in how many others.
 */
export function activityByChannel(
  db: Db,
  scope: ActivityScope,
  granularity: Granularity,
  most: number,
): {
  readonly busiest: ChannelActivity[];
  readonly others: number;
  readonly otherMessages: number;
} {
  const ranked = activityOf(db, scope, granularity, (channel) => channel)
    .map((periods, channelNumber) => ({ channelNumber, messages: messagesIn(periods), periods }))
    .filter(({ messages }) => messages > 0)
    .sort((a, b) => b.messages - a.messages || a.channelNumber - b.channelNumber);
  const others = ranked.slice(most);
  return {
    busiest: ranked.slice(0, most),
    others: others.length,
    otherMessages: messagesIn(others),
  };
}

function messagesIn(parts: readonly { readonly messages: number }[]): number {
  return sum(parts.map(({ messages }) => messages));
}

/** The active periods of each group of channels, by its number. */
function activityOf(
  db: Db,
  scope: ActivityScope,
  granularity: Granularity,
  groupOf: (channel: number) => number,
): Activity[][] {
  const { workspaceId } = scope.viewer;
  const wanted = wantedChannels(db, scope);
  const found = Array.from(wanted, (): Activity[] => []);
  // A period is gathered and then counted group by group, so that one table of who was seen does.
  const gathering = createGathering(wanted.length);
  const headcount = createHeadcount(userLimit(db), botNumbers(db, workspaceId));
  let start: Day = '';
  let isNewDay = false;

  function finishPeriod(): void {
    const gathered = gathering.get();
    for (const [group, periods] of found.entries()) {
      const counts = headcount(gathered, group);
      if (counts.messages > 0) periods.push({ start, ...counts });
    }
    gathering.clear();
  }

  visitCounts(db, workspaceId, scope.from, scope.to, {
    day(day) {
      const next = periodStart(day, granularity);
      if (next !== start) finishPeriod();
      start = next;
      isNewDay = true;
    },
    channel(channel, users, messages, from, to) {
      if (isNewDay) gathering.addDay(users, messages);
      isNewDay = false;
      if (wanted[channel]) gathering.addStretch(groupOf(channel), from, to);
    },
  });
  finishPeriod();
  return found;
}

/** `wanted[channel.number]` is 1 for the channels of the scope. */
function wantedChannels(db: Db, scope: ActivityScope): Uint8Array {
  const limit = statement(db, 'SELECT coalesce(max(number), 0) + 1 FROM channel').pluck();
  const wanted = new Uint8Array(limit.get() as number);
  for (const { number } of channelsInScope(db, scope)) wanted[number] = 1;
  return wanted;
}
