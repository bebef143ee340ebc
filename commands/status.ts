import { listSourceParts } from '../db/collections.ts';
import { InputError } from '../db/input-error.ts';
import type { Db } from '../db/open.ts';
import { status as report } from '../reports/status.ts';
import type { Command, CommandDeps, TextReply } from './command.ts';
import { resolveNames } from './names.ts';
import { zoneBehindHere } from './place-zone.ts';

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
    if (words.has('nowhere') || names.includes('here')) return tellWhere(words, names, deps);
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

/** Sets, or with “nowhere” clears, the channel in which failing sources are told. */
async function tellWhere(
  words: ReadonlySet<string>,
  names: readonly string[],
  { adminChannel, channelId }: CommandDeps,
): Promise<TextReply> {
  const [first, ...behind] = names;
  const isNowhere = words.has('nowhere');
  if (words.size > (isNowhere ? 1 : 0) || first !== (isNowhere ? undefined : 'here')) {
    throw new InputError(
      '“status here” and “status nowhere” stand alone; only a time zone may stand behind “here”.',
    );
  }
  const zone = zoneBehindHere(behind);
  if (!adminChannel) {
    throw new InputError('Where failing sources are told is set in Slack, in the channel itself.');
  }
  const title = 'Failing sources';
  if (isNowhere) {
    return { kind: 'text', title, lines: [(await adminChannel.clear()).sentence] };
  }
  if (!channelId) throw new InputError('“status here” is for a channel: type it there.');
  return { kind: 'text', title, lines: [(await adminChannel.set(channelId, zone)).sentence] };
}
