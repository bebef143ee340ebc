import { InputError } from '../db/input-error.ts';
import { about } from './about.ts';
import { alerts } from './alerts.ts';
import type { Command } from './command.ts';
import { downloads } from './downloads.ts';
import { helpOn } from './help.ts';
import { list } from './list.ts';
import { messages } from './messages.ts';
import { nearest, orList } from './names.ts';
import { pulls } from './pulls.ts';
import { shortened } from './shortened.ts';
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
const OF_THE_DIGEST = /^\s*(?:preview|send\s+now)(?!\S)/i;

/**
 * The command that `line` (what stands behind /metrics) begins with, and the rest. Nothing, like
 * “help”, is help. Throws an InputError that names the nearest commands.
 */
export function findCommand(line: string): { command: Command; text: string } {
  if (OF_THE_DIGEST.test(line)) return { command: subscribe, text: line.trim() };
  const [, name = '', text = ''] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(line) ?? [];
  const wanted = name === '' ? 'help' : name.toLowerCase().replace(/^-+/, '');
  const command = commands.find((known) => known.name === wanted);
  if (command) return { command, text };
  const candidates = commands.map((known) => ({ label: known.name, value: known }));
  const near = nearest(wanted, candidates);
  throw new InputError(
    near.length > 0
      ? `There is no “${shortened(name)}”. Did you mean ${orList(near)}?`
      : `There is no “${shortened(name)}”. /metrics help lists what you can ask.`,
  );
}
