import type { TopLevelSpec } from 'vega-lite';
import { addDays } from '../../db/days.ts';
import { page } from '../chart/page.ts';
import { type Theme, theme } from '../theme.ts';
import { shortDay } from '../words.ts';
import { boardPanel } from './board.ts';
import { SHOWN_DAYS, type Status } from './read.ts';
import { boardRows, CHECK_WORDS, STATE_WORDS } from './rows.ts';
import { headlineOf, isEmpty } from './words.ts';

export function statusChart(status: Status, name: Theme): TopLevelSpec | undefined {
  const rows = boardRows(status);
  if (isEmpty(status) || rows.length === 0) return undefined;
  const look = theme(name);
  const isChecks = status.view === 'checks';
  const first = shortDay(addDays(status.today, 1 - SHOWN_DAYS));
  return page({
    title: isChecks ? 'Checks of the data' : 'Is the data fresh?',
    headline: headlineOf(status),
    look,
    panels: [
      boardPanel({
        look,
        rows,
        words: isChecks ? CHECK_WORDS : STATE_WORDS,
        ...(!isChecks && { ends: [first, 'today'] }),
      }),
    ],
  });
}
