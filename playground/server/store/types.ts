import type { SampleUser } from '../../workspace.ts';

/** What the playground's workspace holds. Everything lives in memory and is gone with the server. */

export type User = SampleUser;

export interface Channel {
  readonly id: string;
  name: string;
  topic: string;
  /** `im` is the conversation of one person with the bot. */
  readonly kind: 'public' | 'private' | 'im';
  readonly members: Set<string>;
  isArchived: boolean;
  /** Seconds since the epoch. */
  readonly created: number;
}

export type Block = Readonly<Record<string, unknown>>;

export interface Message {
  readonly channel: string;
  /** Seconds since the epoch with six decimals, as text: unique within its channel. */
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly botId?: string;
  readonly subtype?: string;
  readonly threadTs?: string;
  /** True for a reply that also stands in the channel. */
  readonly isBroadcast?: boolean;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly Block[];
  readonly fileIds?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The only person who sees it. Such messages are in nobody's history. */
  readonly visibleOnlyTo?: string;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  title: string;
  altText: string;
  readonly length: number;
  readonly created: number;
  bytes: Buffer | undefined;
  /** Set once the file is processed; before that Slack does not tell it either. */
  mimetype: string | undefined;
  width: number;
  height: number;
  /** Where it was shared. */
  readonly shares: { readonly channel: string; readonly ts: string }[];
}

export interface View {
  readonly id: string;
  readonly type: 'home' | 'modal';
  /** The person who sees it. */
  readonly user: string;
  readonly hash: string;
  readonly rootId: string;
  readonly previousId: string | null;
  readonly blocks: readonly Block[];
  readonly title: Block | null;
  readonly submit: Block | null;
  readonly close: Block | null;
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly externalId: string;
  readonly clearOnClose: boolean;
  readonly notifyOnClose: boolean;
  readonly values: StateValues;
}

/** `state.values` of a view or message: block id → action id → what was entered. */
export type StateValues = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
>;

/** What happened in the workspace. The Events API and the page are both told. */
export type Change =
  | { readonly type: 'posted'; readonly message: Message }
  | { readonly type: 'edited'; readonly message: Message; readonly previous: Message }
  | { readonly type: 'deleted'; readonly message: Message; readonly ts: string }
  | {
      readonly type: 'joined';
      readonly channel: string;
      readonly user: string;
      readonly inviter?: string;
    }
  | { readonly type: 'left'; readonly channel: string; readonly user: string }
  | { readonly type: 'renamed'; readonly channel: string }
  | { readonly type: 'archived'; readonly channel: string; readonly isArchived: boolean }
  | {
      readonly type: 'reaction';
      readonly added: boolean;
      readonly message: Message;
      readonly user: string;
      readonly name: string;
      readonly ts: string;
    }
  | { readonly type: 'homeOpened'; readonly user: string; readonly channel: string }
  | { readonly type: 'viewShown'; readonly view: View }
  | { readonly type: 'viewClosed'; readonly view: View };
