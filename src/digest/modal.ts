import { setTimeout as sleep } from 'node:timers/promises';
import type { App, types, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { parseDigest } from '../../commands/parse-digest.ts';
import { listSourceParts } from '../../db/collections.ts';
import { InputError } from '../../db/input-error.ts';
import type { Db } from '../../db/open.ts';
import { isGroupKey, type Subject, subjectById, trackedSubjects } from '../../db/subjects.ts';
import type { Subscription } from '../../db/subscriptions.ts';
import { SECTIONS } from '../../reports/summary/params.ts';
import { sectionTitles } from '../../reports/summary/sections.ts';
import { sentenceFor } from '../slack/answer.ts';
import { platformError } from '../slack/client.ts';
import { fieldsOf } from '../slack/fields.ts';
import { shorten } from '../slack/present.ts';
import type { Choice, DeskOf } from './desk.ts';
import { typedWords } from './words.ts';

type ModalView = types.ModalView;
type Values = ViewOutput['state']['values'];

const CALLBACK = 'digest_choice';
/** Slack takes a hundred options a group. */
const MOST_OPTIONS = 100;
const TITLE = text('Digest of this channel');

const NOT_OPENED: Readonly<Record<string, string>> = {
  expired_trigger_id: 'That took me too long for Slack to open a window: try again.',
  push_limit_reached:
    'Too many of my windows are open for Slack to open one more: close them, and try again.',
};

/** Shows the window of `/metrics subscribe choose` to whoever has just typed that. */
export async function openDigestChoice(
  client: WebClient,
  trigger_id: string,
  db: Db,
  draft: Subscription,
): Promise<void> {
  try {
    await client.views.open({ trigger_id, view: digestModal(db, draft) });
  } catch (error) {
    const sentence = NOT_OPENED[platformError(error) ?? ''];
    throw sentence === undefined ? error : new InputError(sentence);
  }
}

/** Takes what was chosen: the window says what is wrong, or when the first digest comes. */
export function registerDigestChoice(
  app: App,
  { digests, log }: { readonly digests: { readonly deskFor: DeskOf }; readonly log: Logger },
): void {
  app.view(CALLBACK, async ({ ack, view, body, client }) => {
    const keeping = keep(view, body.user.id);
    const prompt = await Promise.race([keeping, sleep(PROMPT_MS, undefined, { ref: false })]);
    if (prompt) return ack(promptly(prompt));
    await ack({ response_action: 'update', view: doneModal(ONE_MOMENT) });
    const { sentence } = await keeping;
    await client.views.update({ view_id: view.id, view: doneModal(sentence) });
  });

  async function keep(view: ViewOutput, userId: string): Promise<Outcome> {
    try {
      const { channelId, every } = openedFor(view.private_metadata);
      const asker = { workspaceId: view.team_id, userId, channelId };
      const desk = digests.deskFor(asker, async () => {});
      const { sentence } = await desk.subscribe(choiceOf(view.state.values), every);
      return { sentence, isKept: true };
    } catch (error) {
      return { sentence: sentenceFor(error, log), isKept: false };
    }
  }
}

/** What has become of a choice. */
interface Outcome {
  readonly sentence: string;
  readonly isKept: boolean;
}

/** Slack waits three seconds for an answer to a window, and the bot asks Slack before it has one. */
const PROMPT_MS = 2000;
const ONE_MOMENT = 'One moment: Slack is slow to answer me.';

function promptly({ sentence, isKept }: Outcome): ViewResponseAction {
  return isKept
    ? { response_action: 'update', view: doneModal(sentence) }
    : { response_action: 'errors', errors: { when: sentence } };
}

function digestModal(db: Db, draft: Subscription): ModalView {
  return {
    type: 'modal',
    callback_id: CALLBACK,
    private_metadata: JSON.stringify({ channelId: draft.channelId, every: draft.every }),
    title: TITLE,
    submit: text('Subscribe'),
    close: text('Cancel'),
    blocks: [
      whenBlock(draft),
      sectionsBlock(draft),
      ...subjectsBlocks(db, draft),
      quietBlock(draft),
    ],
  };
}

/** Which digest the window was opened for, as it noted itself. */
function openedFor(metadata: string): Pick<Subscription, 'channelId' | 'every'> {
  return JSON.parse(metadata);
}

function doneModal(sentence: string): ModalView {
  const blocks = [{ type: 'section' as const, text: text(shorten(sentence, 3000)) }];
  return { type: 'modal', title: TITLE, close: text('Close'), blocks };
}

function whenBlock(draft: Subscription): types.InputBlock {
  return {
    type: 'input',
    block_id: 'when',
    label: text('When'),
    hint: text('As in: daily 9:00, weekly monday 9:00, monthly 1 9:00; and the time zone.'),
    element: { type: 'plain_text_input', action_id: 'value', initial_value: typedWords(draft) },
  };
}

function sectionsBlock({ sections }: Subscription): types.InputBlock {
  const options = SECTIONS.map((name) => option(sectionTitles[name], name));
  const initial = options.filter(({ value }) => sections === null || sections.includes(value));
  return {
    type: 'input',
    block_id: 'sections',
    label: text('What it tells'),
    element: { type: 'checkboxes', action_id: 'value', options, ...preset(initial) },
  };
}

/** None where nothing is tracked: a menu without options is not taken. */
function subjectsBlocks(db: Db, { subjectIds }: Subscription): types.InputBlock[] {
  const chosen = new Set(subjectIds);
  // What was chosen comes first, tracked or not: what the window does not show, saving it would drop.
  const titles = new Map(listSourceParts(db).map((part) => [part.source, part.sourceTitle]));
  const titleOf = (source: string) => titles.get(source) ?? source;
  const subjects = [
    ...[...chosen].map((id) => subjectById(db, id)).filter((subject) => subject !== undefined),
    ...ownSubjects(db).filter(({ id }) => !chosen.has(id)),
  ];
  if (subjects.length === 0) return [];
  const groups = [...Map.groupBy(subjects, ({ source }) => source)].map(([source, ofSource]) => ({
    label: text(titleOf(source)),
    options: ofSource
      .slice(0, MOST_OPTIONS)
      .map((subject) => subjectOption(subject, titleOf(source))),
  }));
  const initial = groups
    .flatMap(({ options }) => options)
    .filter(({ value }) => chosen.has(Number(value)));
  return [
    {
      type: 'input',
      block_id: 'subjects',
      optional: true,
      label: text('Of which repositories, packages and images'),
      element: {
        type: 'multi_static_select',
        action_id: 'value',
        placeholder: text('All of ours'),
        option_groups: groups,
        ...preset(initial),
      },
    },
  ];
}

function ownSubjects(db: Db): Subject[] {
  return trackedSubjects(db).filter(({ key, role }) => !isGroupKey(key) && role === 'own');
}

/** A project has the same name in several places, and what is chosen is shown without its group. */
function subjectOption({ name, id, trackedAt }: Subject, title: string) {
  const where = trackedAt === null ? `${title}, no longer tracked` : title;
  return option(`${shorten(name, 45)} (${where})`, String(id));
}

function quietBlock({ whenQuiet }: Subscription): types.InputBlock {
  const options = [option('One short line', 'line'), option('No message', 'nothing')];
  const initial = options.find(({ value }) => value === whenQuiet);
  return {
    type: 'input',
    block_id: 'quiet',
    label: text('When there is nothing to say'),
    element: {
      type: 'radio_buttons',
      action_id: 'value',
      options,
      ...(initial && { initial_option: initial }),
    },
  };
}

/** What was entered, by the blocks above. */
function choiceOf(values: Values): Choice {
  const entered = (block: string) => fieldsOf(fieldsOf(values[block]).value);
  const several = (block: string) => {
    const { selected_options } = entered(block);
    return Array.isArray(selected_options)
      ? selected_options.map((one) => String(fieldsOf(one).value))
      : [];
  };
  const sections = several('sections');
  const subjectIds = several('subjects').map(Number);
  return {
    ...parseDigest(String(entered('when').value ?? '')),
    sections: sections.length === SECTIONS.length ? null : sections,
    subjectIds: subjectIds.length === 0 ? null : subjectIds,
    whenQuiet: fieldsOf(entered('quiet').selected_option).value === 'nothing' ? 'nothing' : 'line',
  };
}

function preset<T>(initial: T[]): { initial_options?: T[] } {
  return initial.length > 0 ? { initial_options: initial } : {};
}

function option(label: string, value: string): { text: types.PlainTextElement; value: string } {
  return { text: text(shorten(label, 75)), value };
}

function text(words: string): types.PlainTextElement {
  return { type: 'plain_text', text: words, emoji: false };
}
