import type { ChannelName } from '../channels.ts';
import { development } from './development.ts';
import { help } from './help.ts';
import { integrations } from './integrations.ts';
import { announcements, maintainers, releases } from './project.ts';
import { general, random } from './social.ts';
import type { Topic } from './topic.ts';

export const topics: Readonly<Record<ChannelName, readonly Topic[]>> = {
  general,
  help,
  development,
  announcements,
  random,
  releases,
  integrations,
  maintainers,
};
