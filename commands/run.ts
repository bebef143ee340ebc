import type { Viewer } from '../db/viewer.ts';
import type { CommandDeps, Reply } from './command.ts';
import { helpFor } from './help.ts';
import { findCommand } from './index.ts';
import { parseOptions } from './options.ts';

/** Builds the viewer an answer is for: the asker, or (public) everyone who will read it. */
type ViewerOf = (isPublic: boolean) => Viewer | Promise<Viewer>;

interface Outcome {
  readonly reply: Reply;
  readonly isPublic: boolean;
  /** Whose eyes the reply was made for. */
  readonly viewer: Viewer;
}

/**
 * Runs what somebody typed behind /metrics: finds the subcommand, reads its options, and answers.
 * `help` behind a subcommand explains it. Throws an InputError for whatever can't be done.
 */
export async function runCommand(
  line: string,
  deps: Omit<CommandDeps, 'viewer'>,
  viewerOf: ViewerOf,
): Promise<Outcome> {
  const { command, text } = findCommand(line);
  if (/^-{0,2}help$/i.test(text)) {
    return { reply: helpFor(command), isPublic: false, viewer: await viewerOf(false) };
  }
  const isRead = command.words && !command.readsText?.(text);
  const options = parseOptions(isRead ? text : '', command.words ?? [], deps.today);
  const viewer = await viewerOf(options.isPublic);
  const reply = await command.run({ options, text }, { ...deps, viewer });
  return { reply, isPublic: options.isPublic, viewer };
}
