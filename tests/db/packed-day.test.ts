import { expect, test } from 'vitest';
import { packDay, visitPacked } from '../../db/packed-day.ts';

test('a pack is read wherever it lies in memory', () => {
  const packed = packDay([
    [7, 1, 300],
    [7, 2, 1],
    [9, 1, 4],
  ]);
  for (let offset = 0; offset < 4; offset++) {
    const memory = Buffer.alloc(packed.length + offset);
    memory.set(packed, offset);
    const found: number[][] = [];
    visitPacked(memory.subarray(offset), (channel, users, messages, from, to) => {
      for (let i = from; i < to; i++) found.push([channel, users[i] ?? -1, messages[i] ?? -1]);
    });
    expect(found).toEqual([
      [7, 1, 255],
      [7, 1, 45],
      [7, 2, 1],
      [9, 1, 4],
    ]);
  }
});
