import { z } from 'zod';

/** What a header can hold: the error about one that it can't hold would show the token. */
const token = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'must be one word of plain letters, digits and signs');
/** What stands in an address is shown and logged, and no request takes a password from there. */
const address = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .refine((text) => !/^\w+:\/\/[^/]*@/.test(text), 'must hold no name and no password');
const url = (fallback: string) => address.default(fallback);

const BYTES = 'must be a number of bytes, as in 50000000000';
const PORT = 'must be a port, 0 to 65535';
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** References with spaces between them, or the word for no reference. */
const SENTINELS = /^\s*(?:none|[a-z]+:\S+(?:\s+[a-z]+:\S+)*)\s*$/;

/**
 * Loaded by so many people in so many places that they only drop together when their source is
 * down.
 */
const WELL_KNOWN =
  'pypi:requests pypi:numpy pypi:packaging pypi:certifi docker:library/nginx docker:library/redis docker:library/postgres docker:library/alpine';

const environment = z.object({
  SLACK_BOT_TOKEN: token.startsWith('xoxb-', 'must start with xoxb-').optional(),
  SLACK_APP_TOKEN: token.startsWith('xapp-', 'must start with xapp-').optional(),
  SLACK_API_URL: url('https://slack.com/api/'),
  PORT: z.coerce.number(PORT).int(PORT).min(0, PORT).max(65_535, PORT).default(3000),
  DATABASE_PATH: z.string().default('data/groundswell.db'),
  GITHUB_TOKEN: token.optional(),
  GITHUB_API_URL: url('https://api.github.com'),
  DOCKERHUB_API_URL: url('https://hub.docker.com'),
  PYPISTATS_API_URL: url('https://pypistats.org'),
  BIGQUERY_PROJECT: z.string().trim().optional(),
  BIGQUERY_MAX_BYTES: z.coerce.number(BYTES).int(BYTES).positive(BYTES).default(50e9),
  OSV_API_URL: url('https://api.osv.dev'),
  OPENLINEAGE_URL: address.optional(),
  ALERT_SENTINELS: z
    .string()
    .regex(SENTINELS, 'must be a list as in pypi:requests docker:library/nginx, or none')
    .default(WELL_KNOWN),
  LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info'),
});

/** Everything that the environment decides, checked and frozen. */
export interface Config {
  /** Both tokens, or undefined: then the playground is what starts. */
  readonly slack: { readonly botToken: string; readonly appToken: string } | undefined;
  readonly slackApiUrl: string;
  /** Where the playground's page is served. */
  readonly port: number;
  /** The SQLite file; the playground has one of its own. */
  readonly databasePath: string;
  readonly github: { readonly token: string | undefined; readonly apiUrl: string };
  readonly dockerhub: { readonly apiUrl: string };
  readonly pypistats: { readonly apiUrl: string };
  readonly bigquery: {
    /** Who pays for the queries; undefined: downloads come from pypistats. */
    readonly project: string | undefined;
    /** No query is run that would be billed for more. */
    readonly maxBytes: number;
  };
  readonly osv: { readonly apiUrl: string };
  /** Where run events go; undefined: nowhere. */
  readonly openLineageUrl: string | undefined;
  /** What is read beside what is watched, to tell a source that is down: `pypi:requests`. */
  readonly alertSentinels: readonly string[];
  readonly logLevel: string;
}

export class ConfigError extends Error {
  /** Those without which the rest is right. */
  readonly settings: readonly string[];
  constructor(message: string, settings: readonly string[] = []) {
    super(message);
    this.settings = settings;
  }
}

/** Reads the environment. Throws a ConfigError that names every setting that is wrong, and why. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const result = environment.safeParse(set);
  if (!result.success) {
    const wrong = result.error.issues.map((i) => `${i.path.join('.')} ${i.message}`);
    const names = result.error.issues.map((i) => String(i.path[0]));
    throw new ConfigError(`The environment is not right: ${wrong.join('; ')}.`, names);
  }
  const e = result.data;
  if ((e.SLACK_BOT_TOKEN === undefined) !== (e.SLACK_APP_TOKEN === undefined)) {
    const missing = e.SLACK_BOT_TOKEN ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN';
    throw new ConfigError(
      `${missing} is missing: Slack needs both tokens; leave both out to start the playground.`,
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    );
  }
  return Object.freeze({
    slack:
      e.SLACK_BOT_TOKEN && e.SLACK_APP_TOKEN
        ? { botToken: e.SLACK_BOT_TOKEN, appToken: e.SLACK_APP_TOKEN }
        : undefined,
    slackApiUrl: e.SLACK_API_URL,
    port: e.PORT,
    databasePath: e.DATABASE_PATH,
    github: { token: e.GITHUB_TOKEN, apiUrl: e.GITHUB_API_URL },
    dockerhub: { apiUrl: e.DOCKERHUB_API_URL },
    pypistats: { apiUrl: e.PYPISTATS_API_URL },
    bigquery: { project: e.BIGQUERY_PROJECT, maxBytes: e.BIGQUERY_MAX_BYTES },
    osv: { apiUrl: e.OSV_API_URL },
    openLineageUrl: e.OPENLINEAGE_URL,
    alertSentinels:
      e.ALERT_SENTINELS.trim() === 'none' ? [] : e.ALERT_SENTINELS.trim().split(/\s+/),
    logLevel: e.LOG_LEVEL,
  });
}
