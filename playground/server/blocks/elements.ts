import { z } from 'zod';
import { actionId, anyText, choice, confirm, option, picture, plainText } from './objects.ts';

const placeholder = plainText(150).optional();
const focus_on_load = z.boolean().optional();
const action = { action_id: actionId, confirm, focus_on_load };
const select = { ...action, placeholder };
const many = { ...select, max_selected_items: z.number().int().min(1).optional() };
const conversationFilter = z
  .strictObject({
    include: z.array(z.enum(['im', 'mpim', 'private', 'public'])).optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();

function element<Type extends string, Shape extends z.core.$ZodLooseShape>(
  type: Type,
  shape: Shape,
) {
  return z.strictObject({ type: z.literal(type), ...shape });
}

const button = element('button', {
  action_id: actionId,
  confirm,
  text: plainText(75),
  url: z.string().max(3000).optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
});

const selects = [
  element('static_select', { ...select, ...choice, initial_option: option.optional() }),
  element('external_select', {
    ...select,
    initial_option: option.optional(),
    min_query_length: z.number().int().optional(),
  }),
  element('users_select', { ...select, initial_user: z.string().optional() }),
  element('conversations_select', {
    ...select,
    initial_conversation: z.string().optional(),
    default_to_current_conversation: z.boolean().optional(),
    response_url_enabled: z.boolean().optional(),
    filter: conversationFilter,
  }),
  element('channels_select', {
    ...select,
    initial_channel: z.string().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
  element('multi_static_select', {
    ...many,
    ...choice,
    initial_options: z.array(option).optional(),
  }),
  element('multi_users_select', { ...many, initial_users: z.array(z.string()).optional() }),
  element('multi_conversations_select', {
    ...many,
    initial_conversations: z.array(z.string()).optional(),
    default_to_current_conversation: z.boolean().optional(),
    filter: conversationFilter,
  }),
  element('multi_channels_select', { ...many, initial_channels: z.array(z.string()).optional() }),
] as const;

const pickers = [
  element('overflow', { action_id: actionId, confirm, options: z.array(option).min(1).max(5) }),
  element('datepicker', { ...select, initial_date: z.iso.date().optional() }),
  element('timepicker', {
    ...select,
    initial_time: z.string().optional(),
    timezone: z.string().optional(),
  }),
  element('datetimepicker', { ...action, initial_date_time: z.number().int().optional() }),
  element('radio_buttons', {
    ...action,
    options: z.array(option).min(1).max(10),
    initial_option: option.optional(),
  }),
  element('checkboxes', {
    ...action,
    options: z.array(option).min(1).max(10),
    initial_options: z.array(option).min(1).optional(),
  }),
] as const;

const typed = {
  action_id: actionId,
  focus_on_load,
  placeholder,
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])),
    })
    .optional(),
};

const inputs = [
  element('plain_text_input', {
    ...typed,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(3000).optional(),
    max_length: z.number().int().min(1).max(3000).optional(),
  }),
  element('number_input', {
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  element('email_text_input', { ...typed, initial_value: z.string().optional() }),
  element('url_text_input', { ...typed, initial_value: z.string().optional() }),
] as const;

const image = element('image', picture);

/** What may stand beside a section. */
export const accessory = z.discriminatedUnion('type', [button, image, ...selects, ...pickers]);
/** What may stand in an actions block. */
export const actionsElement = z.discriminatedUnion('type', [button, ...selects, ...pickers]);
/** What may stand in a context block. */
export const contextElement = z.discriminatedUnion('type', [image, ...anyText(2000).options]);
/** What may stand in an input block. */
export const inputElement = z.discriminatedUnion('type', [...inputs, ...selects, ...pickers]);
