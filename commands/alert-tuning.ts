import type { AlertSeries } from '../db/alert-series.ts';
import { type Sensitivity, sensitivityOf } from '../db/alert-settings.ts';
import { InputError } from '../db/input-error.ts';
import { seriesInWords } from '../reports/incident-words.ts';
import { MADE_UP } from '../reports/movement-words.ts';
import { dayName, listed, plural } from '../reports/words.ts';
import type { TunedDrop } from './alert-desk.ts';
import type { CommandDeps } from './command.ts';
import type { TextItem, TextReply } from './text-reply.ts';

const MOST_DROPS = 6;
/** Half a year of each is judged three times while somebody waits. */
const MOST_SERIES = 5;

/** What each sensitivity would have reported of the series, in words. */
export async function tuned(
  series: readonly AlertSeries[],
  { db, alertDesk }: CommandDeps,
): Promise<TextReply> {
  if (!alertDesk) throw new InputError('Sensitivities are tried out in Slack.');
  const [first] = series;
  if (!first) throw new InputError('Say whose drops, as in “alerts tune some-package”.');
  if (series.length > MOST_SERIES) {
    const names = listed(series.map(seriesInWords), MOST_SERIES);
    throw new InputError(
      `That means ${series.length} series, of which at most ${MOST_SERIES} are tried out at once: ${names}. Say more of the name.`,
    );
  }
  const items = (await alertDesk.tune(series)).map(
    ({ series: one, sensitivity, drops }): TextItem => {
      const now = sensitivityOf(db, one.subjectId) === sensitivity ? ' (the setting now)' : '';
      return { name: `${sensitivity}${now}`, detail: `${seriesInWords(one)}: ${dropsIn(drops)}` };
    },
  );
  const example: Sensitivity = 'quiet';
  return {
    kind: 'text',
    title: `What each sensitivity would have told in the last ${alertDesk.tunedDays} days`,
    lines: [`“alerts sensitivity ${example} ${first.subjectName}” changes the setting.`],
    items,
  };
}

function dropsIn(drops: readonly TunedDrop[]): string {
  if (drops.length === 0) return 'no drop';
  const days = drops.map(({ openedDay, closedDay, isMadeUp }) => {
    const end = closedDay === null ? 'still open' : `over on ${dayName(closedDay)}`;
    return `${dayName(openedDay)} (${end}${isMadeUp ? `: ${MADE_UP}` : ''})`;
  });
  return `${plural(drops.length, 'drop')}, ${listed(days, MOST_DROPS)}`;
}
