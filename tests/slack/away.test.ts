import { expect, test } from 'vitest';
import { userFacts } from '../../src/slack/slack-user.ts';

const away = (profile: Record<string, unknown>) =>
  userFacts({ id: 'U1', name: 'ada', profile })?.away;

test.each([
  [{ status_emoji: ':palm_tree:', status_text: '' }],
  [{ status_emoji: '', status_text: 'Out of office until Monday' }],
  [{ status_emoji: ':speech_balloon:', status_text: 'On vacation' }],
  [{ status_emoji: ':face_with_thermometer:', status_text: 'Out sick' }],
])('%j is away', (profile) => {
  expect(away(profile)).toEqual({ until: null });
});

test.each([
  [{ status_emoji: ':spiral_calendar_pad:', status_text: 'In a meeting' }],
  [{ status_emoji: ':house_with_garden:', status_text: 'Working remotely' }],
  [{ status_text: 'Gateway work, right away!' }],
  [{}],
])('%j is not', (profile) => {
  expect(away(profile)).toBeUndefined();
});

test('a status tells when it ends', () => {
  const profile = { status_emoji: ':palm_tree:', status_expiration: 1_796_083_200 };
  expect(away(profile)).toEqual({ until: '2026-12-01T00:00:00.000Z' });
});
