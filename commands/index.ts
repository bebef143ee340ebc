import { about } from './about.ts';
import { alerts } from './alerts.ts';
import type { Command } from './command.ts';
import { downloads } from './downloads.ts';
import { helpOn } from './help.ts';
import { list } from './list.ts';
import { messages } from './messages.ts';
import { commandNamed } from './named.ts';
import { pulls } from './pulls.ts';
import { stars } from './stars.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { subscriptions } from './subscriptions.ts';
import { summary } from './summary.ts';
import { topUsers } from './top-users.ts';
import { track } from './track.ts';
import { unsubscribe } from './unsubscribe.ts';
import { untrack } from './untrack.ts';
import { versions } from './versions.ts';

const answering = [
  stars,
  downloads,
  versions,
  pulls,
  topUsers,
  messages,
  summary,
  subscribe,
  unsubscribe,
  subscriptions,
  alerts,
  track,
  untrack,
  list,
  status,
  about,
] as const;

/** Every subcommand of /metrics, in the order that help shows them. */
export const commands: readonly Command[] = [...answering, helpOn(answering)];

/** What can be asked of the digest without saying “subscribe” before it. */
const OF_THE_DIGEST = /^\s*(?:preview|choose|send(?=.*\snow\b))(?!\S)/i;

/**
 * The command that `line` (what stands behind /metrics) begins with, and the rest. Nothing, like
 * “help”, is help. Throws an InputError that names the nearest commands.
 */
export function findCommand(line: string): { command: Command; text: string } {
  if (OF_THE_DIGEST.test(line)) return { command: subscribe, text: line.trim() };
  const [, name = '', text = ''] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(line) ?? [];
  return { command: commandNamed(commands, name || 'help'), text };
}
