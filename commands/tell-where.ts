import type { Purpose } from '../db/alert-places.ts';
import { InputError } from '../db/input-error.ts';
import type { CommandDeps } from './command.ts';
import { PLACE_COMMANDS } from './place-desk.ts';
import { parseZone } from './zones.ts';

const TOLD: Readonly<Record<Purpose, string>> = {
  alerts: 'alerts are posted',
  admin: 'failing sources are told',
};

/** Does what was typed: `here`, `here in Europe/Berlin` or `nowhere`. */
export async function tellWhere(
  purpose: Purpose,
  [where, ...behind]: readonly string[],
  { placeDesk, channelId, viewer }: CommandDeps,
): Promise<string> {
  const zone = zoneBehindHere(behind);
  if (!placeDesk) {
    throw new InputError(`Where ${TOLD[purpose]} is set in Slack, in the channel itself.`);
  }
  if (where === 'nowhere') return (await placeDesk.clear(purpose, viewer)).sentence;
  if (channelId) return (await placeDesk.choose(purpose, channelId, zone, viewer)).sentence;
  throw new InputError(`“${PLACE_COMMANDS[purpose]}” is for a channel: type it there.`);
}

/** With or without the “in”. */
function zoneBehindHere(words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const zone = words[0]?.toLowerCase() === 'in' ? words.slice(1) : words;
  if (zone.length > 0) return parseZone(zone.join(' '));
  throw new InputError('“in” needs a time zone behind it, as in “in Europe/Berlin”.');
}
