import { describe, expect, test } from 'vitest';
import {
  checkBlocks,
  MESSAGE_BLOCKS,
  VIEW_BLOCKS,
} from '../../../playground/server/blocks/check.ts';
import { createFiles } from '../../../playground/server/store/files.ts';
import { PIXEL } from './workspace.ts';

const files = createFiles(0);
const check = (...blocks: object[]) => checkBlocks(blocks, MESSAGE_BLOCKS, files);

const plain = (text: string) => ({ type: 'plain_text', text });
const md = (text: string) => ({ type: 'mrkdwn', text });
const many = <Item>(count: number, item: Item) => Array.from({ length: count }, () => item);
const section = (text: string) => ({ type: 'section', text: md(text) });
const button = { type: 'button', text: plain('Go'), action_id: 'go' };
const option = { text: plain('One'), value: '1' };
const image = (more: object) => ({ type: 'image', alt_text: 'A line that rises', ...more });
const url = { image_url: 'https://example.org/a.png' };
const table = (rows: number, columns: number) => ({
  type: 'table',
  rows: many(rows, many(columns, { type: 'raw_text', text: 'x' })),
});

describe('up to the limit it is taken, past it refused', () => {
  test.each<[name: string, fits: object[], breaks: object[]]>([
    ['50 blocks', many(50, { type: 'divider' }), many(51, { type: 'divider' })],
    ['section 3,000', [section('x'.repeat(3000))], [section('x'.repeat(3001))]],
    [
      'ten fields',
      [{ type: 'section', fields: many(10, md('x'.repeat(2000))) }],
      [{ type: 'section', fields: many(11, md('x')) }],
    ],
    [
      'fields of 2,000',
      [{ type: 'section', fields: [md('x'.repeat(2000))] }],
      [{ type: 'section', fields: [md('x'.repeat(2001))] }],
    ],
    [
      'header 150',
      [{ type: 'header', text: plain('x'.repeat(150)) }],
      [{ type: 'header', text: plain('x'.repeat(151)) }],
    ],
    [
      'alternative text 2,000',
      [image({ ...url, alt_text: 'x'.repeat(2000) })],
      [image({ ...url, alt_text: 'x'.repeat(2001) })],
    ],
    [
      'title of a picture 2,000',
      [image({ ...url, title: plain('x'.repeat(2000)) })],
      [image({ ...url, title: plain('x'.repeat(2001)) })],
    ],
    [
      'context 10',
      [{ type: 'context', elements: many(10, md('x')) }],
      [{ type: 'context', elements: many(11, md('x')) }],
    ],
    [
      'actions 25',
      [{ type: 'actions', elements: many(25, button) }],
      [{ type: 'actions', elements: many(26, button) }],
    ],
    ['table 100 rows', [table(100, 20)], [table(101, 1)]],
    ['table 20 columns', [table(1, 20)], [table(1, 21)]],
    [
      'markdown 12,000 in all',
      many(2, { type: 'markdown', text: 'x'.repeat(6000) }),
      many(2, { type: 'markdown', text: 'x'.repeat(6001) }),
    ],
  ])('%s', (_name, fits, breaks) => {
    expect(check(...fits)).toEqual([]);
    expect(check(...breaks)).not.toEqual([]);
  });

  test('a view holds 100 blocks', () => {
    const blocks = (count: number) => many(count, { type: 'divider' });
    expect(checkBlocks(blocks(100), VIEW_BLOCKS, files)).toEqual([]);
    expect(checkBlocks(blocks(101), VIEW_BLOCKS, files)).toHaveLength(1);
  });
});

describe('says what is wrong, and where', () => {
  test.each<[blocks: object[], words: string]>([
    [[section('')], '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      [section('x'.repeat(3001))],
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [many(51, { type: 'divider' }), '[ERROR] no more than 50 items allowed [json-pointer:/blocks]'],
    [[{ type: 'sparkline' }], '[ERROR] unsupported type: sparkline [json-pointer:/blocks/0/type]'],
    [[{ type: 'header' }], '[ERROR] missing required field: text [json-pointer:/blocks/0]'],
    [
      [image({ alt_text: undefined, ...url })],
      '[ERROR] missing required field: alt_text [json-pointer:/blocks/0]',
    ],
    [
      [{ type: 'divider', text: 'x' }],
      '[ERROR] invalid additional property: text [json-pointer:/blocks/0]',
    ],
    [
      [{ type: 'header', text: md('x') }],
      '[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text/type]',
    ],
    [[{ type: 'section' }], '[ERROR] must provide `text` or `fields` [json-pointer:/blocks/0]'],
    [
      [image({})],
      '[ERROR] must provide exactly one of `image_url` and `slack_file` [json-pointer:/blocks/0]',
    ],
    [
      many(2, { type: 'divider', block_id: 'a' }),
      '[ERROR] block_id "a" already exists [json-pointer:/blocks/1/block_id]',
    ],
    [
      [image({ slack_file: { id: 'FNONE' } })],
      '[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]',
    ],
  ])('%#', (blocks, words) => {
    expect(check(...blocks)).toEqual([words]);
  });
});

test('elements of every kind are known', () => {
  const elements = [
    { ...button, style: 'primary', value: 'v', confirm: undefined },
    { type: 'static_select', action_id: 'a', options: [option], initial_option: option },
    { type: 'multi_static_select', action_id: 'b', options: [option] },
    { type: 'users_select', action_id: 'c' },
    { type: 'conversations_select', action_id: 'd', default_to_current_conversation: true },
    { type: 'overflow', action_id: 'e', options: [option] },
    { type: 'datepicker', action_id: 'f', initial_date: '2024-02-29' },
    { type: 'radio_buttons', action_id: 'g', options: [option] },
    { type: 'checkboxes', action_id: 'h', options: [option] },
  ];
  const input = { type: 'plain_text_input', action_id: 'i', multiline: true };
  const richText = {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
  };
  expect(
    check(
      { type: 'actions', elements },
      { type: 'input', label: plain('Name'), element: input },
      richText,
      { type: 'section', text: md('x'), accessory: button },
    ),
  ).toEqual([]);
});

test('a picture of a file is refused until the file is processed', async () => {
  const file = files.announce({ name: 'a.png', user: 'U', length: PIXEL.length, altText: '' });
  file.bytes = PIXEL;
  const block = image({ slack_file: { id: file.id } });
  expect(check(block)).toHaveLength(1);
  await new Promise<void>((resolve) => files.complete(file, resolve));
  expect(check(block)).toEqual([]);
});
