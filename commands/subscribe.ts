import type { Command, Reply } from './command.ts';
import { type DigestDesk, deskOf, type Said } from './digest-desk.ts';
import { everyIn, parseDigest } from './parse-digest.ts';
import type { TextReply } from './text-reply.ts';

const VERBS = ['preview', 'now', 'choose'];

export const subscribe: Command = {
  name: 'subscribe',
  summary: 'Post a digest here each week; or show it to you, post it now, or choose what it tells',
  forms: [
    {
      form: '[daily|weekly monday 9:00|monthly 1] [in zone] [quiet|always]',
      example: 'friday 17:30 in Europe/Berlin',
    },
    {
      form: 'preview',
      example: 'preview',
      does: 'shows it now, only to you; short: /metrics preview',
    },
    { form: 'send now', example: 'send now', does: 'posts it now; short: /metrics send now' },
    {
      form: 'choose',
      example: 'choose',
      does: 'opens a window: when, and of what; short: /metrics choose',
    },
  ],
  run({ text }, deps) {
    const desk = deskOf(deps);
    // The kind of digest may stand before what is to be done with it, or behind.
    const words = text
      .toLowerCase()
      .replace(/\bsend\s+(?=.*\bnow\b)/, '')
      .split(/\s+/);
    const verb = words.find((word) => VERBS.includes(word)) ?? '';
    const rest = words.filter((word) => word !== verb).join(' ');
    return answer(desk, verb, rest, text);
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
