import { WebAPIRateLimitedError } from '@slack/web-api';
import { platformError } from './client.ts';

/**
 * Why Slack has not done what it was asked for. `refused`: it says no, and nothing has happened.
 * `busy`: it wants to be asked again later. `silent`: there is no saying whether it has happened.
 */
export type Refusal =
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'busy'; readonly waitMs: number }
  | { readonly kind: 'silent' };

/** Codes behind which, by Slack's own words, some of the work may have been done. */
const UNSURE = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'];
const BUSY = ['ratelimited', 'rate_limited'];
const BUSY_MS = 30_000;

/** What an error of a call means; whatever is not an answer of Slack leaves all open. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'busy', waitMs: error.retryAfter * 1000 };
  }
  const code = platformError(error);
  if (code === undefined || UNSURE.includes(code)) return { kind: 'silent' };
  return BUSY.includes(code) ? { kind: 'busy', waitMs: BUSY_MS } : { kind: 'refused', code };
}
