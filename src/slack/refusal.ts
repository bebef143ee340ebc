import { WebAPIRateLimitedError } from '@slack/web-api';
import { platformError } from './client.ts';

/**
 * Why Slack has not done what it was asked for. `refused`: it says no, and nothing has happened.
 * `busy`: nothing has happened, and it may later. `silent`: there is no saying whether it has
 * happened.
 */
type Refusal =
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'busy'; readonly waitMs: number }
  | { readonly kind: 'silent' };

/** Codes behind which, by Slack's own words, some of the work may have been done. */
const UNSURE = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'];
const BUSY = ['ratelimited', 'rate_limited'];
const BUSY_MS = 30_000;
/**
 * Codes that are about the token or the whole workspace, and no word on a channel, a person or a
 * message: while a token is changed or a workspace moved, everything is refused.
 */
const LOCKED_OUT = [
  'access_denied',
  'accesslimited',
  'account_inactive',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'invalid_auth',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'team_added_to_org',
  'token_expired',
  'token_revoked',
  'two_factor_setup_required',
];
const LOCKED_OUT_MS = 10 * 60_000;

/** What an error of a call means; whatever is not an answer of Slack leaves all open. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'busy', waitMs: error.retryAfter * 1000 };
  }
  const code = platformError(error);
  if (code === undefined || UNSURE.includes(code)) return { kind: 'silent' };
  if (LOCKED_OUT.includes(code)) return { kind: 'busy', waitMs: LOCKED_OUT_MS };
  return BUSY.includes(code) ? { kind: 'busy', waitMs: BUSY_MS } : { kind: 'refused', code };
}
