import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import type { MessagePage, SlashCommandHint, State } from '../protocol.ts';
import { type MessageStates, sendBlockAction } from './block-actions.ts';
import type { Interaction } from './interaction.ts';
import { closeView, submitView } from './modals.ts';
import { pageChannel, pageMessage, pageView, personOf } from './page-shapes.ts';
import { Refusal } from './refusal.ts';
import { runSlashCommand } from './slash-commands.ts';
import type { Store } from './store/store.ts';
import type { Channel, Message, User } from './store/types.ts';
import { asStored } from './typed-text.ts';

const text = z
  .string()
  .max(40_000)
  .refine((typed) => typed.trim() !== '', 'Write something first.');
const place = { channel: z.string(), ts: z.string() };
const anything = z.record(z.string(), z.unknown());

const schemas = {
  post: z.object({ channel: z.string(), text, threadTs: z.string().optional() }),
  edit: z.object({ ...place, text }),
  remove: z.object(place),
  action: z.object({
    container: z.discriminatedUnion('type', [
      z.object({ type: z.literal('message'), ...place }),
      z.object({ type: z.literal('view'), viewId: z.string() }),
    ]),
    action: anything,
  }),
  submit: z.object({
    viewId: z.string(),
    values: z.record(z.string(), z.record(z.string(), anything)),
  }),
  close: z.object({ viewId: z.string() }),
  page: z.object({
    channel: z.string(),
    thread: z.string().optional(),
    before: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
};

/** The page's own API, as `protocol.ts` describes it. */
export function pageApi(interaction: Interaction, commands: readonly SlashCommandHint[]): Router {
  const { store } = interaction;
  const states: MessageStates = new Map();
  const api = express.Router();
  api.use(express.json({ limit: '1mb' }));

  api.get('/state', (request, response) => {
    response.json(stateFor(store, commands, personIn(store, request)));
  });
  api.get('/messages', (request, response) => {
    const query = read(schemas.page, request.query);
    const me = personIn(store, request);
    response.json(pageFor(store, me, visible(store, me, query.channel), query));
  });
  api.post('/messages', async (request, response) => {
    const me = personIn(store, request);
    const draft = read(schemas.post, request.body);
    const channel = visible(store, me, draft.channel);
    if (!draft.text.startsWith('/')) post(store, me, channel, draft.text, draft.threadTs);
    else if (draft.threadTs !== undefined) {
      throw new Refusal('Commands can be used in a channel, not in a thread.');
    } else await runSlashCommand(interaction, commands, me, channel, draft.text);
    response.json({});
  });
  api.post('/messages/edit', (request, response) => {
    const { channel, ts, text } = read(schemas.edit, request.body);
    const me = personIn(store, request);
    own(store, me, channel, ts);
    store.messages.edit(channel, ts, { text: asStored(store, me.id, text.trim()) }, me.id);
    response.json({});
  });
  api.post('/messages/delete', (request, response) => {
    const { channel, ts } = read(schemas.remove, request.body);
    own(store, personIn(store, request), channel, ts);
    store.messages.remove(channel, ts);
    response.json({});
  });
  api.post('/actions', async (request, response) => {
    const action = read(schemas.action, request.body);
    await sendBlockAction(interaction, states, personIn(store, request), action);
    response.json({});
  });
  api.get('/home', (request, response) => {
    const me = personIn(store, request).id;
    store.feed.emit({ type: 'homeOpened', user: me, channel: store.channels.direct(me).id });
    const view = store.views.home(me);
    response.json({ view: view ? pageView(store, view) : null });
  });
  api.post('/views/submit', async (request, response) => {
    const submission = read(schemas.submit, request.body);
    response.json(await submitView(interaction, personIn(store, request), submission));
  });
  api.post('/views/close', async (request, response) => {
    const { viewId } = read(schemas.close, request.body);
    await closeView(interaction, personIn(store, request), viewId);
    response.json({});
  });
  return api;
}

function read<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (!result.success) throw new Refusal(result.error.issues.map((i) => i.message).join(' '));
  return result.data;
}

/** A request that names nobody is made as the first person of the workspace. */
function personIn(store: Store, { query }: Request): User {
  const people = [...store.users.values()].filter((user) => user.id !== store.bot.userId);
  const user = query.user === undefined ? people[0] : people.find(({ id }) => id === query.user);
  if (!user) throw new Refusal('There is no such person here.');
  return user;
}

function visible(store: Store, me: User, id: string): Channel {
  const channel = store.channels.get(id);
  if (!channel || !store.channels.isVisible(channel, me.id)) {
    throw new Refusal('There is no such channel for you.');
  }
  return channel;
}

function own(store: Store, me: User, channel: string, ts: string): void {
  const message = store.messages.find(visible(store, me, channel).id, ts);
  if (message?.user !== me.id) throw new Refusal('Only your own messages can be changed.');
}

/** Writing in a public channel for the first time joins it, which the app hears of. */
function post(store: Store, me: User, channel: Channel, typed: string, threadTs?: string): void {
  const parent = threadTs === undefined ? undefined : store.messages.find(channel.id, threadTs);
  if (channel.isArchived) throw new Refusal('This channel is archived.');
  if (threadTs !== undefined && !parent) throw new Refusal('This thread is no longer there.');
  store.channels.join(channel.id, me.id);
  store.messages.post({
    channel: channel.id,
    user: me.id,
    text: asStored(store, me.id, typed.trim()),
    ...(parent ? { threadTs: parent.threadTs ?? parent.ts } : {}),
  });
}

function stateFor(store: Store, commands: readonly SlashCommandHint[], me: User): State {
  const bot = store.users.get(store.bot.userId);
  if (!bot) throw new Error('The workspace has no bot.');
  return {
    workspaceName: store.team.name,
    me: personOf(me),
    people: [...store.users.values()].filter((user) => user.id !== bot.id).map(personOf),
    bot: personOf(bot),
    channels: [...store.channels.all.values()]
      .filter((channel) => store.channels.isVisible(channel, me.id))
      .map((channel) => pageChannel(store, channel)),
    commands,
  };
}

function pageFor(
  store: Store,
  me: User,
  channel: Channel,
  { thread, before, limit }: z.infer<typeof schemas.page>,
): MessagePage {
  const range = before === undefined ? {} : { before };
  const found =
    thread === undefined
      ? store.messages.channelPage(channel.id, range, limit + 1)
      : wholeThread(store, channel.id, thread)
          .filter(({ ts }) => before === undefined || ts < before)
          .slice(-limit - 1);
  const kept = found.slice(-limit);
  const hasMore = found.length > limit;
  const since = hasMore ? (kept[0]?.ts ?? '') : '';
  const whispered = store.ephemerals
    .list(me.id, channel.id)
    .filter((message) => message.threadTs === thread)
    .filter(({ ts }) => ts > since && (before === undefined || ts < before));
  const messages = [...kept, ...whispered].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  return { messages: messages.map((message) => pageMessage(store, message)), hasMore };
}

function wholeThread(store: Store, channel: string, ts: string): Message[] {
  const parent = store.messages.find(channel, ts);
  return parent
    ? [parent, ...store.messages.replies(channel, ts, {}, Number.POSITIVE_INFINITY)]
    : [];
}
