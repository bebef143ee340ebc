import { alertPlaceOf } from '../db/alert-places.ts';
import { type AlertSeries, listAlertSeries } from '../db/alert-series.ts';
import {
  EVERYTHING,
  EXTRAS,
  forgetSensitivity,
  SENSITIVITIES,
  sensitivityOf,
  setExtra,
  setSensitivity,
} from '../db/alert-settings.ts';
import { addDays } from '../db/days.ts';
import { listIncidents, type OpenToAll } from '../db/incidents.ts';
import { InputError } from '../db/input-error.ts';
import type { Db } from '../db/open.ts';
import { mayHear } from '../db/viewer.ts';
import { LISTED_DAYS } from '../reports/alerts/read.ts';
import { EXTRA_NAMES } from '../reports/alerts/settings.ts';
import { alerts as report } from '../reports/alerts.ts';
import { seriesTogether } from '../reports/incident-words.ts';
import { listed, lowerFirst, orList } from '../reports/words.ts';
import type { Added } from './alert-desk.ts';
import { tuned } from './alert-tuning.ts';
import type { Command, CommandDeps, ReportReply } from './command.ts';
import { handleIncident, handlingIn, heardIncident } from './incident-handling.ts';
import { type Candidate, matchingNames, nearest, resolveNames } from './names.ts';
import type { Options } from './options.ts';
import { tellWhere } from './tell-where.ts';
import type { TextReply } from './text-reply.ts';

const TITLE = 'Alerts';
const NUMBER = /^\d+$/;

export const alerts: Command = {
  name: 'alerts',
  summary:
    'Drops of downloads and pulls and what explains them; what else is watched, and where it is told',
  forms: [
    { form: '[number]', example: '1', does: 'all incidents, or one in detail' },
    {
      form: 'here [in zone]',
      example: 'here in Europe/Berlin',
      does: 'posts them in this channel',
    },
    { form: 'nowhere', example: 'nowhere', does: 'stops posting them' },
    {
      form: 'tune subject',
      example: 'tune some-package',
      does: 'what each sensitivity would have told',
    },
    {
      form: 'sensitivity quiet|normal|sensitive|default [subject]',
      example: 'sensitivity quiet some-package',
      does: 'of a subject or of all others; default takes that of a subject back',
    },
    { form: 'acknowledge|reopen|useful|not-useful number', example: 'acknowledge 1' },
    {
      form: 'snooze number [7d|2w|until day]',
      example: 'snooze 1 2w',
      does: 'for days of 24 hours, or until 9:00 of a day',
    },
    {
      form: `watch|unwatch ${EXTRAS.join('|')}`,
      example: 'watch stars',
      does: 'switches on or off what else is told',
    },
  ],
  words: [],
  // How long an incident is snoozed is no range: it lies in the future. Nor is a number a year.
  readsText: (typed) => NUMBER.test(typed) || handlingIn(typed) !== undefined,
  run({ options, text: typed }, deps) {
    const handling = handlingIn(typed);
    if (handling) return handleIncident(handling, deps).then(text);
    if (NUMBER.test(typed)) return shown(deps, options, heardIncident(deps, typed));
    const [verb = '', ...rest] = options.names.map((name) => name.toLowerCase());
    mustBeWithoutRange(options);
    if (verb === 'here' || (verb === 'nowhere' && rest.length === 0)) {
      return tellWhere('alerts', [verb, ...options.names.slice(1)], deps).then(text);
    }
    if (verb === 'tune') return tuned(seriesNamed(deps, tunedNames(rest)), deps);
    if (verb === 'sensitivity') return text(saveSensitivity(deps, rest));
    if (verb === 'watch' || verb === 'unwatch') {
      return saveExtra(deps, rest, verb === 'watch').then(text);
    }
    return shown(deps, options, verb === '' ? undefined : numberedBy(verb, rest, deps));
  },
};

/** What a form begins with. */
const VERBS = alerts.forms
  .flatMap(({ form }) => form.split(' ')[0]?.split('|') ?? [])
  .map((verb) => ({ label: verb, value: verb }));

/** All incidents, or one of them in detail. */
function shown(
  { today }: CommandDeps,
  { theme }: Options,
  incident: OpenToAll | undefined,
): ReportReply {
  const params = { today, ...(incident && { incident: incident.id, details: true }) };
  return { kind: 'report', report, theme, params };
}

/** The incident that `word` is the number of. */
function numberedBy(word: string, others: readonly string[], deps: CommandDeps): OpenToAll {
  if (!/^[-+]?\d[\d.,]*$/.test(word)) {
    const near = nearest(word, VERBS);
    if (near.length > 0) {
      throw new InputError(`“alerts” knows no “${word}”. Did you mean ${orList(near)}?`);
    }
    throw new InputError(
      incidentsOf(word, deps) ??
        `“alerts” knows no “${word}”: /metrics help alerts lists what it knows.`,
    );
  }
  if (others.length > 0) {
    throw new InputError(`One incident is shown at a time, as in “alerts ${word}”.`);
  }
  return heardIncident(deps, word);
}

