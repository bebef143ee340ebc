import { type AlertSeries, listAlertSeries } from '../db/alert-series.ts';
import {
  EVERYTHING,
  EXTRAS,
  type Extra,
  SENSITIVITIES,
  setExtra,
  setSensitivity,
} from '../db/alert-settings.ts';
import { InputError } from '../db/input-error.ts';
import type { Db } from '../db/open.ts';
import { alerts as report } from '../reports/alerts.ts';
import { tuned } from './alert-tuning.ts';
import type { Command, CommandDeps, TextReply } from './command.ts';
import { handleIncident, isHandling } from './incident-handling.ts';
import { resolveNames } from './names.ts';
import type { Options } from './options.ts';

const TITLE = 'Alerts on drops';

export const alerts: Command = {
  name: 'alerts',
  summary: 'Drops of downloads and pulls, what explains them, and how easily they are told',
  usage:
    '[number] | here | nowhere | tune subject | sensitivity quiet|normal|sensitive [subject] | acknowledge|snooze|useful|not-useful number | watch|unwatch stars|dependencies',
  words: [],
  run({ options }, deps) {
    const [verb = '', ...rest] = options.names.map((name) => name.toLowerCase());
    if (isHandling(verb)) return text(handleIncident(verb, rest, options.range, deps));
    mustBeWithoutRange(options);
    if (rest.length === 0 && (verb === 'here' || verb === 'nowhere')) return tellWhere(verb, deps);
    if (verb === 'tune') return tuned(seriesNamed(deps.db, rest), deps);
    if (verb === 'sensitivity') return text(saveSensitivity(deps, rest));
    if (verb === 'watch' || verb === 'unwatch') {
      return text(saveExtra(deps.db, rest, verb === 'watch'));
    }
    if (rest.length > 0 || (verb !== '' && !/^\d{1,9}$/.test(verb))) {
      throw new InputError(
        `“alerts” knows no “${verb}”: /metrics alerts help lists what it knows.`,
      );
    }
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: { today: deps.today, ...(verb !== '' && { incident: Number(verb) }) },
    };
  },
};

function text(sentence: string): TextReply {
  return { kind: 'text', title: TITLE, lines: [sentence] };
}

/** Sets, or with “nowhere” clears, the channel in which alerts are posted. */
async function tellWhere(
  where: 'here' | 'nowhere',
  { alertDesk, channelId }: CommandDeps,
): Promise<TextReply> {
  if (!alertDesk || !channelId) {
    throw new InputError('Where alerts are posted is set in Slack, in the channel itself.');
  }
  if (where === 'nowhere') return text(alertDesk.tellNowhere().sentence);
  return text((await alertDesk.tellIn(channelId)).sentence);
}

function mustBeWithoutRange({ range, granularity, by }: Options): void {
  if (range || granularity || by !== undefined) {
    throw new InputError(
      'Incidents are those of now and of the last 90 days: “alerts” takes no range.',
    );
  }
}

/** The watched series that `names` stand for; none for no names. */
function seriesNamed(db: Db, names: readonly string[]): AlertSeries[] {
  // What is replaced is watched with its successor, and found by its own name as well.
  const candidates = listAlertSeries(db).flatMap((one) =>
    [one.subjectName, ...one.others.map(({ name }) => name)].map((label) => ({
      label,
      value: one,
    })),
  );
  return resolveNames(names, candidates, 'watched subject');
}

function saveSensitivity({ db }: CommandDeps, words: readonly string[]): string {
  const [wanted = '', ...names] = words;
  const sensitivity = SENSITIVITIES.find((known) => known === wanted);
  if (!sensitivity) {
    throw new InputError(
      `A sensitivity is ${SENSITIVITIES.slice(0, -1).join(', ')} or ${SENSITIVITIES.at(-1)}, as in “alerts sensitivity quiet”.`,
    );
  }
  if (names.length === 0) {
    setSensitivity(db, EVERYTHING, sensitivity);
    return `From the next day on, drops are told at the setting “${sensitivity}”, where a subject has none of its own.`;
  }
  const found = new Map(seriesNamed(db, names).map((one) => [one.subjectId, one.subjectName]));
  for (const subjectId of found.keys()) setSensitivity(db, subjectId, sensitivity);
  return `From the next day on, drops of ${[...found.values()].join(', ')} are told at the setting “${sensitivity}”.`;
}

const WATCHED: Readonly<Record<Extra, string>> = {
  stars: 'New stars of what is tracked',
  dependencies: 'Downloads and pulls of dependencies',
};

function saveExtra(db: Db, words: readonly string[], isOn: boolean): string {
  const [wanted, ...others] = words;
  const extra = EXTRAS.find((known) => known === wanted);
  if (!extra || others.length > 0) {
    throw new InputError(
      'What can be watched beside your own downloads and pulls: stars, dependencies.',
    );
  }
  setExtra(db, extra, isOn);
  return isOn
    ? `${WATCHED[extra]} are watched from the next poll on.`
    : `${WATCHED[extra]} are not watched any more.`;
}
