import { saveChannel } from '../db/channels.ts';
import type { Db } from '../db/open.ts';
import { saveUser } from '../db/users.ts';
import { saveWorkspace } from '../db/workspaces.ts';
import { recordEnvelopes } from '../src/slack/recorder.ts';
import { envelopeOf } from './sample/envelopes.ts';
import type { SampleProjects } from './sample/projects.ts';
import { seedProjects } from './seed/projects.ts';
import { seedReadings } from './seed/readings.ts';
import type { SampleWorkspace } from './workspace.ts';

/**
 * Fills an empty database with what the bot would know, had it been a member of the sample
 * workspace all along: the messages go through the recorder.
 */
export function seed(db: Db, sample: SampleWorkspace, projects: SampleProjects): void {
  const { team, bot, users, channels, messages } = sample;
  const at = Date.now();
  const now = new Date(at).toISOString();
  db.transaction(() => {
    saveWorkspace(db, { ...team, botUserId: bot.userId }, now);
    for (const { id, name, tz, isBot } of users) {
      saveUser(db, team.id, { id, name, tz, isBot, isDeleted: false }, now);
    }
    for (const { id, name, isPrivate } of channels) {
      saveChannel(db, team.id, { id, name, isPrivate, isArchived: false }, now);
    }
    recordEnvelopes(
      db,
      messages.values().map((message) => envelopeOf(message, sample)),
    );
    seedProjects(db, projects, now);
    seedReadings(db, projects.lastDay, at);
  })();
}
