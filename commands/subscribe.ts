import type { Command, Reply, TextReply } from './command.ts';
import type { DigestDesk, Said } from './digest-desk.ts';
import { deskOf, everyIn, parseDigest } from './digest-words.ts';

export const subscribe: Command = {
  name: 'subscribe',
  summary: 'Post a digest here each week; or show it to you, post it now, or choose what it tells',
  usage: '[daily|weekly monday 9:00|monthly 1] [in zone] [quiet] | preview | now | choose',
  run({ text }, deps) {
    const desk = deskOf(deps);
    const verbs = /^(?:send\s+(?=now\b))?(preview|now|choose)\b\s*(.*)$/is;
    const [, verb = '', rest = ''] = verbs.exec(text) ?? [];
    return answer(desk, verb.toLowerCase(), rest, text);
  },
};

async function answer(desk: DigestDesk, verb: string, rest: string, text: string): Promise<Reply> {
  switch (verb) {
    case 'preview':
      return { kind: 'edition', edition: await desk.preview(everyIn(rest)) };
    case 'now':
      return said(await desk.sendNow(everyIn(rest)));
    case 'choose':
      return said(await desk.choose(everyIn(rest)));
    default:
      return said(await desk.subscribe(parseDigest(text)));
  }
}

function said({ sentence }: Said): TextReply {
  return { kind: 'text', title: 'Digest', lines: [sentence] };
}
