import type { Edition } from '../../commands/digest-desk.ts';
import type { WantedSubscription } from '../../db/subscriptions.ts';

/** A Monday at nine in Berlin, after which the weekly digest is due. */
export const DUE = '2026-11-23T08:00:00.000Z';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const SETTLE = 30_000;

export const weekly: WantedSubscription = {
  workspaceId: 'T1',
  channelId: 'CGEN',
  every: 'week',
  onDay: 1,
  minute: 9 * 60,
  zone: 'Europe/Berlin',
  whenQuiet: 'line',
  sections: null,
  subjectIds: null,
  userId: 'UADA',
  since: '2026-11-20T12:00:00.000Z',
};

export function edition(more: Partial<Edition> = {}): Edition {
  return {
    title: 'Week of 16 Nov 2026',
    headline: 'Downloads of <!channel> fell.',
    alt: 'Downloads fell',
    isQuiet: false,
    chart: () => ({ mark: 'bar', data: { values: [] } }),
    sections: [
      {
        name: 'changes',
        title: 'What changed',
        lines: ['one <@UADA>', 'two', 'three', 'four', 'five'],
      },
      { name: 'newcomers', title: 'New people', lines: ['Welcome to Bo <b>.'] },
    ],
    details: [{ name: 'stars', title: 'One by one', lines: ['tide: 3'] }],
    ...more,
  };
}
