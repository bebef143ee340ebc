import { z } from 'zod';
import { SlackFailure } from '../failure.ts';
import { fileShape } from '../shapes.ts';
import type { Store } from '../store/store.ts';
import type { StoredFile } from '../store/types.ts';
import { destination, messageContent, threadOf } from './checks.ts';
import { id, json, type Methods, method, ts } from './method.ts';

function knownFile(store: Store, id: string): StoredFile {
  const file = store.files.get(id);
  if (!file) throw new SlackFailure('file_not_found');
  return file;
}

const uploads = json.pipe(
  z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1),
);

export const files = {
  'files.getUploadURLExternal': method(
    z.object({
      filename: id,
      length: z.coerce.number().int(),
      alt_txt: z.string().max(1000).optional(),
      alt_text: z.string().max(1000).optional(),
    }),
    ({ filename, length, alt_txt, alt_text }, { store, url }) => {
      if (length < 1) throw new SlackFailure('invalid_arguments');
      const file = store.files.announce({
        name: filename,
        user: store.bot.userId,
        length,
        altText: alt_txt ?? alt_text ?? '',
      });
      return { upload_url: `${url}/upload/v1/${file.id}`, file_id: file.id };
    },
  ),
  'files.completeUploadExternal': method(
    z.object({
      files: uploads,
      channel_id: z.string().optional(),
      initial_comment: z.string().optional(),
      thread_ts: ts.optional(),
      blocks: z.unknown().optional(),
    }),
    (args, { store, url }) => {
      const found = args.files.map(({ id, title }) => {
        const file = knownFile(store, id);
        if (!file.bytes) throw new SlackFailure('file_not_found');
        if (title !== undefined) file.title = title;
        return file;
      });
      const share = sharing(store, args, found);
      let waiting = found.length;
      for (const file of found) {
        store.files.complete(file, () => {
          waiting -= 1;
          if (waiting === 0) share();
        });
      }
      return { files: found.map((file) => fileShape(store, file, url)) };
    },
  ),
  'files.info': method(z.object({ file: id }), (args, { store, url }) => ({
    file: fileShape(store, knownFile(store, args.file), url),
    comments: [],
    response_metadata: { next_cursor: '' },
  })),
} satisfies Methods;

interface Sharing {
  readonly channel_id?: string | undefined;
  readonly initial_comment?: string | undefined;
  readonly thread_ts?: string | undefined;
  readonly blocks?: unknown;
}

/** Checks at once, answers what shares the files later: Slack posts them when it has processed them. */
function sharing(store: Store, args: Sharing, found: readonly StoredFile[]): () => void {
  if (!args.channel_id) return () => undefined;
  const channel = destination(store, args.channel_id).id;
  const thread = args.thread_ts ? { threadTs: threadOf(store, channel, args.thread_ts) } : {};
  const content =
    args.initial_comment || args.blocks
      ? messageContent(store, { text: args.initial_comment, blocks: args.blocks })
      : { text: '' };
  return () => {
    const message = store.messages.post({
      ...content,
      channel,
      user: store.bot.userId,
      botId: store.bot.botId,
      fileIds: found.map((file) => file.id),
      ...thread,
    });
    for (const file of found) file.shares.push({ channel, ts: message.ts });
  };
}
