import type { types } from '@slack/bolt';
import type { Incident } from '../../db/incident.ts';
import { stateOf, votesOf } from '../../reports/incident-words.ts';
import type { Words } from '../../reports/report.ts';
import { plural } from '../../reports/words.ts';
import { SAMPLE_NOTE } from '../sample/label.ts';
import {
  bold,
  context,
  escapeText,
  image,
  LINE_LIMIT,
  plain,
  richText,
  type Shown,
  shorten,
} from './present.ts';

type KnownBlock = types.KnownBlock;

/** What buttons do, by the beginning of their action. */
export const ALERT_ACTION = 'alert_';

/** More incidents than this in one message are counted: Slack takes fifty blocks. */
const MOST = 8;
const SNOOZES = [1, 7, 30];

interface ToldIncident {
  readonly incident: Incident;
  readonly words: Words;
}

export interface AlertAround {
  /** The picture's file, and the place in the list of the incident that it shows. */
  readonly picture?: { readonly fileId: string; readonly of: number } | undefined;
  readonly isSample: boolean;
}

/** One message for incidents that belong together, each with what explains it and its buttons. */
export function presentAlert(
  told: readonly ToldIncident[],
  { picture, isSample }: AlertAround,
): Shown {
  // What is over needs nobody any more.
  const first = told.find(isOpen) ?? told[0];
  const shared = sharedLines(told);
  const blocks = told.slice(0, MOST).flatMap((one, index): KnownBlock[] => [
    richText([
      bold(shorten(one.words.headline, LINE_LIMIT)),
      plain(
        ownLines(one, told, shared)
          .map((line) => `\n${shorten(line, LINE_LIMIT)}`)
          .join(''),
      ),
    ]),
    ...(picture?.of === index ? [image(picture.fileId, one.words.alt)] : []),
    ...context([
      `Incident ${one.incident.id}: ${stateOf(one.incident, false)}${votesOf(one.incident)}.`,
    ]),
    { type: 'actions', elements: buttonsOf(one.incident) },
  ]);
  const rest = told.length - MOST;
  const notes = [
    ...(rest > 0 ? [`And ${rest} more: “/metrics alerts” lists them.`] : []),
    ...(isSample ? [SAMPLE_NOTE] : []),
  ];
  const more = told.length > 1 ? ` And ${told.length - 1} more.` : '';
  return {
    text: escapeText(shorten(`${first?.words.headline ?? ''}${more}`, 3000)),
    blocks: [
      ...blocks,
      ...(shared.length > 0 ? [richText([plain(shared.join('\n'))])] : []),
      ...context(notes),
    ],
  };
}

const isOpen = ({ incident }: ToldIncident) => incident.closedDay === null;

/** What is said once below several: what all of them say, and how the others went beside them. */
function sharedLines(told: readonly ToldIncident[]): string[] {
  const [one, ...others] = told;
  if (!one || others.length === 0) return [];
  const same = one.words.lines.filter((line) =>
    others.every(({ words }) => words.lines.includes(line)),
  );
  const around = surrounded(told)?.words.around ?? [];
  return [...same, ...around.filter((line) => !same.includes(line))];
}

/**
 * The first that has lines on how the others went: they stand for all that were noticed with it. Open or
 * not, as they are of fixed days, and would change with each one that is over.
 */
function surrounded(told: readonly ToldIncident[]): ToldIncident | undefined {
  return told.find(({ words }) => words.around?.length);
}

/** What is said of one alone. */
function ownLines(
  { incident, words }: ToldIncident,
  told: readonly ToldIncident[],
  shared: readonly string[],
): string[] {
  if (told.length < 2) return [...words.lines];
  const by = surrounded(told)?.incident;
  const isWith = by?.kind === incident.kind && by.openedDay === incident.openedDay;
  return words.lines.filter(
    (line) => !shared.includes(line) && !(isWith && words.around?.includes(line)),
  );
}

type Button = types.Button | types.StaticSelect;

/** Whatever the command can do with it as it is, and a vote. */
function buttonsOf({ id, state, kind }: Incident): Button[] {
  const button = (label: string, action: string): Button => ({
    type: 'button',
    text: { type: 'plain_text', text: label },
    action_id: `${ALERT_ACTION}${action}`,
    value: String(id),
  });
  const isOpen = state !== 'resolved';
  return [
    ...(isOpen && state !== 'acknowledged' ? [button('Acknowledge', 'acknowledge')] : []),
    ...(isOpen ? [snoozeMenu(id)] : []),
    ...(isOpen && state !== 'firing' ? [button('Reopen', 'reopen')] : []),
    button('Useful', 'useful'),
    button('Not useful', 'not_useful'),
    // Of who is away, there is no more to say.
    ...(kind === 'away' ? [] : [button('Show more', 'more')]),
  ];
}

/** One element for all lengths: in a row of buttons they would fill half of a phone. */
function snoozeMenu(id: number): Button {
  return {
    type: 'static_select',
    action_id: `${ALERT_ACTION}snooze`,
    placeholder: { type: 'plain_text', text: 'Snooze' },
    options: SNOOZES.map((days) => ({
      text: { type: 'plain_text', text: plural(days, 'day') },
      value: `${id} ${days}`,
    })),
  };
}
