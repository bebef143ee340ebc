import { expect, test } from 'vitest';
import { sectionBlocks } from '../../src/slack/present.ts';

test('a section is a list without a rank: what has a name in bold, then the sentences', () => {
  const items = [{ name: 'Incident 7', detail: 'downloads of low' }];
  const [, list] = sectionBlocks({ title: 'Incidents', items, lines: ['Posted in #releases.'] });
  const row = (elements: unknown[]) => ({ type: 'rich_text_section', elements });
  expect(list).toEqual({
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          row([
            { type: 'text', text: 'Incident 7', style: { bold: true } },
            { type: 'text', text: '  downloads of low' },
          ]),
          row([{ type: 'text', text: 'Posted in #releases.' }]),
        ],
      },
    ],
  });
  expect(sectionBlocks({ title: 'Nothing', items: [], lines: [] })).toEqual([]);
});
