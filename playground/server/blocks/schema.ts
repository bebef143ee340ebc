import { z } from 'zod';
import { accessory, actionsElement, contextElement, inputElement } from './elements.ts';
import { anyText, blockId, picture, plainText } from './objects.ts';

/** Blocks as Slack's reference describes them, with its limits. Unknown properties are errors. */

const richTextPart = z.looseObject({
  type: z.enum([
    'rich_text_section',
    'rich_text_list',
    'rich_text_preformatted',
    'rich_text_quote',
  ]),
  elements: z.array(z.looseObject({ type: z.string() })),
});

const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: z.array(richTextPart),
});

const tableCell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().optional() }),
  richText,
]);

const column = z
  .strictObject({
    align: z.enum(['left', 'center', 'right']).optional(),
    is_wrapped: z.boolean().optional(),
  })
  .nullable();

export const block = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('divider'), block_id: blockId }),
  z.strictObject({
    type: z.literal('header'),
    block_id: blockId,
    text: plainText(150),
    level: z.number().int().min(1).max(4).optional(),
  }),
  z.strictObject({
    type: z.literal('image'),
    block_id: blockId,
    ...picture,
    title: plainText(2000).optional(),
  }),
  z.strictObject({
    type: z.literal('context'),
    block_id: blockId,
    elements: z.array(contextElement).min(1).max(10),
  }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: blockId,
    elements: z.array(actionsElement).min(1).max(25),
  }),
  z.strictObject({
    type: z.literal('input'),
    block_id: blockId,
    label: plainText(2000),
    element: inputElement,
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('markdown'),
    block_id: blockId,
    text: z.string().min(1).max(12_000),
  }),
  z.strictObject({
    type: z.literal('table'),
    block_id: blockId,
    rows: z.array(z.array(tableCell).min(1).max(20)).min(1).max(100),
    column_settings: z.array(column).max(20).optional(),
  }),
  richText,
]);
