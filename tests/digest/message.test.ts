import { expect, test } from 'vitest';
import { presentDetails, presentEdition, presentWhole } from '../../src/slack/digest-message.ts';
import { edition } from './edition.ts';

const around = { notes: [], isSample: false };
const lines = (count: number, text = 'x') => Array.from({ length: count }, () => text);

test('a message of any size is one that Slack takes', () => {
  const many = edition({
    headline: 'h'.repeat(9000),
    alt: 'a'.repeat(9000),
    sections: [{ name: 'changes', title: 'What changed', lines: lines(500, 'y'.repeat(5000)) }],
    details: [
      { name: 'stars', title: 'Stars', lines: lines(500) },
      { name: 'pulls', title: 'Pulls', lines: lines(500) },
    ],
  });
  const { text, blocks } = presentWhole(many, { ...around, fileId: 'F1' });
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(text.length).toBeLessThanOrEqual(3000);
  expect(JSON.stringify(blocks).length).toBeLessThan(60_000);
  expect(JSON.stringify(presentDetails(many)?.blocks)).toContain('And 1437 more.');
});

test('a quiet one has no picture, no sections and no thread', () => {
  const quiet = edition({ isQuiet: true });
  expect(presentEdition(quiet, { ...around, fileId: 'F1' }).blocks).toHaveLength(1);
  expect(presentDetails(quiet)).toBeUndefined();
});

test('sample data is said to be so', () => {
  const { blocks } = presentEdition(edition(), { ...around, isSample: true });
  expect(JSON.stringify(blocks)).toContain('Sample data');
});
