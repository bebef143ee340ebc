import { DAY_MS } from '../../db/days.ts';
import type { SampleMessage, SampleUser } from '../workspace.ts';
import { maintainers, type TalkChannel } from './channels.ts';
import { createDeck, type Deck } from './deck.ts';
import { people } from './people.ts';
import type { Random } from './random.ts';
import { officeTime } from './rhythm.ts';
import { createFill, type Topic } from './talk/topic.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Nobody repeats what was said in the channel so shortly before; a `+1` may be repeated. */
const FRESH_MS = 7 * DAY_MS;
const SHORT = 8;

/** A message on its way: `at` in milliseconds, the ts to be given. */
export interface Draft extends Omit<SampleMessage, 'ts' | 'threadTs' | 'editedTs'> {
  readonly at: number;
  readonly parent?: Draft;
  readonly editedAt?: number;
}

/** Where and when talk takes place. */
interface Scene {
  /** The beginning of the day in UTC, in milliseconds since the epoch. */
  readonly midnight: number;
  /** The beginning of the whole sample. */
  readonly beginning: number;
  /** How many hours each time zone is ahead of UTC. */
  readonly ahead: ReadonlyMap<string, number>;
  readonly channel: TalkChannel;
  /** Everybody who is not away. */
  readonly here: readonly SampleUser[];
}

interface Teller {
  /** A conversation about one of the topics, begun by `opener` or by whoever likes to talk. */
  converse(scene: Scene, topics: readonly Topic[], opener?: SampleUser): Draft[];
}

/** Makes conversations of topics, never saying the same again shortly after. */
export function createTeller(random: Random): Teller {
  const decks = new Map<readonly Topic[], Deck<Opening>>();
  const lastSaid = new Map<string, number>();

  function opening(topics: readonly Topic[]): Opening {
    const deck = decks.get(topics) ?? createDeck(random, topics.flatMap(openingsOf));
    decks.set(topics, deck);
    return deck.draw();
  }

  function isFresh(channel: TalkChannel, text: string, at: number): boolean {
    const last = lastSaid.get(`${channel.id} ${text}`);
    return text.length < SHORT || last === undefined || Math.abs(at - last) > FRESH_MS;
  }

  function draft(channel: TalkChannel, author: SampleUser, text: string, at: number): Draft {
    lastSaid.set(`${channel.id} ${text}`, at);
    const said = { channel: channel.id, user: author.id, text, at };
    return random.chance(0.03) ? { ...said, editedAt: at + 15_000 + random.wait(90_000) } : said;
  }

  return {
    converse({ midnight, beginning, ahead, channel, here }, topics, opener) {
      const members = here.filter((person) => channel.members.includes(person.id));
      const asker = opener ?? someone(random, members);
      const zone = ahead.get(asker.tz) ?? 0;
      const at = officeTime(random, midnight, zone);
      const { words, topic } = opening(topics);
      const fill = createFill(random, {
        asker,
        other: random.pick(here.filter((one) => one !== asker && !maintainers.includes(one))),
        dayNumber: Math.floor(at / DAY_MS),
        age: Math.floor((at - beginning) / DAY_MS),
        hour: (at - midnight) / HOUR_MS + zone,
      });
      const first = fill(words);
      if (!isFresh(channel, first, at)) return [];
      const parent = draft(channel, asker, first, at);
      const said = [parent];
      if (random.chance(0.2)) return said;

      const threaded = random.chance(0.8);
      let silent = members.filter((person) => person !== asker);
      let time = at;
      for (const line of some(random, topic.replies)) {
        const isAskers = line.startsWith(ASKER);
        const text = fill(isAskers ? line.slice(ASKER.length) : line);
        // There is nothing to thank for yet.
        if (isAskers && said.length === 1) continue;
        if (!isFresh(channel, text, at) || (!isAskers && silent.length === 0)) continue;
        const author = isAskers ? asker : someone(random, silent);
        silent = silent.filter((person) => person !== author);
        time += 20_000 + random.wait((said.length < 4 ? 9 : 40) * MINUTE_MS);
        const reply = draft(channel, author, text, time);
        said.push(threaded ? { ...reply, parent } : reply);
      }
      return said;
    },
  };
}

interface Opening {
  readonly words: string;
  readonly topic: Topic;
}

function openingsOf(topic: Topic): Opening[] {
  return topic.open.map((words) => ({ words, topic }));
}

/** People talk as Zipf would have it: the second half as much as the first, and so on. */
const weights = new Map(people.map((person, i) => [person, 1 / (i + 1) ** 0.95]));

function someone(random: Random, present: readonly SampleUser[]): SampleUser {
  return random.weighted(present, (person) => weights.get(person) ?? 0);
}

const ASKER = 'asker: ';

/** A few of the lines, in their order. */
function some(random: Random, lines: readonly string[]): string[] {
  let wanted = Math.min(lines.length, 1 + Math.floor(random.wait(2.6)));
  return lines.filter((_, i) => {
    const isTaken = random.chance(wanted / (lines.length - i));
    if (isTaken) wanted -= 1;
    return isTaken;
  });
}
