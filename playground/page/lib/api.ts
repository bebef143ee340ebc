import type {
  BlockAction,
  ChangeMessage,
  MessagePage,
  PostMessage,
  State,
  SubmitView,
  View,
} from '../../protocol.ts';
import type { Place } from '../model/conversation.ts';

/** A request that the server answered with an error; the message is in words for people. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const pageSize = '50';
/** A thread comes in one piece; the server's limit. */
const threadSize = '200';

/** The playground's HTTP API as one person uses it; without a person the server picks one. */
export function createApi(user: string | undefined) {
  async function call<Answer>(path: string, query: Query = {}, body?: object): Promise<Answer> {
    const url = new URL(`/playground/api/${path}`, window.location.origin);
    for (const [key, value] of Object.entries({ user, ...query })) {
      if (value !== undefined) url.searchParams.set(key, value);
    }
    const response = await fetch(url, body ? asJson(body) : {}).catch(() => {
      throw new ApiError(0, 'The playground does not answer. Is it still running?');
    });
    const text = await response.text();
    const answer = text.startsWith('{') ? JSON.parse(text) : {};
    if (!response.ok) {
      const said = typeof answer.error === 'string' ? answer.error : '';
      throw new ApiError(response.status, said || `The playground answered ${response.status}.`);
    }
    return answer;
  }

  return {
    state: () => call<State>('state'),
    messages: ({ channel, thread }: Place, before?: string) =>
      call<MessagePage>('messages', {
        channel,
        thread,
        before,
        limit: thread ? threadSize : pageSize,
      }),
    post: (message: PostMessage) => call<unknown>('messages', {}, message),
    edit: (change: ChangeMessage) => call<unknown>('messages/edit', {}, change),
    remove: (change: ChangeMessage) => call<unknown>('messages/delete', {}, change),
    act: (action: BlockAction) => call<unknown>('actions', {}, action),
    home: () => call<{ view: View | null }>('home'),
    submit: (view: SubmitView) =>
      call<{ errors?: Record<string, string> }>('views/submit', {}, view),
    close: (viewId: string) => call<unknown>('views/close', {}, { viewId, values: {} }),
  };
}

export type Api = ReturnType<typeof createApi>;

type Query = Readonly<Record<string, string | undefined>>;

function asJson(body: object): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** What went wrong, in words for the person at the page. */
export function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
