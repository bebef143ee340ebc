import { PERIOD } from '../chart/periods.ts';
import type { Table } from '../report.ts';
import type { MessagesData } from './talk.ts';

/** A row a period, and with a split one a period and channel. */
export function messagesTable({ talks, granularity, split }: MessagesData): Table {
  const isSplit = split === 'channel';
  return {
    columns: [PERIOD[granularity], ...(isSplit ? ['channel'] : []), 'messages', 'people', 'whole'],
    rows: talks.flatMap(({ channel, periods }) =>
      periods.map(({ start, messages, people, isWhole }) => [
        start,
        ...(isSplit ? [channel] : []),
        messages,
        people,
        isWhole ? 'yes' : 'no',
      ]),
    ),
  };
}
