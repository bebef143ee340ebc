import type { SlashCommandHint } from '../protocol.ts';
import { SlackFailure } from './failure.ts';
import type { Interaction } from './interaction.ts';
import { Refusal } from './refusal.ts';
import { respond } from './response-urls.ts';
import type { Outcome } from './sockets.ts';
import type { Store } from './store/store.ts';
import type { Channel, User } from './store/types.ts';
import { asCommandText } from './typed-text.ts';

const CHANNEL_NAMES = { private: 'privategroup', im: 'directmessage' } as const;

const ERRORS: Readonly<Record<Exclude<Outcome['kind'], 'acknowledged'>, string>> = {
  timeout: 'operation_timeout',
  disconnected: 'dispatch_failed',
  unconnected: 'dispatch_failed',
};

/**
 * Sends what a person typed (`/metrics stars`) to the app. Throws a Refusal for a command that
 * nobody has registered; what goes wrong later is told to the person as an ephemeral message.
 */
export async function runSlashCommand(
  interaction: Interaction,
  hints: readonly SlashCommandHint[],
  user: User,
  channel: Channel,
  typed: string,
): Promise<void> {
  const { store, sockets, triggers, responseUrls } = interaction;
  const [command = '', text = ''] = splitCommand(typed);
  if (hints.length > 0 && !hints.some((hint) => hint.command.split(' ')[0] === command)) {
    throw new Refusal(
      `${command} is not a command here. Messages that start with "/" are read as commands; put a space before it to send it as a message.`,
    );
  }
  const place = { channel: channel.id, user: user.id };
  const outcome = await sockets.send({
    type: 'slash_commands',
    payload: {
      token: 'playground',
      team_id: store.team.id,
      team_domain: store.team.domain,
      channel_id: channel.id,
      channel_name: channel.kind === 'public' ? channel.name : CHANNEL_NAMES[channel.kind],
      user_id: user.id,
      user_name: user.name,
      command,
      text: asCommandText(store, user.id, text),
      api_app_id: store.appId,
      is_enterprise_install: 'false',
      response_url: responseUrls.create('commands', place),
      trigger_id: triggers.create(user.id),
    },
  });
  const error =
    outcome.kind === 'acknowledged'
      ? immediateAnswer(store, place, outcome.payload)
      : ERRORS[outcome.kind];
  if (error !== undefined) {
    store.ephemerals.post({
      channel: channel.id,
      user: 'USLACKBOT',
      text: `${command} failed with the error "${error}"`,
      visibleOnlyTo: user.id,
    });
  }
}

/** An acknowledgement may carry the answer; what is wrong with it comes back as an error code. */
function immediateAnswer(
  store: Store,
  place: { channel: string; user: string },
  payload: Readonly<Record<string, unknown>>,
): string | undefined {
  if (Object.keys(payload).length === 0) return undefined;
  try {
    respond(store, place, payload);
    return undefined;
  } catch (error) {
    if (error instanceof SlackFailure) return error.code;
    throw error;
  }
}

function splitCommand(typed: string): string[] {
  const parts = /^(\S+)\s*([\s\S]*)$/.exec(typed.trim());
  return parts ? parts.slice(1) : [];
}
