import { oneLine } from '../chart/text.ts';
import { moveSentence } from '../moves.ts';
import { allOf, count, dayName, isolated, listed, plural } from '../words.ts';
import { alertLines } from './alert-words.ts';
import type { Alert } from './alerts.ts';
import { periodPhrase, periodWord } from './calendar.ts';
import { changeSentence } from './change-words.ts';
import type { Change } from './changes.ts';
import { isHoled } from './columns.ts';
import { measures } from './measures.ts';
import { lackSentences, lastingSentences } from './missing-words.ts';
import { isBehind, type Panel } from './panels.ts';
import type { SectionName } from './params.ts';
import { type Contributors, MOST_NAMED, type Writers } from './people.ts';
import type { Summary } from './read.ts';
import { standingSentences } from './standing.ts';

/** A part of what a summary says: plain sentences, escaped by whoever shows them. */
interface Section {
  readonly section: SectionName;
  readonly title: string;
  /** At least one. */
  readonly lines: readonly string[];
}

/** At most this many changes are named, and this many releases. */
export const MOST_CHANGES = 3;
const MOST_MOVES = 3;
const MOST_RELEASES = 8;

/** In the order to be read. */
export const sectionTitles: Readonly<Record<SectionName, string>> = {
  changes: 'What changed',
  contributors: 'Who made it happen',
  newcomers: 'New people',
  releases: 'Releases',
  alerts: 'Alerts',
  missing: 'What is missing',
};

/** All that a summary says beside its headline, in the order to be read; only what was asked for. */
export function summarySections(summary: Summary): Section[] {
  const lines: Readonly<Record<SectionName, readonly string[]>> = {
    changes: changeLines(summary),
    contributors: contributorLines(summary),
    newcomers: newcomerLines(summary),
    releases: releaseLines(summary),
    alerts: alertLines(summary.alerts, changesTold(summary)),
    missing: [...lackSentences(summary), ...lastingSentences(summary)],
  };
  return (Object.keys(sectionTitles) as SectionName[])
    .filter((section) => summary.sections.includes(section) && lines[section].length > 0)
    .map((section) => ({ section, title: sectionTitles[section], lines: lines[section] }));
}

/** True when nothing changed, and the sections that were asked for have no news. */
export function isQuiet(summary: Summary): boolean {
  const news: Readonly<Partial<Record<SectionName, readonly unknown[]>>> = {
    newcomers: newcomerLines(summary),
    releases: releaseLines(summary),
    // One that goes on was reported when it began.
    alerts: summary.alerts.filter(
      ({ incident }) => incident.openedDay >= summary.calendar.span.start,
    ),
    missing: lackSentences(summary),
  };
  return (
    summary.changes.length === 0 &&
    summary.sections.every((section) => (news[section] ?? []).length === 0)
  );
}

/** The change that matters most, or a sentence that there is none. */
export function headlineOf(summary: Summary): string {
  const { changes, calendar, panels } = summary;
  const [first] = changes;
  if (first) return changeSentence(first, calendar);
  const numbers = numbersOf(summary);
  if (numbers === '') {
    const period = periodPhrase(calendar).replace(/^(in|on) /, '');
    const lacks = panels.flatMap(({ histories }) => histories.flatMap(({ lack }) => lack ?? []));
    if (lacks.length === 0) return `There are no numbers of ${period}.`;
    // All else, as what was said while the bot was off, may never be known.
    const isLate = lacks.some(({ reason }) => reason === 'late');
    return `No number of ${period} is known${isLate ? ' yet' : ''}.`;
  }
  const isJudged = ({ verdict, verdicts }: Panel) =>
    [verdict, ...verdicts].some((one) => one?.usual);
  if (!panels.some(isJudged)) {
    const why = panels.some(isHoled)
      ? `too many ${periodWord(calendar)}s are missing`
      : 'it is too early';
    return `${numbers}; ${why} to tell what is usual.`;
  }
  const { within, since } = alertsBy(summary);
  const apart =
    within > 0 ? `Apart from the ${within > 1 ? 'alerts' : 'alert'}, nothing` : 'Nothing';
  const known = panels.filter(({ verdict }) => verdict);
  const hasJudgedParts = known.some((panel) => isHoled(panel) && isJudged(panel));
  const clauses = [
    ...without(known, (panel) => isJudged(panel) || isHoled(panel), 'are too new to be judged'),
    ...without(
      known,
      (panel) => !isHoled(panel),
      `can’t be judged${hasJudgedParts ? ' together' : ''}, as ${periodWord(calendar)}s are missing`,
    ),
    ...without(panels, ({ verdict }) => verdict !== undefined, 'are not known'),
    ...(since > 0
      ? [`${since > 1 ? `${count(since)} alerts have` : 'an alert has'} opened since`]
      : []),
  ];
  return `${[`${apart} stands out: ${numbers}`, ...clauses].join('; ')}.`;
}

/** `stars and pulls are not known`, of the panels that are not as wanted. */
function without(
  panels: readonly Panel[],
  isAsWanted: (panel: Panel) => boolean,
  what: string,
): string[] {
  const names = panels
    .filter((panel) => !isAsWanted(panel))
    .map(({ measure }) => measures[measure].units[1]);
  return names.length > 0 ? [`${allOf(names)} ${what}`] : [];
}

