import { allOf, count, dayName, isolated, listed } from '../words.ts';
import { periodPhrase } from './calendar.ts';
import { type History, MEASURES } from './history.ts';
import { holeSentences, namesOf, reasonIn } from './holes.ts';
import { measures } from './measures.ts';
import { isBehind, type Panel } from './panels.ts';
import { NEWCOMER_DAYS } from './people.ts';
import type { Summary } from './read.ts';
import type { LateList } from './repositories.ts';

const LISTS: Readonly<Record<LateList['list'], string>> = {
  issues: 'Issues and pull requests',
  commits: 'Commits',
  releases: 'Releases',
};

/** Whoever lacks a period of a measure for yet another reason is only named. */
const MOST_REASONS = 3;

/** What should be known of the period, and is not. */
export function lackSentences({ panels, repositories }: Summary): string[] {
  const values = panels.flatMap(({ measure, histories, calendar }) => {
    const groups = Map.groupBy(
      histories.filter(({ lack }) => lack),
      ({ lack }) => lack && reasonIn(calendar.span, lack),
    );
    const { title, subjects } = measures[measure];
    const sentence = (group: readonly History[], why: string) => {
      const whose = subjects ? ` of ${namesOf(group.map(({ name }) => name))}` : '';
      return `${title}${whose} ${periodPhrase(calendar)} are not known${why}.`;
    };
    const told = [...groups].slice(0, MOST_REASONS);
    const rest = [...groups.values()].slice(MOST_REASONS).flat();
    return [
      ...told.map(([reason, group]) => sentence(group, `: ${reason}`)),
      ...(rest.length > 0 ? [sentence(rest, ' either')] : []),
    ];
  });
  const lists = Map.groupBy(repositories.late, ({ list, readOn = '' }) => `${list} ${readOn}`);
  return [
    ...values,
    ...[...lists.values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const what = `${LISTS[first.list]} of ${namesOf(group.map(({ name }) => name))}`;
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
      .map(({ measure, calendar, verdict }) => {
        const shown = verdict ? `: those ${periodPhrase(calendar)} are shown` : '';
        return `${measures[measure].title} ${periodPhrase(summary.calendar)} are not all in yet${shown}.`;
      }),
    ...panels.flatMap(holeSentences),
    ...young.map(
      (panel) =>
        `Too new to be in the sum of ${measures[panel.measure].name}: ${listed(youngOf(panel))}.`,
    ),
    ...(writers && !writers.newcomers
      ? [`Who is new to Slack can be told when the record is ${NEWCOMER_DAYS} days old.`]
      : []),
    ...(ended.length > 0
      ? [`Left out, because the data ended long ago: ${listed(ended.map(endedName))}.`]
      : []),
    ...(nothing.length > 0 ? [`There is no data of ${allOf(nothing)}.`] : []),
  ];
}

/** With their numbers, as they are in no other. */
function youngOf({ sum: { young }, histories }: Panel): string[] {
  return young.map((name) => {
    const value = histories.find((one) => one.name === name)?.values.at(-1) ?? undefined;
    return `${isolated(name)}${value === undefined ? '' : ` (${count(value)})`}`;
  });
}

function endedName({ measure, name, day }: Summary['ended'][number]): string {
  return `${measures[measure].name} of ${isolated(name)} on ${dayName(day)}`;
}
