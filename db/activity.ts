import { type Channel, visibleChannels } from './channels.ts';
import { type Day, type Granularity, periodStart } from './days.ts';
import { visitCounts } from './message-counts.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';
import { botNumbers } from './users.ts';
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
  const all = groupsOf(db, scope, granularity, () => 0)[0];
  return all ? periodsOf(all) : [];
}

export interface ChannelActivity {
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
  const groups = groupsOf(db, scope, granularity, (channel) => channel);
  const ranked = groups
    .map((group, channelNumber) => ({
      channelNumber,
      group,
      messages: group.messages.reduce((sum, messages) => sum + messages, 0),
    }))
    .filter(({ messages }) => messages > 0)
    .sort((a, b) => b.messages - a.messages || a.channelNumber - b.channelNumber);
  const others = ranked.slice(most);
  return {
    busiest: ranked.slice(0, most).map(({ channelNumber, group, messages }) => ({
      channelNumber,
      messages,
      periods: periodsOf(group),
    })),
    others: others.length,
    otherMessages: others.reduce((sum, { messages }) => sum + messages, 0),
  };
}

/** What has been counted so far, in columns, and who wrote in the period that is being counted. */
interface Group {
  readonly starts: Day[];
  readonly messages: number[];
  readonly people: number[];
  /** A bit a user. */
  readonly seen: Uint32Array;
  /** The words of `seen` that are not zero: there may be many groups, and most are quiet. */
  readonly touched: Uint32Array;
  touchedCount: number;
  /** Which period is being counted. */
  period: number;
}

function groupsOf(
  db: Db,
  scope: ActivityScope,
  granularity: Granularity,
  groupOf: (channel: number) => number,
): Group[] {
  const wanted = wantedChannels(db, scope);
  const users = userLimit(db);
  const isBot = new Uint8Array(users);
  for (const bot of botNumbers(db, scope.viewer.workspaceId)) isBot[bot] = 1;
  const groups: Group[] = [];
  let start: Day = '';
  let period = 0;

  visitCounts(db, scope.viewer.workspaceId, scope.from, scope.to, {
    day(day) {
      const next = periodStart(day, granularity);
      if (next !== start) period += 1;
      start = next;
    },
    channel(channel, userNumbers, messages, from, to) {
      if (!wanted[channel]) return;
      const key = groupOf(channel);
      const group = groups[key] ?? newGroup(users);
      groups[key] = group;
      if (group.period !== period) begin(group, period, start);
      const { seen, touched } = group;
      let touchedCount = group.touchedCount;
      let people = 0;
      let sum = 0;
      for (let i = from; i < to; i++) {
        const user = userNumbers[i] as number;
        if (isBot[user]) continue;
        sum += messages[i] as number;
        const word = user >>> 5;
        const before = seen[word] as number;
        const after = before | (1 << (user & 31));
        if (before === after >>> 0) continue;
        if (before === 0) touched[touchedCount++] = word;
        seen[word] = after;
        people++;
      }
      group.touchedCount = touchedCount;
      const last = group.starts.length - 1;
      (group.messages[last] as number) += sum;
      (group.people[last] as number) += people;
    },
  });
  return groups;
}

function newGroup(users: number): Group {
  const words = (users >>> 5) + 1;
  return {
    starts: [],
    messages: [],
    people: [],
    seen: new Uint32Array(words),
    touched: new Uint32Array(words),
    touchedCount: 0,
    period: 0,
  };
}

/** Opens the period that starts at `start`, in which nobody has written yet. */
function begin(group: Group, period: number, start: Day): void {
  group.period = period;
  group.starts.push(start);
  group.messages.push(0);
  group.people.push(0);
  for (let i = 0; i < group.touchedCount; i++) group.seen[group.touched[i] as number] = 0;
  group.touchedCount = 0;
}

function periodsOf({ starts, messages, people }: Group): Activity[] {
  const periods = starts.map((start, index) => ({
    start,
    messages: messages[index] ?? 0,
    people: people[index] ?? 0,
  }));
  return periods.filter((period) => period.messages > 0);
}

/** `wanted[channel.number]` is 1 for the channels of the scope. */
function wantedChannels(db: Db, scope: ActivityScope): Uint8Array {
  const limit = statement(db, 'SELECT coalesce(max(number), 0) + 1 FROM channel').pluck();
  const wanted = new Uint8Array(limit.get() as number);
  for (const { number } of channelsInScope(db, scope)) wanted[number] = 1;
  return wanted;
}

/** One more than the largest user number. */
function userLimit(db: Db): number {
  return statement(db, 'SELECT coalesce(max(number), 0) + 1 FROM user').pluck().get() as number;
}