/** How many alerts are of the period, and of what began after it. */
function alertsBy({ sections, alerts, calendar: { span } }: Summary) {
  const told = sections.includes('alerts') ? alerts : [];
  const begin = ({ incident, course }: Alert) => course?.onset ?? incident.openedDay;
  const within = told.filter((one) => begin(one) <= span.end).length;
  return { within, since: told.length - within };
}

/** `31 new stars and 354 messages last week`, as far as they are known; with what is in none of them. */
function numbersOf({ panels, calendar }: Summary): string {
  const known = panels.filter(({ verdict }) => verdict);
  const groups = Map.groupBy(known, (panel) =>
    periodPhrase(isBehind(panel, calendar) ? panel.calendar : calendar),
  );
  return [...groups]
    .toSorted(([, [a]], [, [b]]) =>
      a && b && a.calendar.span.start < b.calendar.span.start ? 1 : -1,
    )
    .map(([when, group]) => {
      const numbers = group.map(({ measure, verdict, sum }) => {
        const number = plural(verdict?.value ?? 0, ...measures[measure].units);
        const left = [...sum.young, ...sum.unknown];
        return left.length > 0 ? `${number} (without ${listed(left.map(isolated), 2)})` : number;
      });
      return `${allOf(numbers)} ${when}`;
    })
    .join(', and ');
}

/** The one of the headline is always reported, the others where they were asked for. */
function changesTold({ changes, sections }: Summary): readonly Change[] {
  return changes.slice(0, sections.includes('changes') ? MOST_CHANGES : 1);
}

function changeLines(summary: Summary): string[] {
  const { changes, calendar, moves, panels } = summary;
  const numbers = numbersOf(summary);
  const told = changes.slice(0, MOST_CHANGES);
  return [
    // The first is the headline.
    ...told.slice(1).map((change) => changeSentence(change, calendar)),
    ...moves.slice(0, MOST_MOVES).map(moveSentence),
    ...standingSentences(
      panels,
      told.map(({ measure }) => measure),
    ),
    ...(changes.length > 0 && numbers !== '' ? [`In all ${numbers}.`] : []),
  ];
}

function contributorLines({ writers, panels, repositories: { contributors } }: Summary): string[] {
  const talk = panels.find(({ measure }) => measure === 'messages');
  // The sum in the picture is of the channels with a past alone.
  const where = talk && talk.sum.young.length > 0 ? 'Slack, newer channels included,' : 'Slack';
  return [
    ...(writers ? [writersLine(writers, where)] : []),
    ...(contributors ? contributorsLines(contributors) : []),
  ];
}

function writersLine({ people, messages, isWhole, top }: Writers, where: string): string {
  const all = `${isWhole ? '' : 'at least '}${plural(messages, 'message')}`;
  const [first] = top;
  if (people === 1 && first) return `In ${where} ${all}, all by ${shown(first.name)}.`;
  const names = top.map((one) => `${shown(one.name)} (${count(one.messages)})`);
  return `In ${where} ${all} by ${count(people)} people, the most by ${listed(names, MOST_NAMED)}.`;
}

function contributorsLines({ people, top, nameless, ...all }: Contributors): string[] {
  if (people === 0) {
    return nameless > 0 ? [`On GitHub ${plural(nameless, 'commit')} without an account.`] : [];
  }
  const names = top.map((one) => `${shown(one.login)} (${deeds(one)})`);
  const who = people > 1 ? `${deeds(all)} by ${count(people)} people, the most active` : 'only';
  const rest = nameless > 0 ? ` ${plural(nameless, 'more commit')} without an account.` : '';
  return [`On GitHub ${who}: ${listed(names, MOST_NAMED)}.${rest}`];
}

type Deeds = Pick<Contributors, 'issues' | 'pulls' | 'commits'>;

/** `2 issues, 1 pull request and 5 commits`, without what there is none of. */
function deeds({ issues, pulls, commits }: Deeds): string {
  const parts = [
    ...(issues > 0 ? [plural(issues, 'issue')] : []),
    ...(pulls > 0 ? [plural(pulls, 'pull request')] : []),
    ...(commits > 0 ? [plural(commits, 'commit')] : []),
  ];
  return listed(parts);
}

function newcomerLines({ writers, repositories: { contributors } }: Summary): string[] {
  return [
    ...welcome(writers?.newcomers, 'wrote in Slack'),
    ...welcome(contributors?.newcomers, 'contributed on GitHub'),
  ];
}

function welcome(names: readonly string[] | undefined, what: string): string[] {
  if (!names || names.length === 0) return [];
  return [`Welcome to ${listed(names.map(shown), MOST_NAMED)}, who ${what} for the first time.`];
}

function releaseLines({ repositories: { releases = [] } }: Summary): string[] {
  const rest = releases.length - MOST_RELEASES;
  return [
    ...releases.slice(0, MOST_RELEASES).map(({ subjectName, tag, isPrerelease, publishedAt }) => {
      const kind = isPrerelease ? ', a pre-release,' : '';
      const day = dayName(publishedAt.slice(0, 10));
      return `${isolated(subjectName)} ${shown(tag)}${kind} came out on ${day}.`;
    }),
    ...(rest > 0 ? [`${plural(rest, 'more release')}.`] : []),
  ];
}

function shown(name: string): string {
  return isolated(oneLine(name));
}
