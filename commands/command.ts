import type { Day } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import type { Viewer } from '../db/viewer.ts';
import type { Report } from '../reports/report.ts';
import type { Theme } from '../reports/theme.ts';
import type { AlertDesk } from './alert-desk.ts';
import type { DigestDesk, Edition } from './digest-desk.ts';
import type { Options } from './options.ts';
import type { PlaceDesk } from './place-desk.ts';
import type { TextReply } from './text-reply.ts';

/** What a command is handed. It has no Slack client and no clock of its own. */
export interface CommandDeps {
  readonly db: Db;
  readonly viewer: Viewer;
  /** The current UTC day. */
  readonly today: Day;
  /** The current instant, milliseconds since the epoch. */
  readonly now: number;
  /** The channel the command was typed in, where there is one. */
  readonly channelId?: string;
  readonly tracker: Tracker;
  /** Absent where nobody is known to ask: in the home tab, on the command line. */
  readonly placeDesk?: PlaceDesk;
  /** Absent where there is no channel: in the home tab, on the command line. */
  readonly digests?: DigestDesk;
  /** Absent there as well. */
  readonly alertDesk?: AlertDesk;
  /** True in the playground: whatever is shown must say that it is made up. */
  readonly isSample: boolean;
}

/** Puts subjects on the list of what is polled and takes them off; returns a sentence. */
export interface Tracker {
  /** How each source's references are written, as in `github:owner/repository`. */
  readonly forms: readonly string[];
  track(reference: string): Promise<{ readonly sentence: string }>;
  untrack(reference: string): { readonly sentence: string };
}

interface Request {
  readonly options: Options;
  /** What stood behind the subcommand, as typed. */
  readonly text: string;
}

/** A way to write a command. */
export interface Form {
  /** What may follow the name: `[repositories] [range]`. Empty when nothing does. */
  readonly form: string;
  /** The same filled in: `owner/repository 12w`. */
  readonly example: string;
  /** What it does, where the command does several things. */
  readonly does?: string;
}

/** One subcommand of /metrics. Errors for people are thrown as InputError. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The ways to write it, the plainest first; for help, README and completion. */
  readonly forms: readonly Form[];
  /** Words of its own that the option parser knows; undefined when it reads `text` itself. */
  readonly words?: readonly string[];
  /** True for a `text` that it reads itself, although it has words. */
  readsText?(text: string): boolean;
  run(request: Request, deps: CommandDeps): Reply | Promise<Reply>;
}

export interface ReportReply {
  readonly kind: 'report';
  readonly report: Report;
  readonly params: unknown;
  readonly theme: Theme;
}

/** A digest as its channel would get it, for the asker alone. */
interface EditionReply {
  readonly kind: 'edition';
  readonly edition: Edition;
}

export type Reply = ReportReply | TextReply | EditionReply;
