import type { RequestHandler } from 'express';
import { SlackFailure } from './failure.ts';
import { methods } from './methods/index.ts';
import type { Context, Method } from './methods/method.ts';
import { readArguments, tokenOf } from './request.ts';

export interface Tokens {
  readonly bot: string;
  readonly app: string;
}

/** Answers `/api/:method` as Slack does: always 200, with `ok` and, when it is false, `error`. */
export function webApi(tokens: Tokens, context: Context): RequestHandler {
  return async (request, response) => {
    try {
      const args = await readArguments(request);
      const name = String(request.params.method);
      const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
      if (!method) throw new SlackFailure('unknown_method', { req_method: name });
      checkToken(method, tokenOf(request, args), tokens);
      response.json({ ok: true, ...(await method.call(args, context)) });
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error;
      response.json({ ok: false, error: error.code, ...error.extra });
    }
  };
}

function checkToken(method: Method, token: string | undefined, tokens: Tokens): void {
  if (method.token === 'none') return;
  if (token === undefined) throw new SlackFailure('not_authed');
  if (token !== tokens.bot && token !== tokens.app) throw new SlackFailure('invalid_auth');
  if (token !== tokens[method.token]) throw new SlackFailure('not_allowed_token_type');
}
