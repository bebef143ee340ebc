import { z } from 'zod';
import { SlackFailure } from './failure.ts';
import { messageContent } from './methods/checks.ts';
import { newId } from './store/ids.ts';
import type { Store } from './store/store.ts';
import type { Message } from './store/types.ts';

/** Who may answer where, for a while: what stands behind a `response_url`. */
interface ResponsePlace {
  readonly channel: string;
  readonly user: string;
  /** The message that was acted on; a slash command has none, so there is nothing to replace. */
  readonly original?: Message;
}

export interface ResponseUrls {
  create(kind: 'commands' | 'actions', place: ResponsePlace): string;
  /** Spends one use. Throws a SlackFailure when the address is unknown, old or used up. */
  use(secret: string, answer: unknown): void;
}

interface ResponseUrlOptions {
  readonly store: Store;
  readonly url: string;
  readonly lifetimeMs: number;
}

const USES = 5;

const responseSchema = z.object({
  response_type: z.enum(['ephemeral', 'in_channel']).catch('ephemeral'),
  replace_original: z.coerce.boolean().optional(),
  delete_original: z.coerce.boolean().optional(),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  thread_ts: z.string().optional(),
});

export function createResponseUrls({ store, url, lifetimeMs }: ResponseUrlOptions): ResponseUrls {
  const places = new Map<string, { place: ResponsePlace; until: number; uses: number }>();
  return {
    create(kind, place) {
      const secret = newId('', 24);
      places.set(secret, { place, until: Date.now() + lifetimeMs, uses: 0 });
      return `${url}/${kind}/${store.team.id}/${newId('', 12)}/${secret}`;
    },
    use(secret, answer) {
      const known = places.get(secret);
      if (!known) throw new SlackFailure('no_active_hooks');
      if (known.until < Date.now()) throw new SlackFailure('expired_url');
      if (known.uses >= USES) throw new SlackFailure('used_url');
      respond(store, known.place, answer);
      known.uses += 1;
    },
  };
}

/**
 * Puts an app's answer where it belongs: a new message, or one in place of the original. Throws a
 * SlackFailure for what Slack refuses. Also used for answers that come with an acknowledgement.
 */
export function respond(store: Store, place: ResponsePlace, answer: unknown): void {
  const result = responseSchema.safeParse(answer);
  if (!result.success) throw new SlackFailure('invalid_payload');
  const response = result.data;
  const { original } = place;
  if (response.delete_original && original) {
    remove(store, original);
    return;
  }
  const content = messageContent(store, response);
  if (response.replace_original && original) {
    if (original.visibleOnlyTo) store.ephemerals.replace(original, content);
    else store.messages.edit(original.channel, original.ts, content);
    return;
  }
  const draft = {
    ...content,
    channel: place.channel,
    user: store.bot.userId,
    botId: store.bot.botId,
    ...(response.thread_ts === undefined ? {} : { threadTs: response.thread_ts }),
  };
  if (response.response_type === 'in_channel') store.messages.post(draft);
  else store.ephemerals.post({ ...draft, visibleOnlyTo: place.user });
}

function remove(store: Store, original: Message): void {
  if (original.visibleOnlyTo) store.ephemerals.remove(original);
  else store.messages.remove(original.channel, original.ts);
}
