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
  const all = activityBy(db, scope, granularity, () => 0);
  return all.get(0) ?? [];
}

/** Messages and people a period, by channel number. */
export function activityByChannel(
  db: Db,
  scope: ActivityScope,
  granularity: Granularity,
): Map<number, Activity[]> {
  return activityBy(db, scope, granularity, (channel) => channel);
}

interface Group {
  readonly done: Activity[];
  start: Day;
  messages: number;
  people: number;
  /** `seenIn[user]` is the last round in which the user wrote; a byte, as there may be many groups. */
  readonly seenIn: Uint8Array;
  round: number;
}

const ROUNDS = 255;

function activityBy(
  db: Db,
  scope: ActivityScope,
  granularity: Granularity,
  groupOf: (channel: number) => number,
): Map<number, Activity[]> {
  const wanted = wantedChannels(db, scope);
  const users = userLimit(db);
  const isBot = new Uint8Array(users);
  for (const bot of botNumbers(db, scope.viewer.workspaceId)) isBot[bot] = 1;
  const groups = new Map<number, Group>();
  let start: Day = '';

  visitCounts(db, scope.viewer.workspaceId, scope.from, scope.to, {
    day(day) {
      start = periodStart(day, granularity);
    },
    channel(channel, userNumbers, messages, from, to) {
      if (!wanted[channel]) return;
      const key = groupOf(channel);
      let group = groups.get(key);
      if (!group) {
        group = {
          done: [],
          start,
          messages: 0,
          people: 0,
          seenIn: new Uint8Array(users),
          round: 1,
        };
        groups.set(key, group);
      }
      if (group.start !== start) finish(group, start);
      const { seenIn, round } = group;
      let people = 0;
      let sum = 0;
      for (let i = from; i < to; i++) {
        const user = userNumbers[i] as number;
        if (isBot[user]) continue;
        sum += messages[i] as number;
        if (seenIn[user] !== round) {
          seenIn[user] = round;
          people++;
        }
      }
      group.messages += sum;
      group.people += people;
    },
  });

  for (const group of groups.values()) finish(group, '');
  return new Map(Array.from(groups, ([key, { done }]) => [key, done]));
}

/** Closes the group's period and begins the one that starts at `next`. */
function finish(group: Group, next: Day): void {
  const { start, messages, people } = group;
  if (messages > 0) group.done.push({ start, messages, people });
  group.start = next;
  group.messages = 0;
  group.people = 0;
  group.round += 1;
  if (group.round > ROUNDS) {
    group.seenIn.fill(0);
    group.round = 1;
  }
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
