import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Reply } from '../../commands/command.ts';
import type { Edition } from '../../commands/digest-desk.ts';
import { InputError } from '../../db/input-error.ts';
import type { Db } from '../../db/open.ts';
import type { Viewer } from '../../db/viewer.ts';
import { ask } from '../../reports/report.ts';
import type { Renderer } from '../render/renderer.ts';
import { labelAsSample } from '../sample/label.ts';
import { presentWhole } from './digest-message.ts';
import { fieldsOf } from './fields.ts';
import { fitting } from './fitting.ts';
import { uploadPicture } from './pictures.ts';
import { presentAnswer, presentSentence, presentText, type Shown } from './present.ts';

/** What a reply is shown with. */
export interface ShowDeps {
  readonly db: Db;
  readonly renderer: Renderer;
  /** Uploads the picture of an edition and returns its file; undefined where there is none. */
  readonly pictureOf: (edition: Edition) => Promise<string | undefined>;
  readonly isSample: boolean;
  readonly log: Logger;
}

const PREVIEW_NOTE = 'Only you see this: it is what the channel would get now.';
const WITHHELD_NOTE =
  'Only you see this: nothing would be posted now, as this channel chose to get no message when there is nothing to say.';

/** A reply as Slack takes it, with its picture. */
export async function show(
  reply: Reply,
  viewer: Viewer,
  client: WebClient,
  { db, renderer, pictureOf, isSample, log }: ShowDeps,
): Promise<Shown> {
  if (reply.kind === 'text') return presentText(reply, isSample);
  if (reply.kind === 'edition') {
    const fileId = await pictureOf(reply.edition);
    const note = reply.edition.isWithheld ? WITHHELD_NOTE : PREVIEW_NOTE;
    return presentWhole(reply.edition, { fileId, notes: [note], isSample });
  }
  const found = ask(reply.report, db, reply.params, viewer);
  const spec = found.chart(reply.theme);
  if (!spec) return presentAnswer(found, undefined, isSample);
  try {
    const png = await renderer.png(isSample ? labelAsSample(spec) : spec);
    const fileId = await uploadPicture(client, png, {
      filename: `${reply.report.name}.png`,
      title: found.title,
      altText: found.words.alt,
    });
    return presentAnswer(found, fileId, isSample);
  } catch (error) {
    log.error({ err: error, report: reply.report.name }, 'picture failed');
    const note = 'The picture could not be made this time; the numbers above stand without it.';
    const words = { ...found.words, notes: [...found.words.notes, note] };
    return presentAnswer({ ...found, words }, undefined, isSample);
  }
}

/** After how many ms an answer that did not get through is sent again. */
const WAITS_MS = [1000, 3000];

/** Answers, to everybody or to the asker alone; with less of it where Slack does not take all. */
export async function send(
  respond: RespondFn,
  shown: Shown,
  { isPublic = false, log }: { readonly isPublic?: boolean; readonly log: Logger },
): Promise<void> {
  const response_type = isPublic ? 'in_channel' : 'ephemeral';
  await fitting(
    shown,
    async ({ text, blocks }) => {
      const answer = { response_type, replace_original: false, text, blocks } as const;
      for (const wait of WAITS_MS) {
        try {
          return await respond(answer);
        } catch (error) {
          // To the asker alone, twice is better than not at all.
          const isLost = statusOf(error) === TOO_MANY || (!isPublic && !isRefusal(error));
          if (!isLost) throw error;
          await sleep(wait);
        }
      }
      return respond(answer);
    },
    { isRefusal, log },
  );
}

const TOO_MANY = 429;

/**
 * Whether Slack said no to what the answer looks like. Where it was silent or broke down, the answer may
 * be out all the same, and a second one would be a double.
 */
function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status !== undefined && status < 500 && status !== TOO_MANY;
}

/** The status of an answer of Slack's; undefined where there was none. */
function statusOf(error: unknown): number | undefined {
  const { statusCode } = fieldsOf(error);
  return typeof statusCode === 'number' ? statusCode : undefined;
}

/**
 * Answers with what `answer` makes, or with what is said of its error; never twice. That an answer does
 * not reach Slack can be told to nobody but the log.
 */
export async function answerWith(
  respond: RespondFn,
  log: Logger,
  answer: () => Promise<{ readonly shown: Shown; readonly isPublic?: boolean } | undefined>,
): Promise<void> {
  const said = await answer().catch((error: unknown) => ({
    shown: presentSentence(sentenceFor(error, log)),
  }));
  if (!said) return;
  try {
    await send(respond, said.shown, { isPublic: false, ...said, log });
  } catch (error) {
    log.error({ err: error }, 'an answer did not reach Slack');
  }
}

/** What a person is told of an error: its own sentence, or under which reference it was logged. */
export function sentenceFor(error: unknown, log: Logger): string {
  if (error instanceof InputError) return error.message;
  const reference = randomUUID().slice(0, 8);
  log.error({ err: error, reference }, 'command failed');
  return `Something went wrong on my side. Nothing was lost; please try again. If it stays, whoever runs me finds the cause in the log under ${reference}.`;
}
