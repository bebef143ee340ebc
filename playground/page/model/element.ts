import type { Person, PlaygroundChannel } from '../../protocol.ts';
import { isJson, type Json, list, string, words } from './block.ts';

/** Something that a menu, a set of boxes or of radio buttons offers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description: string;
  readonly group: string;
  /** What Slack puts into the state when it is chosen: the option, or an id. */
  readonly chosen: unknown;
}

interface Shape {
  /** The key of the selection in the element's state. */
  readonly field: string;
  readonly initial: string;
  readonly many?: true;
}

const shapes: Readonly<Record<string, Shape>> = {
  static_select: { field: 'selected_option', initial: 'initial_option' },
  external_select: { field: 'selected_option', initial: 'initial_option' },
  users_select: { field: 'selected_user', initial: 'initial_user' },
  channels_select: { field: 'selected_channel', initial: 'initial_channel' },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation' },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', many: true },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', many: true },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', many: true },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', many: true },
  multi_conversations_select: {
    field: 'selected_conversations',
    initial: 'initial_conversations',
    many: true,
  },
  radio_buttons: { field: 'selected_option', initial: 'initial_option' },
  checkboxes: { field: 'selected_options', initial: 'initial_options', many: true },
  overflow: { field: 'selected_option', initial: '' },
  datepicker: { field: 'selected_date', initial: 'initial_date' },
  timepicker: { field: 'selected_time', initial: 'initial_time' },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time' },
  plain_text_input: { field: 'value', initial: 'initial_value' },
  email_text_input: { field: 'value', initial: 'initial_value' },
  url_text_input: { field: 'value', initial: 'initial_value' },
  number_input: { field: 'value', initial: 'initial_value' },
};

export function isKnown(element: Json): boolean {
  return element.type === 'button' || string(element.type) in shapes;
}

export function choosesMany(element: Json): boolean {
  return shapeOf(element)?.many === true;
}

/** The element's state before anybody touched it, as in a view's `state.values`. */
export function initialState(element: Json): Json {
  const shape = shapeOf(element);
  if (!shape) return { type: element.type };
  return { type: element.type, [shape.field]: element[shape.initial] ?? (shape.many ? [] : null) };
}

/** The element's state after `value` was entered or chosen. */
export function stateWith(element: Json, value: unknown): Json {
  const shape = shapeOf(element);
  return shape ? { type: element.type, [shape.field]: value } : { type: element.type };
}

/** What is entered in a field: text, date or time; empty where nothing is. */
export function entered(element: Json, state: Json): string {
  const value = state[shapeOf(element)?.field ?? ''];
  return typeof value === 'number' ? String(value) : string(value);
}

/** The values of what is chosen. */
export function chosenIn(element: Json, state: Json): readonly string[] {
  const selection = state[shapeOf(element)?.field ?? ''];
  const chosen = Array.isArray(selection) ? selection : [selection];
  return chosen.map((one) => (isJson(one) ? string(one.value) : string(one))).filter(Boolean);
}

/** The entry of `actions` that Slack sends for it: `block_id` and `action_id` with the state. */
export function actionOf(blockId: string, element: Json, state: Json): Record<string, unknown> {
  const own = element.type === 'button' ? { text: element.text, value: element.value } : {};
  return { ...own, ...state, block_id: blockId, action_id: element.action_id };
}

/** What the element offers: its own options, or the workspace's people and channels. */
export function choicesOf(
  element: Json,
  people: readonly Person[],
  channels: readonly PlaygroundChannel[],
): readonly Choice[] {
  const type = string(element.type);
  if (type.includes('users_select')) {
    return people.map(({ id, name, title }) => choice(id, name, id, title));
  }
  if (type.includes('channels_select') || type.includes('conversations_select')) {
    return channels.map(({ id, name }) => choice(id, `#${name}`, id));
  }
  const groups = list(element.option_groups);
  if (groups.length > 0) {
    return groups.flatMap((group) => options(group.options, words(group.label)));
  }
  return options(element.options, '');
}

function options(value: unknown, group: string): readonly Choice[] {
  return list(value).map((option) => ({
    ...choice(string(option.value), words(option.text), option, words(option.description)),
    group,
  }));
}

function choice(value: string, label: string, chosen: unknown, description = ''): Choice {
  return { value, label, description, chosen, group: '' };
}

function shapeOf(element: Json): Shape | undefined {
  return shapes[string(element.type)];
}
