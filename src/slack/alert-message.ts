import type { types } from '@slack/bolt';
import type { Incident } from '../../db/incident.ts';
import { endOf } from '../../reports/incident-words.ts';
import type { Words } from '../../reports/report.ts';
import { isolated, momentName } from '../../reports/words.ts';
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
type Button = types.Button;

/** What buttons do, by the beginning of their action. */
export const ALERT_ACTION = 'alert_';

/** More incidents than this in one message are counted: Slack takes fifty blocks. */
const MOST = 8;
const SNOOZES = [1, 7, 30];

export interface ToldIncident {
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
  const [first] = told;
  const blocks = told
    .slice(0, MOST)
    .flatMap((one, index): KnownBlock[] => [
      richText([
        bold(shorten(one.words.headline, LINE_LIMIT)),
        plain(one.words.lines.map((line) => `\n${shorten(line, LINE_LIMIT)}`).join('')),
      ]),
      ...(picture?.of === index ? [image(picture.fileId, one.words.alt)] : []),
      ...context([stateOf(one.incident)]),
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
    blocks: [...blocks, ...context(notes)],
  };
}

function stateOf(incident: Incident): string {
  const { id, useful, notUseful } = incident;
  const voted = useful + notUseful > 0 ? `; votes: ${useful} useful, ${notUseful} not useful` : '';
  return `Incident ${id}: ${howItIs(incident)}${voted}.`;
}

function howItIs(incident: Incident): string {
  const { state, userId, userName, snoozedUntil } = incident;
  const by = userName === null ? '' : ` by ${isolated(userName)}`;
  if (state === 'acknowledged') return `acknowledged${by}`;
  if (state === 'snoozed' && snoozedUntil) return `snoozed${by} until ${momentName(snoozedUntil)}`;
  if (state === 'resolved') return endOf(incident);
  return userId === null ? 'open' : `reopened${by}`;
}

function buttonsOf({ id, state, kind }: Incident): Button[] {
  const button = (label: string, action: string): Button => ({
    type: 'button',
    text: { type: 'plain_text', text: label },
    action_id: `${ALERT_ACTION}${action}`,
    value: String(id),
  });
  const handling = {
    firing: [
      button('Acknowledge', 'acknowledge'),
      ...SNOOZES.map((days) =>
        button(days === 1 ? 'Snooze 1 day' : `Snooze ${days} days`, `snooze_${days}`),
      ),
    ],
    acknowledged: [button('Reopen', 'reopen')],
    snoozed: [button('Reopen', 'reopen')],
    resolved: [],
  }[state];
  const votes = [button('Useful', 'useful'), button('Not useful', 'not_useful')];
  // Of who is away, there is no more to say.
  return [...handling, ...votes, ...(kind === 'away' ? [] : [button('Show more', 'more')])];
}
