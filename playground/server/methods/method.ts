import { z } from 'zod';
import { failureWith } from '../failure.ts';
import type { Arguments } from '../request.ts';
import type { Sockets } from '../sockets.ts';
import type { Store } from '../store/store.ts';
import type { Triggers } from '../triggers.ts';

/** What every method of the Web API works with. */
export interface Context {
  readonly store: Store;
  readonly sockets: Sockets;
  readonly triggers: Triggers;
  /** `http://127.0.0.1:3000` */
  readonly url: string;
}

type Answer = Readonly<Record<string, unknown>>;

/** One method of the Web API. `call` answers without `ok`, or throws a SlackFailure. */
export interface Method {
  readonly token: 'none' | 'bot' | 'app';
  call(args: Arguments, context: Context): Answer | Promise<Answer>;
}

export type Methods = Readonly<Record<string, Method>>;

/** A method for the bot's token. Arguments that don't fit `schema` are `invalid_arguments`. */
export function method<Args>(
  schema: z.ZodType<Args>,
  run: (args: Args, context: Context) => Answer,
): Method {
  return {
    token: 'bot',
    call(args, context) {
      const result = schema.safeParse(args);
      if (!result.success) {
        throw failureWith('invalid_arguments', result.error.issues.map(wordsFor(args)));
      }
      return run(result.data, context);
    },
  };
}

function wordsFor(args: Arguments) {
  return ({ path, message }: z.core.$ZodIssue): string => {
    const name = path.map(String).join('/');
    const isMissing = path.length === 1 && args[name] === undefined;
    return isMissing
      ? `[ERROR] missing required field: ${name}`
      : `[ERROR] ${message} [json-pointer:/${name}]`;
  };
}

/** A yes or no, which forms write as text. */
export const flag = z
  .union([z.boolean(), z.enum(['true', '1', 'false', '0', ''])])
  .transform((value) => value === true || value === 'true' || value === '1');

/** JSON that forms carry as text and JSON bodies as it is. */
export const json = z.unknown().transform((value, context) => {
  if (typeof value !== 'string') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be valid json' });
    return z.NEVER;
  }
});

export const id = z.string().min(1);
export const ts = z.coerce.string().min(1);

export const paging = {
  cursor: z.string().optional(),
  limit: z.coerce.number().int().optional(),
};
