import type { Importer } from './importer.ts';

/** Messages a day of whole Slack workspaces, named by their domain. */
export const slackDays: Importer = {
  name: 'slack-days',
  source: 'slack',
  metric: 'slack.messages',
  kind: 'count',
  shapes: [{ day: 'day', subject: 'domain', value: 'messages' }],
  parse(domain) {
    if (!/^[a-z0-9][a-z0-9-]*$/i.test(domain)) return undefined;
    return { key: domain.toLowerCase(), name: domain };
  },
};
