/** The world that the playground opens with: what a generator or a test hands to the server. */
export interface SampleWorkspace {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly bot: { readonly userId: string; readonly botId: string; readonly name: string };
  readonly users: readonly SampleUser[];
  readonly channels: readonly SampleChannel[];
  /** In order of ts within each channel; replies carry the ts of their parent. */
  readonly messages: readonly SampleMessage[];
}

export interface SampleUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly title: string;
  readonly tz: string;
  readonly isBot: boolean;
  /** Admins of the workspace may set it up; absent: no. */
  readonly isAdmin?: boolean;
  readonly color: string;
}

export interface SampleChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly topic: string;
  readonly members: readonly string[];
}

export interface SampleMessage {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly threadTs?: string;
  readonly editedTs?: string;
  readonly botId?: string;
}
