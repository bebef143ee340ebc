import { WebAPIPlatformError, type WebClientOptions } from '@slack/web-api';

/** The options that each client gets its own copy of: the SDK writes into what it is given. */
type ClientOptions = Pick<
  WebClientOptions,
  'slackApiUrl' | 'retryConfig' | 'timeout' | 'rejectRateLimitedCalls' | 'logger'
>;

const TIMEOUT_MS = 10_000;

/** For calls that somebody waits for: tries again soon, and gives up within half a minute. */
export function patientOptions(apiUrl: string, logger: ClientOptions['logger']): ClientOptions {
  return { ...commonOptions(apiUrl, logger), retryConfig: { retries: 2, minTimeout: 300 } };
}

/** For callers with a waiting and retrying of their own. */
export function plainOptions(apiUrl: string, logger: ClientOptions['logger']): ClientOptions {
  return {
    ...commonOptions(apiUrl, logger),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}

function commonOptions(apiUrl: string, logger: ClientOptions['logger']): ClientOptions {
  return { slackApiUrl: apiUrl, timeout: TIMEOUT_MS, ...(logger ? { logger } : {}) };
}

/** Slack's code (`channel_not_found`) when Slack itself said no; undefined for every other error. */
export function platformError(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}
