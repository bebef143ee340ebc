import { InputError } from '../../db/input-error.ts';
import { refusalOf } from './refusal.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  not_in_channel: 'I am not in this channel: invite me with /invite, and ask again.',
  channel_not_found:
    'I can’t see this conversation: invite me to a channel with /invite, and ask again there.',
  is_archived: 'This channel is archived: choose one that is not.',
  missing_scope:
    'I may not read this conversation, and that is needed to post each thing only once: in a channel, give the app the scopes of manifest.yml and install it again.',
};

/** Throws an InputError with `sentence` in somebody's direct messages. */
export function mustBeChannel(channelId: string, sentence: string): void {
  if (channelId.startsWith('D')) throw new InputError(sentence);
}

/** Does `work` on the channel somebody is in; throws an InputError that says why it can't be done. */
export async function here<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.kind === 'busy') {
      throw new InputError(
        'Slack does not let me do anything at the moment: try again in some minutes.',
      );
    }
    if (refusal.kind === 'silent') throw error;
    throw new InputError(
      SENTENCES[refusal.code] ??
        `Slack does not let me do that here (${refusal.code}): choose another channel.`,
    );
  }
}
