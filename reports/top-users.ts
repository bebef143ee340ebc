import { page } from './chart/page.ts';
import { rankPanel } from './chart/rank-panel.ts';
import type { Report } from './report.ts';
import { theme } from './theme.ts';
import {
  readTopUsers,
  type TopUsers,
  type TopUsersParams,
  topUsersParams,
} from './top-users/ranking.ts';
import { changeText, headlineOf, topUsersWords } from './top-users/words.ts';
import { count, percent } from './words.ts';

const TITLE = 'Who wrote most';

export const topUsers: Report<TopUsersParams, TopUsers> = {
  name: 'top-users',
  title: TITLE,
  summary: 'Who wrote most in Slack, and how much of the talk hangs on them.',
  params: topUsersParams,
  query: readTopUsers,
  chart(data, name) {
    if (data.top.length === 0) return undefined;
    const look = theme(name);
    const rows = data.top.map(({ id, name, messages, share, change }) => ({
      id,
      name,
      value: messages,
      label: `${count(messages)} · ${percent(share)}`,
      change: changeText(change),
    }));
    return page({
      title: TITLE,
      headline: headlineOf(data),
      look,
      panels: [rankPanel(look, rows)],
    });
  },
  words: topUsersWords,
  table({ top }) {
    return {
      columns: ['rank', 'user', 'name', 'messages', 'share', 'change'],
      rows: top.map(({ rank, id, name, messages, share, change }) => [
        rank,
        id,
        name,
        messages,
        Number(share.toFixed(4)),
        change ?? null,
      ]),
    };
  },
};
