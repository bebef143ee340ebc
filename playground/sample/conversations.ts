import { addDays, DAY_MS, type Day, dayMs } from '../../db/days.ts';
import type { SampleUser } from '../workspace.ts';
import { channels, type TalkChannel } from './channels.ts';
import { PIER_BOT, people, pierBot, releaseManager } from './people.ts';
import type { Random } from './random.ts';
import { hoursAhead, liveliness, topPersonIsAway } from './rhythm.ts';
import { introductions, notices, released } from './talk/project.ts';
import { isReleaseDay, type Topic } from './talk/topic.ts';
import { topics } from './talk/topics.ts';
import { createTeller, type Draft } from './teller.ts';

const CONVERSATIONS_A_DAY = 26;

/** People who have been here from the start; the others join along the way. */
const FOUNDERS = 22;

/** Everything said from `firstDay` to `lastDay`, in no particular order. */
export function conversations(random: Random, firstDay: Day, lastDay: Day): Draft[] {
  const teller = createTeller(random);
  const general = channelNamed('general');
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
    const here = people.filter(
      (_, i) => (joined[i] as Day) <= day && !(i === 0 && topPersonIsAway(day, lastDay)),
    );
    const date = { midnight: dayMs(day), beginning: dayMs(firstDay), ahead, here };
    const talk = (channel: TalkChannel, about: readonly Topic[], opener?: SampleUser) => {
      said.push(...teller.converse({ ...date, channel }, about, opener));
    };

    const lively = liveliness(day, lastDay) * (1 + 0.12 * random.bell());
    for (let i = Math.round(CONVERSATIONS_A_DAY * lively); i > 0; i--) {
      const channel = random.weighted(channels, ({ share }) => share);
      talk(channel, topics[channel.name]);
    }
    for (const [i, newcomer] of people.entries()) {
      if (i >= FOUNDERS && joined[i] === day) talk(general, introductions, newcomer);
    }
    if (isReleaseDay(dayMs(day) / DAY_MS)) {
      talk(channelNamed('announcements'), released, releaseManager);
    }
    for (let i = 0; i < 2 * lively; i++) talk(channelNamed('development'), notices, pierBot);
  }
  return said
    .filter((draft) => draft.at >= dayMs(firstDay) && draft.at < end)
    .map((draft) => (draft.user === pierBot.id ? { ...draft, botId: PIER_BOT.botId } : draft));
}

function channelNamed(name: TalkChannel['name']): TalkChannel {
  return channels.find((channel) => channel.name === name) as TalkChannel;
}
