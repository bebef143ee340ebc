import { z } from 'zod';
import { checkBlocks, VIEW_BLOCKS, withBlockIds } from '../blocks/check.ts';
import { plainText } from '../blocks/objects.ts';
import { failureWith, SlackFailure } from '../failure.ts';
import { viewShape } from '../shapes.ts';
import type { Store } from '../store/store.ts';
import type { ViewContent } from '../store/views.ts';
import { knownUser } from './checks.ts';
import { type Context, id, json, type Methods, method } from './method.ts';

const view = json.pipe(
  z.object({
    type: z.enum(['home', 'modal']),
    blocks: z.array(z.record(z.string(), z.unknown())),
    title: plainText(24).optional(),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    callback_id: z.string().max(255).default(''),
    private_metadata: z.string().max(3000).default(''),
    external_id: z.string().max(255).default(''),
    clear_on_close: z.boolean().default(false),
    notify_on_close: z.boolean().default(false),
    submit_disabled: z.boolean().optional(),
  }),
);

const MODALS = 3;

/** Checks a view as views.open does. Also used for the views that come with acknowledgements. */
export function readView(store: Store, value: unknown, type: 'home' | 'modal'): ViewContent {
  const result = view.safeParse(value);
  if (!result.success) {
    throw failureWith(
      'invalid_arguments',
      result.error.issues.map(
        (issue) => `${issue.message} [json-pointer:/view/${issue.path.join('/')}]`,
      ),
    );
  }
  const content = result.data;
  if (content.type !== type) {
    throw failureWith('invalid_arguments', [`must be a ${type} [json-pointer:/view/type]`]);
  }
  const wrong = checkBlocks(content.blocks, VIEW_BLOCKS, store.files);
  if (type === 'modal' && !content.title) wrong.push('missing required field: title');
  if (type === 'modal' && !content.submit && content.blocks.some((b) => b.type === 'input')) {
    wrong.push('missing required field: submit');
  }
  if (wrong.length > 0) {
    const inView = wrong.map((text) => text.replace('json-pointer:/', 'json-pointer:/view/'));
    throw failureWith('invalid_arguments', inView);
  }
  return {
    type,
    blocks: withBlockIds(content.blocks),
    title: content.title ?? null,
    submit: content.submit ?? null,
    close: content.close ?? null,
    callbackId: content.callback_id,
    privateMetadata: content.private_metadata,
    externalId: content.external_id,
    clearOnClose: content.clear_on_close,
    notifyOnClose: content.notify_on_close,
  };
}

function open(args: { trigger_id: string; view?: unknown }, { store, triggers }: Context) {
  const content = readView(store, args.view, 'modal');
  const trigger = triggers.spend(args.trigger_id);
  if ('error' in trigger) throw new SlackFailure(trigger.error);
  if (store.views.stack(trigger.user).length >= MODALS)
    throw new SlackFailure('push_limit_reached');
  return { view: viewShape(store, store.views.push(trigger.user, content)) };
}

function checkHash(known: string | undefined, given: string | undefined): void {
  if (given !== undefined && known !== undefined && given !== known) {
    throw new SlackFailure('hash_conflict');
  }
}

export const views = {
  'views.publish': method(
    z.object({ user_id: id, view: z.unknown(), hash: z.string().optional() }),
    (args, { store }) => {
      const user = knownUser(store, args.user_id).id;
      const content = readView(store, args.view, 'home');
      checkHash(store.views.home(user)?.hash, args.hash);
      return { view: viewShape(store, store.views.publish(user, content)) };
    },
  ),
  'views.open': method(z.object({ trigger_id: id, view: z.unknown() }), open),
  'views.push': method(z.object({ trigger_id: id, view: z.unknown() }), open),
  'views.update': method(
    z.object({
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      view: z.unknown(),
      hash: z.string().optional(),
    }),
    (args, { store }) => {
      const known =
        args.view_id === undefined
          ? store.views.byExternalId(args.external_id ?? '')
          : store.views.get(args.view_id);
      if (!known) throw new SlackFailure('not_found');
      checkHash(known.hash, args.hash);
      const content = readView(store, args.view, known.type);
      return { view: viewShape(store, store.views.update(known, content)) };
    },
  ),
} satisfies Methods;