/** What to type for the incidents of a subject; undefined where none is called so. */
function incidentsOf(word: string, deps: CommandDeps): string | undefined {
  const { db, viewer, today } = deps;
  const found = matchingNames(word, watchedNames(deps));
  if (found.length === 0) return undefined;
  const ids = new Set(found.map(({ subjectId }) => subjectId));
  const numbers = listIncidents(db, addDays(today, -LISTED_DAYS), viewer.workspaceId)
    .filter((one) => 'subjectId' in one && ids.has(one.subjectId) && mayHear(viewer, one))
    .map(({ id }) => String(id));
  const names = listed([...new Set(found.map(({ subjectName }) => subjectName))]);
  const there =
    numbers.length > 0
      ? `of ${names} there ${numbers.length === 1 ? 'is' : 'are'} ${listed(numbers)}, as in “alerts ${numbers[0]}”`
      : `there is none of ${names} in the last ${LISTED_DAYS} days`;
  return `Incidents are shown by number: ${there}. “alerts tune ${word}” tells what each sensitivity would have told.`;
}

function text(sentence: string): TextReply {
  return { kind: 'text', title: TITLE, lines: [sentence] };
}

function mustBeWithoutRange({ range, granularity, by }: Options): void {
  if (range || granularity || by !== undefined) {
    throw new InputError(
      'Incidents are those of now and of the last 90 days: “alerts” takes no range.',
    );
  }
}

/** The watched series that `names` stand for; none for no names. */
function seriesNamed(deps: CommandDeps, names: readonly string[]): AlertSeries[] {
  return resolveNames(names, watchedNames(deps), 'watched subject');
}

/** What is watched and the viewer may see. */
function watchedNames({ db, viewer }: CommandDeps): Candidate<AlertSeries>[] {
  // What is replaced is watched with its successor, and found by its own name as well.
  const heard = listAlertSeries(db).filter((one) => mayHear(viewer, one));
  return heard.flatMap((one) =>
    [one.subjectName, ...one.others.map(({ name }) => name)].map((label) => ({
      label,
      value: one,
    })),
  );
}

/** All sensitivities are tried out: one that stands beside a subject says nothing more. */
function tunedNames(words: readonly string[]): readonly string[] {
  const names = words.filter((word) => !SENSITIVITIES.some((known) => known === word));
  return names.length > 0 ? names : words;
}

/** What takes the setting of a subject back. */
const DEFAULT = 'default';

function saveSensitivity(deps: CommandDeps, words: readonly string[]): string {
  const { db } = deps;
  const [wanted = '', ...names] = words;
  if (wanted === DEFAULT) return takeSensitivityBack(deps, names);
  const sensitivity = SENSITIVITIES.find((known) => known === wanted);
  if (!sensitivity) {
    throw new InputError(
      `A sensitivity is ${orList(SENSITIVITIES)}, as in “alerts sensitivity quiet”.`,
    );
  }
  if (names.length === 0) {
    setSensitivity(db, EVERYTHING, sensitivity);
    return `From the next day on, drops are told at the setting “${sensitivity}”, where a subject has none of its own.`;
  }
  const found = new Map(seriesNamed(deps, names).map((one) => [one.subjectId, one.subjectName]));
  for (const subjectId of found.keys()) setSensitivity(db, subjectId, sensitivity);
  return `From the next day on, drops of ${[...found.values()].join(', ')} are told at the setting “${sensitivity}”.`;
}

async function saveExtra(
  { db, viewer, placeDesk, alertDesk }: CommandDeps,
  words: readonly string[],
  isOn: boolean,
): Promise<string> {
  const [wanted, ...others] = words;
  const extra = EXTRAS.find((known) => known === wanted);
  if (!extra || others.length > 0) {
    throw new InputError(
      `What can be watched beside your own downloads and pulls: ${EXTRAS.join(', ')}.`,
    );
  }
  // Only admins may see who is away, and so only they may switch that on or off.
  if (extra === 'away') {
    if (!placeDesk) throw new InputError('Who is away is watched from Slack, by an admin.');
    await placeDesk.mustBeAdmin();
  }
  setExtra(db, extra, isOn);
  const what = lowerFirst(EXTRA_NAMES[extra]);
  if (!isOn) return `Not watched any more: ${what}.`;
  const where = extra === 'away' ? ` ${whereAway(db, viewer.workspaceId)}` : '';
  const small = alertDesk ? smallSentence(await alertDesk.addedBy(extra)) : '';
  return `Watched from the next poll on: ${what}.${where}${small}`;
}

const MOST_SMALL = 8;

/** Otherwise people would wait in vain for what is never told. */
function smallSentence({ series, small }: Added): string {
  if (small.length === 0) return '';
  const all = small.length === series ? 'All of it is too small' : 'Too small';
  return ` ${all} to judge now (under 50 a day): ${seriesTogether(small, MOST_SMALL)}.`;
}

function takeSensitivityBack(deps: CommandDeps, names: readonly string[]): string {
  if (names.length === 0) {
    throw new InputError(
      `Say whose setting is taken back, as in “alerts sensitivity ${DEFAULT} some-package”; that of all others is set by “alerts sensitivity normal”.`,
    );
  }
  const found = new Map(seriesNamed(deps, names).map((one) => [one.subjectId, one.subjectName]));
  for (const subjectId of found.keys()) forgetSensitivity(deps.db, subjectId);
  return `From the next day on, drops of ${[...found.values()].join(', ')} are told like all others, at the setting “${sensitivityOf(deps.db, EVERYTHING)}”.`;
}

/** Where it is posted who is away. */
function whereAway(db: Db, workspaceId: string): string {
  return alertPlaceOf(db, workspaceId, 'admin')
    ? 'Only the channel chosen with “/metrics status here” is told.'
    : 'Nobody is told yet: type “/metrics status here” in the channel of the admins.';
}
