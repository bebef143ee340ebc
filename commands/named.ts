import { InputError } from '../db/input-error.ts';
import { orList } from '../reports/words.ts';
import type { Command } from './command.ts';
import { nearest } from './names.ts';
import { shortened } from './shortened.ts';

/** What people type for what is called otherwise, or said in two words. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  send: ['send now'],
  now: ['send now'],
  top: ['top-users'],
  users: ['top-users'],
  digest: ['summary', 'subscribe'],
  digests: ['subscriptions', 'subscribe'],
};

/** The one of `commands` that is called so. Throws an InputError that names the nearest. */
export function commandNamed(commands: readonly Command[], name: string): Command {
  const wanted = name.toLowerCase().replace(/^-+/, '');
  const command = commands.find((known) => known.name === wanted);
  if (command) return command;
  const candidates = commands.map((known) => ({ label: known.name, value: known }));
  const meant = Object.hasOwn(OTHERWISE, wanted) ? OTHERWISE[wanted] : undefined;
  const near = meant ?? nearest(wanted, candidates);
  throw new InputError(
    near.length > 0
      ? `There is no “${shortened(name)}”. Did you mean ${orList(near)}?`
      : `There is no “${shortened(name)}”. /metrics help lists what you can ask.`,
  );
}
