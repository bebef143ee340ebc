import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message } from 'slack-blocks-to-jsx';
import { expect, test } from 'vitest';
import { forLibrary, type Json, literalOf } from '../../../playground/page/model/block.ts';
import { fromMrkdwn } from '../../../playground/page/model/mrkdwn.ts';

/** The words that the library shows for a block, without its tags. */
function shown(block: Json): string {
  const markup = renderToStaticMarkup(
    createElement(Message, {
      blocks: [forLibrary(block)],
      name: '',
      logo: '',
      withoutWrapper: true,
      hooks: {
        user: ({ id }) => `[user ${id}]`,
        emoji: ({ name, ...emoji }, parse) => literalOf(name) ?? parse({ name, ...emoji }),
      },
    }),
  );
  return (
    markup
      .replace(/<(strong|em|del|code)\b[^>]*>/g, '[$1 ')
      .replace(/<\/(strong|em|del|code)>/g, ']')
      .replace(/<[^>]*>/g, '')
      // The library joins its pieces with spaces that do not break.
      .replaceAll('\u00a0', ' ')
  );
}

const mrkdwn = (text: string) => shown({ type: 'section', text: { type: 'mrkdwn', text } });
const header = (text: string) => shown({ type: 'header', text: { type: 'plain_text', text } });

test('plain text stays plain', () => {
  const text = '*not bold* _nor this_ ~~ `code` # 1 | \\ [a](b)';
  expect(header(text)).toBe(text);
});
test('plain text pings and marks nobody', () => {
  expect(header('<@UADA> &lt;b&gt;')).toBe('&lt;@UADA&gt; &lt;b&gt;');
});
test('mrkdwn is marked up', () => {
  expect(mrkdwn('*bold* _slanted_ `code`')).toBe('[strong bold] [em slanted] [code code]');
});
test('a mention may carry a name', () => {
  expect(mrkdwn('<@UADA|ada> and <@UBO>')).toBe('[user UADA] and [user UBO]');
});
test('an escaped mention is none', () => {
  expect(mrkdwn('&lt;@UADA&gt;')).toBe('&lt;@UADA&gt;');
});

test('stored text is edited as it was typed', () => {
  const known = [{ id: 'UADA', name: 'Ada Möller', sigil: '@' as const }];
  expect(
    fromMrkdwn('<@UADA|ada> &amp; <@UBO> see <https://example.org/a?b=1> <!here> &lt;b&gt;', known),
  ).toBe('@Ada Möller & <@UBO> see https://example.org/a?b=1 @here <b>');
});
