import type { SampleChannel, SampleUser } from '../workspace.ts';
import { bots, people } from './people.ts';

/** How talk spreads over the channels: of all conversations, this share starts in each. */
const CHANNELS = [
  { name: 'general', share: 0.16, topic: 'Say hello. Sample workspace: everyone here is made up.' },
  { name: 'help', share: 0.3, topic: 'Questions about Tidewater. Please say which version.' },
  { name: 'development', share: 0.2, topic: 'Building Tidewater, Driftnet and Shoal' },
  { name: 'announcements', share: 0.012, topic: 'Releases, meetups, votes. Low traffic.' },
  { name: 'random', share: 0.12, topic: 'Everything else: boats, bread, keyboards' },
  { name: 'releases', share: 0.028, topic: 'What is out, what is next' },
  { name: 'integrations', share: 0.11, topic: 'Connectors and the tools around us' },
  { name: 'maintainers', share: 0.07, topic: 'Private: votes, security, people' },
] as const;

export type ChannelName = (typeof CHANNELS)[number]['name'];

/** The members of the private channel. */
export const maintainers: readonly SampleUser[] = people.filter((_, i) =>
  [0, 1, 2, 4, 5, 11].includes(i),
);

export interface TalkChannel extends SampleChannel {
  readonly name: ChannelName;
  readonly share: number;
}

export const channels: readonly TalkChannel[] = CHANNELS.map(({ name, share, topic }, index) => {
  const isPrivate = name === 'maintainers';
  const members = isPrivate ? maintainers : people;
  return {
    id: `C0SAMPLE${String(index + 1).padStart(2, '0')}`,
    name,
    share,
    topic,
    isPrivate,
    members: [...members, ...bots.slice(0, isPrivate ? 1 : 2)].map((user) => user.id),
  };
});
