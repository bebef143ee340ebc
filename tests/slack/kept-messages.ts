import type { FakeSlack, Method } from './fake-slack.ts';

/** A message that the fake Slack keeps. */
export interface Kept {
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | null;
  text: string;
  blocks: string;
  readonly metadata: { readonly event_payload?: Readonly<Record<string, string>> };
}

/** A channel that keeps what is posted; `around` may answer otherwise, after or without the work. */
export function keepMessages(
  slack: FakeSlack,
  around: (name: string, work: Method) => Method = (_name, work) => work,
): Kept[] {
  const kept: Kept[] = [];
  const page: Method = (args) => ({
    ok: true,
    messages: kept.filter(({ thread }) => thread === args.get('ts')),
  });
  const methods: Readonly<Record<string, Method>> = {
    'conversations.history': page,
    'conversations.replies': page,
    'chat.postMessage': (args) => {
      const ts = `17000${String(kept.length).padStart(5, '0')}.000000`;
      kept.push({
        channel: args.get('channel') ?? '',
        ts,
        thread: args.get('thread_ts'),
        text: args.get('text') ?? '',
        blocks: args.get('blocks') ?? '',
        metadata: JSON.parse(args.get('metadata') ?? '{}'),
      });
      return { ok: true, ts };
    },
    'chat.update': (args) => {
      const found = kept.find(({ ts }) => ts === args.get('ts'));
      if (!found) return { ok: false, error: 'message_not_found' };
      found.text = args.get('text') ?? '';
      found.blocks = args.get('blocks') ?? '';
      return { ok: true, ts: found.ts };
    },
    ...uploads(slack),
  };
  for (const [name, work] of Object.entries(methods)) slack.methods[name] = around(name, work);
  return kept;
}

/** A Slack that takes pictures. */
export function uploads({ apiUrl }: FakeSlack): Record<string, Method> {
  return {
    'files.getUploadURLExternal': () => {
      return { ok: true, upload_url: `${apiUrl}upload`, file_id: 'F1' };
    },
    upload: () => ({}),
    'files.completeUploadExternal': () => ({ ok: true }),
    'files.info': () => ({ ok: true, file: { mimetype: 'image/png' } }),
  };
}
