import { addDays, type Day, dayMs } from '../../db/days.ts';
import type { SampleMessage, SampleUser } from '../workspace.ts';
import { channels, type TalkChannel } from './channels.ts';
import { PIER_BOT, people } from './people.ts';
import type { Random } from './random.ts';
import { hoursAhead, liveliness, officeTime, topPersonIsAway } from './rhythm.ts';
import { introductions, notices } from './talk/project.ts';
import { createFill, type Topic } from './talk/topic.ts';
import { topics } from './talk/topics.ts';

const CONVERSATIONS_A_DAY = 31;
const MINUTE_MS = 60_000;

/** People who have been here from the start; the others join along the way. */
const FOUNDERS = 22;

/** A message on its way: `at` in milliseconds, the ts to be given. */
export interface Draft extends Omit<SampleMessage, 'ts' | 'threadTs' | 'editedTs'> {
  readonly at: number;
  readonly parent?: Draft;
  readonly editedAt?: number;
}

/** Where and when talk takes place. */
interface Scene {
  readonly midnight: number;
  readonly ahead: ReadonlyMap<string, number>;
  readonly channel: TalkChannel;
  readonly present: readonly SampleUser[];
}

/** Everything said from `firstDay` to `lastDay`, in no particular order. */
export function conversations(random: Random, firstDay: Day, lastDay: Day): Draft[] {
  const [general, development] = [channelNamed('general'), channelNamed('development')];
  const ahead = hoursAhead(
    people.map((person) => person.tz),
    lastDay,
  );
  const joined = people.map((_, i) =>
    i < FOUNDERS ? firstDay : addDays(firstDay, random.int(5, 165)),
  );
  const end = dayMs(addDays(lastDay, 1));
  const said: Draft[] = [];
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    const midnight = dayMs(day);
    const here = people.filter(
      (_, i) => (joined[i] as Day) <= day && !(i === 0 && topPersonIsAway(day, lastDay)),
    );
    const lively = liveliness(day, lastDay) * (1 + 0.12 * random.bell());
    for (let i = Math.round(CONVERSATIONS_A_DAY * lively); i > 0; i--) {
      const channel = pickChannel(random);
      const present = channel.isPrivate
        ? here.filter((person) => channel.members.includes(person.id))
        : here;
      const topic = random.pick(topics[channel.name]);
      const asker = pickPerson(random, present);
      said.push(...converse(random, { midnight, ahead, channel, present }, topic, asker));
    }
    for (const newcomer of people.filter((_, i) => i >= FOUNDERS && joined[i] === day)) {
      const scene = { midnight, ahead, channel: general, present: here };
      said.push(...converse(random, scene, random.pick(introductions), newcomer));
    }
    for (let i = 0; i < 3 * lively; i++) said.push(notice(random, midnight, development));
  }
  return said.filter((draft) => draft.at >= dayMs(firstDay) && draft.at < end);
}

function converse(random: Random, scene: Scene, topic: Topic, asker: SampleUser): Draft[] {
  const { channel, present, midnight, ahead } = scene;
  const fill = createFill(random, asker.id);
  const at = officeTime(random, midnight, ahead.get(asker.tz) ?? 0);
  const parent = draft(random, channel, asker, fill(random.pick(topic.open)), at);
  if (random.chance(0.2)) return [parent];

  const others = present.filter((person) => person !== asker);
  const threaded = random.chance(0.8);
  const said = [parent];
  let time = at;
  for (const line of some(random, topic.replies)) {
    time += random.wait(said.length < 4 ? 9 * MINUTE_MS : 40 * MINUTE_MS) + 20_000;
    const isAskers = line.startsWith('asker: ');
    const author = isAskers ? asker : pickPerson(random, others);
    const text = fill(isAskers ? line.slice('asker: '.length) : line);
    const reply = draft(random, channel, author, text, time);
    said.push(threaded ? { ...reply, parent } : reply);
  }
  return said;
}

function draft(
  random: Random,
  channel: TalkChannel,
  author: SampleUser,
  text: string,
  at: number,
): Draft {
  const said = { channel: channel.id, user: author.id, text, at };
  return random.chance(0.03) ? { ...said, editedAt: at + 15_000 + random.wait(90_000) } : said;
}

function notice(random: Random, midnight: number, channel: TalkChannel): Draft {
  const text = createFill(random, PIER_BOT.userId)(random.pick(random.pick(notices).open));
  const at = officeTime(random, midnight, 0);
  return { channel: channel.id, user: PIER_BOT.userId, botId: PIER_BOT.botId, text, at };
}

/** A few of the lines, in their order. */
function some(random: Random, lines: readonly string[]): string[] {
  const wanted = Math.min(lines.length, 1 + Math.floor(random.wait(2.6)));
  return lines.filter((_, i) => random.chance(wanted / (lines.length - i * 0.35)));
}

function channelNamed(name: TalkChannel['name']): TalkChannel {
  return channels.find((channel) => channel.name === name) as TalkChannel;
}

function pickChannel(random: Random): TalkChannel {
  return weightedPick(random, channels, (channel) => channel.share);
}

/** People talk as Zipf would have it: the second half as much as the first, and so on. */
const weights = new Map(people.map((person, i) => [person, 1 / (i + 1) ** 0.95]));

function pickPerson(random: Random, present: readonly SampleUser[]): SampleUser {
  return weightedPick(random, present, (person) => weights.get(person) ?? 0);
}

function weightedPick<T>(random: Random, items: readonly T[], weight: (item: T) => number): T {
  let left = 0;
  for (const item of items) left += weight(item);
  left *= random.next();
  for (const item of items) {
    left -= weight(item);
    if (left < 0) return item;
  }
  return random.pick(items);
}
