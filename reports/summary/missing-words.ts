import { wasOff } from '../deaf.ts';
import { dayName, isolated, listed } from '../words.ts';
import { periodPhrase } from './calendar.ts';
import { type Lack, MEASURES } from './history.ts';
import { measures } from './measures.ts';
import { isBehind } from './panels.ts';
import { NEWCOMER_DAYS } from './people.ts';
import type { Summary } from './read.ts';
import type { LateList } from './repositories.ts';

/** With the day, as people write it. */
const REASONS: Readonly<Record<Exclude<Lack['reason'], 'off'>, (day: string) => string>> = {
  late: (day) => `the data ends on ${day}`,
  young: (day) => `the data begins on ${day}`,
  anew: (day) => `the counter began anew on ${day}`,
  still: (day) => `the counter stood still from ${day} on`,
  hole: (day) => `days are missing, the first one ${day}`,
};

/** Why something is not known, as the end of a sentence. */
function reasonOf({ reason, day, days = [day] }: Lack): string {
  return reason === 'off' ? wasOff(days) : REASONS[reason](dayName(day));
}

const LISTS: Readonly<Record<LateList['list'], string>> = {
  issues: 'Issues and pull requests',
  commits: 'Commits',
  releases: 'Releases',
};

/** What should be known of the period, and is not. */
export function lackSentences({ panels, calendar, repositories }: Summary): string[] {
  const values = panels.flatMap(({ measure, histories }) => {
    const groups = Map.groupBy(
      histories.filter(({ lack }) => lack),
      ({ lack }) => lack && reasonOf(lack),
    );
    const { title, subjects } = measures[measure];
    return [...groups].map(([reason, group]) => {
      const whose = subjects ? ` of ${namesOf(group)}` : '';
      return `${title}${whose} ${periodPhrase(calendar)} are not known: ${reason}.`;
    });
  });
  const lists = Map.groupBy(repositories.late, ({ list, readOn = '' }) => `${list} ${readOn}`);
  return [
    ...values,
    ...[...lists.values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const what = `${LISTS[first.list]} of ${namesOf(group)}`;
      return first.readOn
        ? `${what} were last read on ${dayName(first.readOn)}: what came later is not told.`
        : `${what} are still being loaded.`;
    }),
  ];
}

/** What a summary has to do without, this time and the next. */
export function lastingSentences(summary: Summary): string[] {
  const { panels, absent, ended, writers, repositories } = summary;
  const { contributors, releases, areAny } = repositories;
  const young = panels.filter(({ sum }) => sum.young.length > 0);
  const lists = [
    ...(contributors ? [] : ['issues', 'pull requests', 'commits']),
    ...(releases ? [] : ['releases']),
  ];
  const nothing = [
    ...MEASURES.filter((name) => absent.includes(name)).map((name) => measures[name].name),
    ...(areAny ? lists : []),
  ];
  return [
    ...panels
      .filter((panel) => isBehind(panel, summary.calendar))
      .map(
        ({ measure, calendar }) =>
          `${measures[measure].title} ${periodPhrase(summary.calendar)} are not all in yet: those ${periodPhrase(calendar)} are told.`,
      ),
    ...young.map(
      ({ measure, sum }) =>
        `Too new to be in the sum of ${measures[measure].name}: ${listed(sum.young.map(isolated))}.`,
    ),
    ...(writers && !writers.newcomers
      ? [`Who is new to Slack can be told when the record is ${NEWCOMER_DAYS} days old.`]
      : []),
    ...(ended.length > 0
      ? [`Left out, because the data ended long ago: ${listed(ended.map(endedName))}.`]
      : []),
    ...(nothing.length > 0 ? [`There is no data of ${listed(nothing, nothing.length)}.`] : []),
  ];
}

function endedName({ measure, name, day }: Summary['ended'][number]): string {
  return `${measures[measure].name} of ${isolated(name)} on ${dayName(day)}`;
}

function namesOf(all: readonly { readonly name: string }[]): string {
  return listed(all.map(({ name }) => isolated(name)));
}
