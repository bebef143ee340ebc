/**
 * What the playground's page and its server say to each other. HTTP under /playground/api with
 * JSON bodies; every request names the person it is made as (`?user=U…`). Changes arrive on the
 * WebSocket /playground/live?user=U… as `LiveEvent`s.
 */

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly isBot: boolean;
  /** Background of the generated avatar, `#rrggbb`. */
  readonly color: string;
}

export interface PlaygroundChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  /** The conversation of `me` with the bot. */
  readonly isDirect: boolean;
  readonly topic: string;
  readonly memberCount: number;
}

/** A file that a message shows. `url` is relative to the page. */
export interface PlaygroundFile {
  readonly id: string;
  readonly title: string;
  readonly mimetype: string;
  readonly url: string;
  readonly altText: string;
  readonly width: number;
  readonly height: number;
}

export interface PlaygroundMessage {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  /** mrkdwn, as Slack would store it. */
  readonly text: string;
  /** Block Kit blocks, where the message has them; image blocks carry `image_url` already. */
  readonly blocks?: readonly Record<string, unknown>[];
  readonly files?: readonly PlaygroundFile[];
  readonly threadTs?: string;
  /** Set on a reply that also stands in the channel. */
  readonly isBroadcast?: true;
  readonly replyCount?: number;
  readonly editedTs?: string;
  /** Set on answers that only this person sees; they are gone with the server. */
  readonly visibleOnlyTo?: string;
}

/** GET /playground/api/state */
export interface State {
  readonly workspaceName: string;
  readonly me: Person;
  readonly people: readonly Person[];
  readonly bot: Person;
  /** Those that `me` may see: public ones, and private ones with `me` as a member. */
  readonly channels: readonly PlaygroundChannel[];
  /** For completion in the composer. */
  readonly commands: readonly SlashCommandHint[];
}

export interface SlashCommandHint {
  /** With its slash: `/metrics stars`. */
  readonly command: string;
  readonly usage: string;
  readonly summary: string;
}

/**
 * GET /playground/api/messages?channel=C…[&thread=ts][&before=ts][&limit=50]: a page of a channel
 * (without replies that were not broadcast) or of a thread, oldest first.
 */
export interface MessagePage {
  readonly messages: readonly PlaygroundMessage[];
  readonly hasMore: boolean;
}

/**
 * POST /playground/api/messages. Text that starts with a slash is a command; the answer is then
 * empty and what the bot says arrives live. 400 `{ error }` in words when it can't be sent.
 */
export interface PostMessage {
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
}

/** POST /playground/api/messages/edit (with text) or …/delete: one's own messages only. */
export interface ChangeMessage {
  readonly channel: string;
  readonly ts: string;
  readonly text?: string;
}

/** POST /playground/api/actions: a button, menu or field of a message, home tab or modal. */
export interface BlockAction {
  readonly container:
    | { readonly type: 'message'; readonly channel: string; readonly ts: string }
    | { readonly type: 'view'; readonly viewId: string };
  /** The action as Slack would put it into `actions[0]`, `action_ts` aside. */
  readonly action: Record<string, unknown>;
}

/** GET /playground/api/home answers `{ view: View | null }` after telling the bot of the visit. */
export interface View {
  readonly id: string;
  readonly type: 'home' | 'modal';
  readonly title?: string;
  readonly submit?: string;
  readonly close?: string;
  readonly blocks: readonly Record<string, unknown>[];
}

/** POST /playground/api/views/submit or …/close. Answers `{ errors?: { blockId: text } }`. */
export interface SubmitView {
  readonly viewId: string;
  readonly values: Record<string, Record<string, unknown>>;
}

export type LiveEvent =
  | { readonly type: 'message'; readonly message: PlaygroundMessage }
  | { readonly type: 'changed'; readonly message: PlaygroundMessage }
  | { readonly type: 'deleted'; readonly channel: string; readonly ts: string }
  /** Of windows, also those that were open before the page connected. */
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'viewClosed'; readonly viewId: string }
  | { readonly type: 'bot'; readonly connected: boolean };
