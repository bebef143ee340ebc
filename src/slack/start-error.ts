import { WebAPIRateLimitedError } from '@slack/web-api';
import { platformError } from './client.ts';

/** The bot can't be connected. The message is one sentence for whoever starts it. */
export class StartError extends Error {
  override name = 'StartError';
}

/** What Slack answers while it has troubles of its own: they say nothing about the token. */
const PASSING = new Set(['fatal_error', 'internal_error', 'ratelimited', 'service_unavailable']);

/** Why the call that `setting` (the name of a token's setting) was for has failed. */
export function startError(error: unknown, setting: string, apiUrl: string): StartError {
  const code = platformError(error);
  const options = { cause: error };
  if (code !== undefined && !PASSING.has(code)) {
    return new StartError(
      `Slack refuses ${setting} (${code}): copy it anew from your app's page on https://api.slack.com/apps.`,
      options,
    );
  }
  if (error instanceof WebAPIRateLimitedError) {
    return new StartError(
      `Slack wants us to wait: start again in ${error.retryAfter} seconds.`,
      options,
    );
  }
  return new StartError(
    `Slack can't be reached at ${apiUrl} (${code ?? rootOf(error)}): check the network, and start again.`,
    options,
  );
}

/** The innermost cause is the one that says something: `getaddrinfo ENOTFOUND slack.com`. */
function rootOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return rootOf(error.cause);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
