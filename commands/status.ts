import { listSourceParts } from '../db/collections.ts';
import { InputError } from '../db/input-error.ts';
import type { Db } from '../db/open.ts';
import { status as report } from '../reports/status.ts';
import type { Command, CommandDeps } from './command.ts';
import { resolveNames } from './names.ts';
import { tellWhere } from './tell-where.ts';
import type { TextReply } from './text-reply.ts';

export const status: Command = {
  name: 'status',
  summary: 'Whether the data is fresh and whole; here or nowhere: where failing sources are told',
  forms: [
    { form: '[sources] [checks]', example: 'pypi', does: 'how fresh and whole the data is' },
    { form: 'here [in zone]', example: 'here', does: 'failing sources are told in this channel' },
    { form: 'nowhere', example: 'nowhere', does: 'no channel is told of them any more' },
  ],
  words: ['checks', 'nowhere'],
  run({ options }, deps) {
    const { words, names, theme } = options;
    if (options.range || options.granularity || options.by !== undefined) {
      throw new InputError('The status is that of now: name a source, or “checks”, or nothing.');
    }
    if (words.has('nowhere') || names.includes('here')) {
      return toldWhere([...words, ...names], deps);
    }
    const titles = sourceTitles(deps.db);
    const known = [...titles].map(([value, label]) => ({ label, value }));
    const named = names.map((name) => titles.get(name.toLowerCase()) ?? name);
    const sources = resolveNames(named, known, 'source');
    return {
      kind: 'report',
      report,
      theme,
      params: {
        today: deps.today,
        now: new Date(deps.now).toISOString(),
        ...(sources.length > 0 && { sources }),
        view: words.has('checks') ? 'checks' : 'sources',
      },
    };
  },
};

/** By the id, which people type as well. */
function sourceTitles(db: Db): ReadonlyMap<string, string> {
  const parts = listSourceParts(db).map(
    ({ source, sourceTitle }) => [source, sourceTitle] as const,
  );
  return new Map([['slack', 'Slack'], ...parts]);
}

/** Sets, or with “nowhere” clears, the channel in which failing sources are reported. */
async function toldWhere(typed: readonly string[], deps: CommandDeps): Promise<TextReply> {
  if (typed[0] !== 'here' && typed.join(' ') !== 'nowhere') {
    throw new InputError(
      '“status here” and “status nowhere” stand alone; only a time zone may stand behind “here”.',
    );
  }
  const sentence = await tellWhere('admin', typed, deps);
  return { kind: 'text', title: 'Failing sources', lines: [sentence] };
}
