import type { AlertSeries } from '../db/alert-series.ts';
import { type Sensitivity, sensitivityOf } from '../db/alert-settings.ts';
import { InputError } from '../db/input-error.ts';
import { dayName, listed, plural } from '../reports/words.ts';
import type { TunedFall } from './alert-desk.ts';
import type { CommandDeps, TextItem, TextReply } from './command.ts';

const MOST_FALLS = 6;

const MEASURES: Readonly<Record<string, string>> = {
  'pypi.downloads': 'downloads',
  'docker.pulls': 'pulls',
  'github.stars': 'new stars',
};

/** What each sensitivity would have told of the series, in words. */
export function tuned(series: readonly AlertSeries[], { db, alertDesk }: CommandDeps): TextReply {
  if (!alertDesk) throw new InputError('Sensitivities are tried out in Slack.');
  const [first] = series;
  if (!first) throw new InputError('Say whose falls, as in “alerts tune some-package”.');
  const items = series.flatMap((one) =>
    alertDesk.tune(one).map(({ sensitivity, falls }): TextItem => {
      const now = sensitivityOf(db, one.subjectId) === sensitivity ? ' (the setting now)' : '';
      const whose = `${MEASURES[one.metric] ?? one.metric} of ${one.subjectName}`;
      return { name: `${sensitivity}${now}`, detail: `${whose}: ${fallsIn(falls)}` };
    }),
  );
  const example: Sensitivity = 'quiet';
  return {
    kind: 'text',
    title: `What the last ${alertDesk.tunedDays} days would have told`,
    lines: [`“alerts sensitivity ${example} ${first.subjectName}” changes the setting.`],
    items,
  };
}

function fallsIn(falls: readonly TunedFall[]): string {
  if (falls.length === 0) return 'would have told nothing';
  const days = falls.map(({ openedDay, closedDay }) =>
    closedDay === null
      ? `${dayName(openedDay)} (still open)`
      : `${dayName(openedDay)} (over on ${dayName(closedDay)})`,
  );
  return `would have told ${plural(falls.length, 'fall')}: ${listed(days, MOST_FALLS)}`;
}
