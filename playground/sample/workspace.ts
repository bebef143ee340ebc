import { addDays, type Day } from '../../db/days.ts';
import type { SampleMessage, SampleWorkspace } from '../workspace.ts';
import { channels } from './channels.ts';
import { conversations } from './conversations.ts';
import { bots, GROUNDSWELL, people } from './people.ts';
import { createRandom } from './random.ts';
import type { Draft } from './teller.ts';

const DAYS = 183;
const SEED = 20_211_107;

/**
 * The workspace that the playground opens with: half a year of talk that ends with `lastDay`.
 * People, projects and words are made up. The same `lastDay` gives the same workspace.
 */
export function sampleWorkspace(lastDay: Day): SampleWorkspace {
  const drafts = conversations(createRandom(SEED), addDays(lastDay, 1 - DAYS), lastDay);
  return {
    team: { id: 'T0SAMPLE', name: 'Tidewater (sample)', domain: 'tidewater-sample' },
    bot: GROUNDSWELL,
    users: [...people, ...bots],
    channels: channels.map(({ share: _, ...channel }) => channel),
    messages: channels.flatMap(({ id }) => inOrder(drafts.filter((d) => d.channel === id))),
  };
}

/** Sorts the messages of one channel and gives each a ts that no other there has. */
function inOrder(drafts: readonly Draft[]): SampleMessage[] {
  const sorted = drafts.toSorted((a, b) => a.at - b.at);
  const given = new Map<Draft, string>();
  let last = 0;
  for (const draft of sorted) {
    last = Math.max(last + 1, Math.floor(draft.at * 1000));
    given.set(draft, timestamp(last));
  }
  return sorted.flatMap((draft) => {
    const { at: _, parent, editedAt, ...message } = draft;
    const threadTs = parent && given.get(parent);
    // A reply whose parent lies outside the sample has nothing to answer.
    if (parent && !threadTs) return [];
    return [
      {
        ...message,
        ts: given.get(draft) as string,
        ...(threadTs && { threadTs }),
        ...(editedAt && { editedTs: timestamp(Math.floor(editedAt * 1000)) }),
      },
    ];
  });
}

/** Slack's form of an instant: seconds, a point, six digits. From microseconds. */
function timestamp(micros: number): string {
  const seconds = Math.floor(micros / 1e6);
  return `${seconds}.${String(micros % 1e6).padStart(6, '0')}`;
}
