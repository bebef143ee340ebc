import { trackedSubjects } from '../db/subjects.ts';
import { listWorkspaces } from '../db/workspaces.ts';
import { plural } from '../reports/words.ts';
import type { Command } from './command.ts';

export const about: Command = {
  name: 'about',
  summary: 'What Groundswell is, what it stores and who sees it',
  forms: [{ form: '', example: '' }],
  run(_request, { db, isSample }) {
    const workspaces = listWorkspaces(db).map(({ name }) => name);
    return {
      kind: 'text',
      title: 'About Groundswell',
      lines: [
        'Groundswell counts what happens around an open-source community, in its Slack and around its projects, and answers with charts and lists.',
        `It records the messages of the channels it is a member of in ${workspaces.join(', ') || 'this workspace'}, in a database that belongs to whoever runs it, and polls ${plural(trackedSubjects(db).length, 'tracked subject')}.`,
        'What was said in a private channel shows up only in answers to its members. A deleted message is deleted here, too. Days are UTC days.',
        ...(isSample
          ? ['This is the playground: the people, messages and numbers are sample data.']
          : []),
      ],
    };
  },
};
