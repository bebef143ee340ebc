import { describe, expect, test } from 'vitest';
import { type Theme, theme } from '../../reports/theme.ts';
import { contrast, difference } from './colour.ts';

describe.each<Theme>(['light', 'dark'])('the %s theme', (name) => {
  const { background, ink, muted, series, states } = theme(name);

  test('can be read (WCAG 2: 4.5 to 1)', () => {
    for (const colour of [ink, muted, ...series, ...Object.values(states)]) {
      expect(contrast(colour, background), colour).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(['normal', 'protan', 'deutan', 'tritan'] as const)(
    'has series that %s eyes tell apart',
    (eyes) => {
      for (const [index, colour] of series.entries()) {
        for (const other of series.slice(0, index)) {
          expect(difference(colour, other, eyes), `${colour} ${other}`).toBeGreaterThan(12);
        }
      }
    },
  );
});
