import { WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { plainOptions, platformError } from '../slack/client.ts';
import { sdkLogger } from '../slack/sdk-log.ts';
import { startError } from '../slack/start-error.ts';
import type { Checkup } from '../sources/source.ts';
import { OPTIONAL_SCOPES, SCOPES } from './scopes.ts';

const BOT = 'SLACK_BOT_TOKEN';
const APP = 'SLACK_APP_TOKEN';

/** Tries both tokens, and looks for the scopes that the manifest asks for. */
export async function checkSlack({ slack, slackApiUrl }: Config): Promise<Checkup[]> {
  if (!slack) {
    const detail = `${BOT} and ${APP} are not set: “npm start” opens the playground, with sample data.`;
    return [{ what: 'Slack', state: 'limited', detail }];
  }
  const options = plainOptions(slackApiUrl, sdkLogger(createLog('silent')));
  const client = (token: string) => new WebClient(token, options);
  const lines = await Promise.all([
    checkBotToken(client(slack.botToken), slackApiUrl),
    checkAppToken(client(slack.appToken), slackApiUrl),
  ]);
  return lines.flat();
}

async function checkBotToken(client: WebClient, apiUrl: string): Promise<Checkup[]> {
  try {
    const { team, response_metadata } = await client.auth.test();
    const good = { what: BOT, state: 'good', detail: `Slack knows it: ${team}.` } as const;
    return [good, checkScopes(response_metadata?.scopes)];
  } catch (error) {
    return [refusal(error, BOT, apiUrl)];
  }
}

function checkScopes(granted: readonly string[] | undefined): Checkup {
  const what = 'Slack scopes';
  if (!granted) {
    const detail = 'Slack did not say which there are, so they could not be compared.';
    return { what, state: 'limited', detail };
  }
  const without = (scopes: readonly string[]) => scopes.filter((one) => !granted.includes(one));
  const lacking = without(SCOPES);
  if (lacking.length > 0) {
    const detail = `${lacking.join(', ')} ${lacking.length === 1 ? 'is' : 'are'} missing: give the app the current manifest.yml, and install it anew in the workspace.`;
    return { what, state: 'bad', detail };
  }
  const optional = without(OPTIONAL_SCOPES);
  if (optional.length > 0) {
    const detail = `All that are needed. Without ${optional.join(' and ')}, private channels are not counted.`;
    return { what, state: 'good', detail };
  }
  return { what, state: 'good', detail: 'All that the manifest asks for.' };
}

async function checkAppToken(client: WebClient, apiUrl: string): Promise<Checkup[]> {
  try {
    await client.apps.connections.open({});
    return [{ what: APP, state: 'good', detail: 'Slack would open a connection for it.' }];
  } catch (error) {
    if (platformError(error) !== 'missing_scope') return [refusal(error, APP, apiUrl)];
    const detail =
      'It lacks the scope connections:write: make a new one with it on the app’s page, under Basic Information → App-Level Tokens.';
    return [{ what: APP, state: 'bad', detail }];
  }
}

function refusal(error: unknown, setting: string, apiUrl: string): Checkup {
  const state = error instanceof WebAPIRateLimitedError ? 'limited' : 'bad';
  return { what: setting, state, detail: startError(error, setting, apiUrl).message };
}
