import { z } from 'zod';
import { SlackFailure } from './failure.ts';
import { type Interaction, origin } from './interaction.ts';
import { readView } from './methods/views.ts';
import { Refusal } from './refusal.ts';
import { viewShape } from './shapes.ts';
import type { Store } from './store/store.ts';
import type { StateValues, User, View } from './store/types.ts';

type Errors = Readonly<Record<string, string>>;

const responseSchema = z.union([
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.enum(['update', 'push']), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
  z.object({ response_action: z.undefined().optional() }),
]);

function openModal(store: Store, user: User, viewId: string): View {
  const view = store.views.get(viewId);
  if (!view || view.user !== user.id || view.type !== 'modal') {
    throw new Refusal('This window is no longer open.');
  }
  return view;
}

/** Submits a modal; answers the errors of its fields, by block id, when it stays open for them. */
export async function submitView(
  interaction: Interaction,
  user: User,
  { viewId, values }: { readonly viewId: string; readonly values: StateValues },
): Promise<{ errors?: Errors }> {
  const { store, sockets, triggers } = interaction;
  const known = openModal(store, user, viewId);
  const missing = missingInputs(known, values);
  if (Object.keys(missing).length > 0) return { errors: missing };
  const view = store.views.setValues(known, values);
  const outcome = await sockets.send({
    type: 'interactive',
    payload: {
      type: 'view_submission',
      ...origin(store, user),
      trigger_id: triggers.create(user.id),
      view: viewShape(store, view),
      response_urls: [],
    },
  });
  const answer =
    outcome.kind === 'acknowledged' ? responseSchema.safeParse(outcome.payload) : undefined;
  if (!answer?.success) {
    throw new Refusal('We had some trouble connecting. Try again?');
  }
  return apply(store, view, answer.data);
}

function apply(
  store: Store,
  view: View,
  answer: z.infer<typeof responseSchema>,
): { errors?: Errors } {
  switch (answer.response_action) {
    case 'errors':
      return { errors: answer.errors };
    case 'update':
      store.views.update(view, modalOf(store, answer.view));
      return {};
    case 'push':
      store.views.push(view.user, modalOf(store, answer.view));
      return {};
    default:
      store.views.close(view, answer.response_action === 'clear');
      return {};
  }
}

function modalOf(store: Store, view: unknown) {
  try {
    return readView(store, view, 'modal');
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    throw new Refusal(`The app answered with a window that can't be shown (${error.code}).`);
  }
}

/** Slack asks for required fields itself, before the app hears of the submission. */
function missingInputs(view: View, values: StateValues): Errors {
  const missing = view.blocks.filter(
    (block) =>
      block.type === 'input' &&
      block.optional !== true &&
      !Object.values(values[String(block.block_id)] ?? {}).some(isFilled),
  );
  return Object.fromEntries(
    missing.map((block) => [String(block.block_id), 'This is a required field.']),
  );
}

function isFilled({ type: _, ...entered }: Readonly<Record<string, unknown>>): boolean {
  return Object.values(entered).some(
    (value) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
}

/** Closes a modal, and tells the app where it asked to be told. */
export async function closeView(
  { store, sockets }: Interaction,
  user: User,
  viewId: string,
): Promise<void> {
  const view = openModal(store, user, viewId);
  store.views.close(view, false);
  if (!view.notifyOnClose) return;
  await sockets.send({
    type: 'interactive',
    payload: {
      type: 'view_closed',
      ...origin(store, user),
      view: viewShape(store, view),
      is_cleared: false,
    },
  });
}
