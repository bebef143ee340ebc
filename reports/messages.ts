import { messagesChart } from './messages/chart.ts';
import { messagesTable } from './messages/table.ts';
import {
  type MessagesData,
  type MessagesParams,
  messagesParams,
  readMessages,
} from './messages/talk.ts';
import { messagesWords } from './messages/words.ts';
import type { Report } from './report.ts';

export const messages: Report<MessagesParams, MessagesData> = {
  name: 'messages',
  title: 'Messages',
  summary: 'Messages and active people in Slack over time, in all or by channel.',
  params: messagesParams,
  query: readMessages,
  chart: messagesChart,
  words: messagesWords,
  table: messagesTable,
};
